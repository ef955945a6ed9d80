//! Apache Kafka, by librdkafka: <https://kafka.apache.org/protocol>.

mod answer;
mod cluster;
mod ear;
mod record;
mod session;
mod settings;
mod topic;
mod trust;

use tokio::time::timeout;

use self::cluster::Cluster;
use self::record::Record;
use self::session::Session;
use self::settings::{Batches, Settings};
use super::link::{Link, WAIT, late};
use super::{BadDestination, Mode, Topic};
use crate::relay::{Delivery, Message, Outcome, Transport};

/// Publishes to topics of Apache Kafka:
/// `kafka://[USER:PASSWORD@]HOST[:9092][,HOST…][?sasl.mechanism=NAME]`, `kafkas://…` with TLS.
///
/// A message goes to the topic that the template names, in the binary form of `CloudEvents`: headers `ce_…`, the payload as
/// it was stored. The partition key is the record's key, so that one partition has all messages of a key. The producer is
/// idempotent and leaves no gaps. *Accepted* is what all replicas in sync have. *Refused* is a record that is too large or
/// that the broker does not validate, and one whose topic has no name that Kafka knows. All else is *Unavailable*.
///
/// ```
/// use evt_runtime::relay::Transport as _;
/// use evt_runtime::transport::{Kafka, Topic};
///
/// let kafka = Kafka::new("kafkas://bella:secret@barn,stable:9093", Topic::default())?;
/// assert_eq!(kafka.destination(), "kafkas://barn:9092,stable:9093 events.{event_name}");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub struct Kafka {
    cluster: Cluster,
    topic: Topic,
    mode: Mode,
    many: Way,
    single: Way,
}

/// A producer, and how it is made.
struct Way {
    settings: Settings,
    link: Link<Session>,
}

impl Way {
    fn new(cluster: &Cluster, batches: Batches) -> Self {
        Self { settings: Settings::new(cluster, batches), link: Link::new() }
    }

    async fn session(&self) -> Result<Session, Outcome> {
        self.link.get(session::start(&self.settings)).await
    }
}

impl Kafka {
    /// A transport to that cluster, of which one broker at least must be named. Nothing is connected before the first
    /// delivery.
    ///
    /// # Errors
    /// [`BadDestination`] where that is no address.
    ///
    /// ```
    /// use evt_runtime::transport::{Kafka, Topic};
    ///
    /// assert!(Kafka::new("kafka://barn,", Topic::default()).is_err());
    /// ```
    pub fn new(url: &str, topic: Topic) -> Result<Self, BadDestination> {
        let cluster = Cluster::parse(url)?;
        let (many, single) = (Way::new(&cluster, Batches::Many), Way::new(&cluster, Batches::Single));
        Ok(Self { cluster, topic, mode: Mode::default(), many, single })
    }

    /// The same in another mode: binary unless it is given.
    ///
    /// ```
    /// use evt_runtime::transport::{Kafka, Mode, Topic};
    ///
    /// let kafka = Kafka::new("kafka://barn", Topic::default())?.mode(Mode::Structured);
    /// # Ok::<(), evt_runtime::transport::BadDestination>(())
    /// ```
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    async fn publish(&self, message: &Message) -> Result<(), Outcome> {
        let topic = topic::of(&self.topic, message)?;
        let record = Record::new(topic, message, self.mode.form(message));
        timeout(WAIT, self.send(&record)).await.unwrap_or_else(|_| Err(late("no acknowledgement")))
    }

    /// Brokers answer to batches, and one record can end a producer. Where it is not certain that an answer is about this
    /// record, it is sent once more, in a batch of its own.
    async fn send(&self, record: &Record<'_>) -> Result<(), Outcome> {
        match self.many.session().await?.send(record).await {
            Err(failure) if !failure.is_certain => {}
            sent => return sent.map_err(|failure| failure.outcome),
        }
        self.single.session().await?.send(record).await.map_err(|failure| failure.outcome)
    }
}

/// Messages of one key are sent one after the other, as a relay does by itself: that a producer leaves no gaps does not
/// hold for what it gives up after a time, so that `deliver_all` could not promise what it must.
impl Transport for Kafka {
    fn destination(&self) -> String {
        format!("{} {}", self.cluster.origin(), self.topic)
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async { self.publish(message).await.err().unwrap_or(Outcome::Accepted) })
    }
}
