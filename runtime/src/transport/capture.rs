//! Rows that a reader of PostgreSQL's log publishes: change-data capture.

mod handover;
mod look;
mod record;
mod trouble;

use self::look::Look;
use self::trouble::Trouble;
use super::BadDestination;
use crate::outbox::operator::Outbox;
use crate::outbox::{Dialect, Slot};
use crate::relay::{Deliveries, Delivery, Message, Outcome, Transport};

/// Sends nothing: what is stored goes through a replication slot, which a reader of the log, such as Debezium, publishes.
///
/// *Accepted* is an event that is in the slot: PostgreSQL keeps it until the reader has confirmed it. For that the slot
/// must be there, be whole, and have been made by [`capture_sql`](crate::outbox::capture_sql), and its publication must
/// hold what is inserted into the outbox; else all is *Unavailable*. An event that was stored before the slot was made is
/// *Refused*. A slot that was seen to be gone stays so: what comes in its place, under its name, does not have the events
/// that were stored meanwhile.
///
/// Before it takes the place of a transport, [`obstacle`](Self::obstacle) tells whether that has anything left to do.
///
/// ```
/// use evt_runtime::outbox::Slot;
/// use evt_runtime::outbox::operator::Outbox;
/// use evt_runtime::relay::{Relay, Transport as _};
/// use evt_runtime::transport::Captured;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let outbox = Outbox::open("postgres://anna@db.farm/farm", "evt_outbox")?;
/// let captured = Captured::new(outbox.clone(), Slot::of("evt_outbox"))?;
/// assert_eq!(captured.destination(), "capture:evt_outbox_capture");
/// let relay = Relay::to(outbox, captured);
/// # Ok(())
/// # }
/// ```
pub struct Captured {
    outbox: Outbox,
    slot: Slot,
}

impl Captured {
    /// The slot of an outbox. Nothing is asked of the database yet.
    ///
    /// # Errors
    /// [`BadDestination`] where the outbox is not in PostgreSQL.
    ///
    /// ```
    /// use evt_runtime::outbox::Slot;
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::transport::Captured;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let outbox = Outbox::open("sqlite:farm.db", "evt_outbox")?;
    /// let refused = Captured::new(outbox, Slot::of("evt_outbox")).map_err(|error| error.to_string());
    /// let told = "the destination begins with `capture:`, which wants an outbox in PostgreSQL";
    /// assert_eq!(refused.err().as_deref(), Some(told));
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(outbox: Outbox, slot: Slot) -> Result<Self, BadDestination> {
        match outbox.dialect() {
            Dialect::Postgres => Ok(Self { outbox, slot }),
            Dialect::Sqlite => {
                let reason = "begins with `capture:`, which wants an outbox in PostgreSQL".to_owned();
                Err(BadDestination { reason })
            }
        }
    }

    /// One answer for each message up to the first that is not accepted: what stands behind it may be of its key.
    async fn deliver_some(&self, messages: &[Message]) -> Vec<Outcome> {
        let look = match self.look(messages).await {
            Ok(look) => look,
            Err(error) => return vec![Outcome::down("database", error.to_string())],
        };
        match look.trouble(&self.slot) {
            None => self.answers(messages, &look),
            Some(trouble) => {
                self.remember(&look, &trouble).await;
                vec![Outcome::unavailable(trouble.code(), trouble.to_string())]
            }
        }
    }

    fn answers(&self, messages: &[Message], look: &Look) -> Vec<Outcome> {
        let is_early = |message: &Message| look.early.contains(&message.id);
        let early = messages.iter().position(is_early);
        let mut answers = vec![Outcome::Accepted; early.unwrap_or(messages.len())];
        if early.is_some() {
            let text =
                format!("it was stored before the replication slot `{}`, which does not have it", self.slot);
            answers.push(Outcome::refused("early", text));
        }
        answers
    }

    /// Lets nobody believe in the slot again that events were missing from.
    async fn remember(&self, look: &Look, trouble: &Trouble) {
        if !trouble.loses_events() || !look.is_recorded() {
            return;
        }
        if let Err(error) = self.record_loss(trouble).await {
            tracing::warn!(%error, slot = %self.slot, "it was not written down that the slot was gone");
        }
    }
}

impl Transport for Captured {
    fn destination(&self) -> String {
        format!("capture:{}", self.slot)
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async {
            let answers = self.deliver_some(std::slice::from_ref(message)).await;
            answers.into_iter().next().unwrap_or(Outcome::Accepted)
        })
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        Some(Box::pin(self.deliver_some(messages)))
    }
}
