use std::pin::Pin;
use std::time::Duration;

use super::Message;

/// What became of a message.
///
/// ```
/// use evt_runtime::relay::Outcome;
///
/// fn of_status(status: u16) -> Outcome {
///     match status {
///         200..=299 => Outcome::Accepted,
///         400 | 422 => Outcome::refused(status.to_string(), "the body cannot be read"),
///         _ => Outcome::unavailable(status.to_string(), "try later"),
///     }
/// }
/// assert_eq!(of_status(204), Outcome::Accepted);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is where it should be, for good.
    Accepted,
    /// The same: the destination had it before, and keeps it once. It counts as accepted, and relays count how often they
    /// hear that.
    Duplicate,
    /// This message cannot be sent, whatever becomes of others: it is tried again a number of times, then it is dead.
    Refused {
        /// A short code, such as `413`.
        code: String,
        /// What was said.
        text: String,
    },
    /// Nothing can be sent now: no answer, no permission, no such topic. That costs the message nothing.
    Unavailable {
        /// A short code, such as `503`.
        code: String,
        /// What was said.
        text: String,
        /// When to ask again, where that was said.
        retry_after: Option<Duration>,
        /// Whether it has nothing to do with the message, such as a full disk. Else a row that fails by itself, again and
        /// again while others are accepted, counts as refused in the end.
        is_down: bool,
    },
}

impl Outcome {
    /// Whether the message is where it should be: accepted, now or before.
    ///
    /// ```
    /// use evt_runtime::relay::Outcome;
    ///
    /// assert!(Outcome::Duplicate.is_accepted());
    /// assert!(!Outcome::refused("413", "too large").is_accepted());
    /// ```
    #[must_use]
    pub fn is_accepted(&self) -> bool {
        match self {
            Self::Accepted | Self::Duplicate => true,
            Self::Refused { .. } | Self::Unavailable { .. } => false,
        }
    }

    /// This message cannot be sent.
    ///
    /// ```
    /// use evt_runtime::relay::Outcome;
    ///
    /// assert_ne!(Outcome::refused("413", "too large"), Outcome::Accepted);
    /// ```
    #[must_use]
    pub fn refused(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Refused { code: code.into(), text: text.into() }
    }

    /// Nothing can be sent now.
    ///
    /// ```
    /// use evt_runtime::relay::Outcome;
    ///
    /// assert_ne!(Outcome::unavailable("timeout", "no answer within 10 s"), Outcome::Accepted);
    /// ```
    #[must_use]
    pub fn unavailable(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Unavailable { code: code.into(), text: text.into(), retry_after: None, is_down: false }
    }

    /// Nothing can be sent now, whichever message it is: that speaks against none of them, however often it happens.
    ///
    /// ```
    /// use evt_runtime::relay::Outcome;
    ///
    /// assert_ne!(Outcome::down("full", "the disk is full"), Outcome::unavailable("full", "the disk is full"));
    /// ```
    #[must_use]
    pub fn down(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Unavailable { code: code.into(), text: text.into(), retry_after: None, is_down: true }
    }
}

/// A message on its way.
pub type Delivery<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

/// Messages on their way: one answer each, in their order.
pub type Deliveries<'a> = Pin<Box<dyn Future<Output = Vec<Outcome>> + Send + 'a>>;

/// Where a relay publishes to.
///
/// A relay hands over messages of different keys at once, those of one key one after the other. A delivery may be
/// dropped half-way; whether it counts is then not known, and the message is handed over again.
///
/// ```
/// use evt_runtime::relay::{Delivery, Message, Outcome, Transport};
///
/// /// Publishes to standard output.
/// struct Printed;
///
/// impl Transport for Printed {
///     fn destination(&self) -> String {
///         "stdout:".to_owned()
///     }
///
///     fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
///         println!("{}", message.payload);
///         Box::pin(std::future::ready(Outcome::Accepted))
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Where that is, for people, without secrets. Relays of one route have the same.
    fn destination(&self) -> String;

    /// Sends one message.
    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a>;

    /// Sends messages in their order, where doing that at once is quicker than one by one: `None` where it is not, for no
    /// messages too. Who
    /// does so promises that no message is accepted behind one of its key that was not; messages behind the last
    /// answer count as not sent.
    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        let _ = messages;
        None
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn destination(&self) -> String {
        (**self).destination()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        (**self).deliver(message)
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        (**self).deliver_all(messages)
    }
}
