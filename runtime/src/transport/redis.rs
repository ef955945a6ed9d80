//! Redis streams: <https://redis.io/docs/latest/develop/data-types/streams/>.

mod answer;
mod entry;
mod prefix;
mod session;

use self::entry::Entry;
use self::prefix::Prefix;
use self::session::Session;
use super::address::{Address, bad};
use super::link::Link;
use super::{BadDestination, Mode, Topic};
use crate::relay::{Deliveries, Delivery, Message, Outcome, Transport};

/// Publishes to streams of Redis: `redis://[[USER]:PASSWORD@]HOST[:6379][/DB][?maxlen=N]`, `rediss://…` with TLS.
///
/// A message goes to the stream that the topic names, with fields `ce-…` for the attributes of `CloudEvents`, `content-type`
/// and `data`, the payload as it was stored. With `maxlen`, a stream is cut to about so many entries, whether they were
/// read or not. *Accepted* is an entry that has an id; *Refused* a message larger than the server takes. All else is
/// *Unavailable*. Messages that are handed over at once are written in one transaction.
///
/// ```
/// use evt_runtime::relay::Transport as _;
/// use evt_runtime::transport::{Redis, Topic};
///
/// let redis = Redis::new("redis://:secret@barn/3?maxlen=100000", Topic::default())?;
/// assert_eq!(redis.destination(), "redis://barn:6379/3 events.{event_name}");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub struct Redis {
    address: Address,
    topic: Topic,
    mode: Mode,
    database: u16,
    most: Option<u64>,
    link: Link<Session>,
}

impl Redis {
    /// A transport to that server. Nothing is connected before the first delivery.
    ///
    /// # Errors
    /// [`BadDestination`] where that is no address.
    ///
    /// ```
    /// use evt_runtime::transport::{Redis, Topic};
    ///
    /// let refused = Redis::new("redis://barn?maxlen=many", Topic::default()).map_err(|error| error.to_string());
    /// assert_eq!(refused.err().as_deref(), Some("the destination has a `maxlen` that is no number: `many`"));
    /// ```
    pub fn new(url: &str, topic: Topic) -> Result<Self, BadDestination> {
        let address = Address::parse(url, 6379, &["maxlen"])?;
        let database = match address.path() {
            "" => 0,
            path => path.parse().map_err(|_| bad(format!("has a database that is no number: `{path}`")))?,
        };
        let most = address
            .option("maxlen")
            .map(|most| most.parse().map_err(|_| bad(format!("has a `maxlen` that is no number: `{most}`"))));
        let (most, mode) = (most.transpose()?, Mode::default());
        Ok(Self { database, most, address, topic, mode, link: Link::new() })
    }

    /// The same in another mode: binary unless it is given.
    ///
    /// ```
    /// use evt_runtime::transport::{Mode, Redis, Topic};
    ///
    /// let redis = Redis::new("redis://barn", Topic::default())?.mode(Mode::Structured);
    /// # Ok::<(), evt_runtime::transport::BadDestination>(())
    /// ```
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    async fn session(&self) -> Result<Session, Outcome> {
        self.link.get(session::connect(&self.address, self.database)).await
    }

    async fn add(&self, message: &Message) -> Result<(), Outcome> {
        let stream = self.topic.of(message)?;
        let session = self.session().await?;
        session.add(&Entry::new(stream, self.mode.form(message), &session)?, self.most).await
    }

    /// Adds the longest run of messages that a transaction keeps in order, then the next, until something fails.
    async fn add_all(&self, messages: &[Message]) -> Vec<Outcome> {
        let mut answers = Vec::with_capacity(messages.len());
        while answers.len() < messages.len() && answers.iter().all(Outcome::is_accepted) {
            let session = match self.session().await {
                Ok(session) => session,
                Err(failure) => {
                    answers.push(failure);
                    break;
                }
            };
            let Prefix { entries, refusal } =
                prefix::of(&messages[answers.len()..], &self.topic, self.mode, &session);
            if !entries.is_empty() {
                answers.extend(session.add_all(&entries, self.most).await);
            }
            // What was refused stands behind what has been sent; where that failed it was not its turn.
            if answers.iter().all(Outcome::is_accepted) {
                answers.extend(refusal);
            }
        }
        answers
    }
}

impl Transport for Redis {
    fn destination(&self) -> String {
        let database = if self.database == 0 { String::new() } else { format!("/{}", self.database) };
        format!("{}{database} {}", self.address.origin(), self.topic)
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async { self.add(message).await.err().unwrap_or(Outcome::Accepted) })
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        Some(Box::pin(self.add_all(messages)))
    }
}
