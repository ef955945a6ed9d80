//! The relay: it publishes what is stored in the outbox, in order, whatever breaks.
//!
//! Several relays of one outbox share its lanes. One that is killed is followed by another one, which begins with the
//! rows that it had in hand: a consumer may see a message twice, never too late for its key.
//!
//! ```
//! use evt_runtime::outbox::operator::Outbox;
//! use evt_runtime::relay::{Delivery, Message, Outcome, Relay, Transport};
//!
//! struct Printed;
//!
//! impl Transport for Printed {
//!     fn destination(&self) -> String {
//!         "stdout:".to_owned()
//!     }
//!
//!     fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
//!         println!("{}: {}", message.event_name, message.payload);
//!         Box::pin(std::future::ready(Outcome::Accepted))
//!     }
//! }
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
//! outbox.migrate().await?;
//! Relay::to(outbox, Printed).drain().await?;
//! # Ok(())
//! # }
//! ```

mod backoff;
mod batch;
mod breaker;
mod counts;
mod database;
mod doubt;
mod drive;
mod exposition;
mod failpoint;
mod flight;
mod hand;
mod histogram;
mod keeper;
mod lane;
mod message;
mod monitor;
mod pace;
mod settings;
mod standing;
mod store;
mod subscribers;
mod tell;
#[cfg(test)]
mod tests;
mod transport;
mod turn;

pub use counts::Counts;
#[cfg(feature = "failpoints")]
pub use failpoint::Failpoint;
pub use message::Message;
pub use monitor::{Monitor, metrics};
pub use settings::{Drained, LONGEST_LEASE, Relay, RelayError};
pub use standing::NotReady;
pub use transport::{Deliveries, Delivery, Outcome, Transport};
