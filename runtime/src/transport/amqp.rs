//! AMQP 0-9-1, as `RabbitMQ` speaks it: <https://www.rabbitmq.com/docs/publishers>.

mod answer;
mod envelope;
mod session;

use lapin::uri::AMQPUri;

use self::envelope::Envelope;
use self::session::Session;
use super::address::{Address, bad};
use super::link::Link;
use super::{BadDestination, Mode, Topic};
use crate::relay::{Delivery, Message, Outcome, Transport};

/// Publishes to an exchange over AMQP 0-9-1:
/// `amqp://[USER:PASSWORD@]HOST[:5672][/VHOST][?exchange=NAME]`, `amqps://…` with TLS.
///
/// The exchange, `events` unless named, must exist; the topic is the routing key. Messages are persistent and mandatory, and
/// have headers `cloudEvents_…` for the attributes of `CloudEvents`. *Accepted* is what the broker has confirmed and did not
/// return. *Refused* is a message that the broker says it will not take, such as one that is too large. All else is
/// *Unavailable*.
///
/// ```
/// use evt_runtime::relay::Transport as _;
/// use evt_runtime::transport::{Amqp, Topic};
///
/// let amqp = Amqp::new("amqp://bella:secret@barn/farm?exchange=cows", Topic::default())?;
/// assert_eq!(amqp.destination(), "amqp://barn:5672/farm?exchange=cows events.{event_name}");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub struct Amqp {
    address: Address,
    uri: AMQPUri,
    exchange: String,
    topic: Topic,
    mode: Mode,
    link: Link<Session>,
}

/// Where messages go unless the address names an exchange.
const EXCHANGE: &str = "events";
/// The longest name that the protocol can write.
const LONGEST_NAME: usize = 255;

impl Amqp {
    /// A transport to that broker. Nothing is connected before the first delivery.
    ///
    /// # Errors
    /// [`BadDestination`] where that is no address.
    ///
    /// ```
    /// use evt_runtime::transport::{Amqp, Topic};
    ///
    /// assert!(Amqp::new("amqp://barn?exchnage=cows", Topic::default()).is_err());
    /// ```
    pub fn new(url: &str, topic: Topic) -> Result<Self, BadDestination> {
        let port = if url.starts_with("amqps:") { 5671 } else { 5672 };
        let address = Address::parse(url, port, &["exchange"])?;
        let exchange = address.option("exchange").unwrap_or_else(|| EXCHANGE.to_owned());
        let uri = session::uri(&address);
        if uri.vhost.len().max(exchange.len()) > LONGEST_NAME {
            return Err(bad("has a virtual host or an exchange of more than 255 bytes".to_owned()));
        }
        Ok(Self { address, uri, exchange, topic, mode: Mode::default(), link: Link::new() })
    }

    /// The same in another mode: binary unless it is given.
    ///
    /// ```
    /// use evt_runtime::transport::{Mode, Amqp, Topic};
    ///
    /// let amqp = Amqp::new("amqp://barn", Topic::default())?.mode(Mode::Structured);
    /// # Ok::<(), evt_runtime::transport::BadDestination>(())
    /// ```
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    async fn publish(&self, message: &Message) -> Result<(), Outcome> {
        let key = self.topic.of(message)?;
        let envelope = Envelope::new(&self.exchange, key, message, self.mode.form(message))?;
        let session = self.link.get(session::connect(&self.uri)).await?;
        session.publish(envelope).await
    }
}

impl Transport for Amqp {
    fn destination(&self) -> String {
        let Self { address, exchange, topic, .. } = self;
        let slash = if address.path().is_empty() { "" } else { "/" };
        format!("{}{slash}{}?exchange={exchange} {topic}", address.origin(), address.path())
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async { self.publish(message).await.err().unwrap_or(Outcome::Accepted) })
    }
}
