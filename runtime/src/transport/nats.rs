//! NATS with `JetStream`: <https://docs.nats.io/nats-concepts/jetstream>.

mod answer;
mod session;
mod subject;

use async_nats::HeaderMap;
use async_nats::jetstream::message::PublishMessage;

use self::session::Session;
use super::address::Address;
use super::link::Link;
use super::mode::Form;
use super::{BadDestination, Mode, Topic, cloud_event};
use crate::relay::{Delivery, Message, Outcome, Transport};

/// Publishes to streams of NATS `JetStream`: `nats://[USER:PASSWORD@|TOKEN@]HOST[:4222]`, `tls://…` with TLS.
///
/// A message goes to the subject that the topic names, in the binary form of `CloudEvents`: headers `ce-…`, the payload as
/// it was stored. `Nats-Msg-Id` is the message's id, so that a stream drops a duplicate within its `duplicate_window`.
/// *Accepted* is what a stream has acknowledged, *Duplicate* what it has acknowledged as one. *Refused* is a message larger than the server or its stream takes, and one
/// whose topic is no subject. All else is *Unavailable*.
///
/// ```
/// use evt_runtime::relay::Transport as _;
/// use evt_runtime::transport::{Nats, Topic};
///
/// let nats = Nats::new("nats://bella:secret@barn", Topic::default())?;
/// assert_eq!(nats.destination(), "nats://barn:4222 events.{event_name}");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
pub struct Nats {
    address: Address,
    topic: Topic,
    mode: Mode,
    link: Link<Session>,
}

impl Nats {
    /// A transport to that server. Nothing is connected before the first delivery.
    ///
    /// # Errors
    /// [`BadDestination`] where that is no address.
    ///
    /// ```
    /// use evt_runtime::transport::{Nats, Topic};
    ///
    /// assert!(Nats::new("nats://", Topic::default()).is_err());
    /// ```
    pub fn new(url: &str, topic: Topic) -> Result<Self, BadDestination> {
        let address = Address::parse(url, 4222, &[])?;
        Ok(Self { address, topic, mode: Mode::default(), link: Link::new() })
    }

    /// The same in another mode: binary unless it is given.
    ///
    /// ```
    /// use evt_runtime::transport::{Mode, Nats, Topic};
    ///
    /// let nats = Nats::new("nats://barn", Topic::default())?.mode(Mode::Structured);
    /// # Ok::<(), evt_runtime::transport::BadDestination>(())
    /// ```
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    async fn publish(&self, message: &Message) -> Result<Outcome, Outcome> {
        let subject = subject::of(&self.topic, message)?;
        let form = self.mode.form(message);
        let headers = headers(message, &form);
        let publish = PublishMessage::build().headers(headers).payload(form.body.into_owned().into());
        let session = self.link.get(session::connect(&self.address)).await?;
        session.publish(subject, publish).await
    }
}

impl Transport for Nats {
    fn destination(&self) -> String {
        format!("{} {}", self.address.origin(), self.topic)
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async { self.publish(message).await.unwrap_or_else(|failure| failure) })
    }
}

/// In binary mode the binding has the media type among the attributes; many consumers look for the usual header.
fn headers(message: &Message, form: &Form<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(async_nats::header::NATS_MESSAGE_ID, message.id.to_string());
    headers.insert("content-type", form.content_type);
    if !form.attributes.is_empty() {
        headers.insert("ce-datacontenttype", form.content_type);
    }
    for (name, value) in &form.trace {
        headers.insert(*name, value.as_ref());
    }
    for (name, value) in &form.attributes {
        headers.insert(format!("ce-{name}"), cloud_event::header_value(value).as_ref());
    }
    headers
}
