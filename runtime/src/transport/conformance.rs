//! Does a transport keep what a [relay](crate::relay) builds on? A test for transports, also for those of others.
//!
//! ```
//! use std::sync::Mutex;
//!
//! use evt_runtime::relay::{Delivery, Message, Outcome, Transport};
//! use evt_runtime::transport::conformance::{self, Arrival};
//!
//! /// Keeps what it is given.
//! #[derive(Default)]
//! struct Kept(Mutex<Vec<Arrival>>);
//!
//! impl Transport for Kept {
//!     fn destination(&self) -> String {
//!         "memory:".to_owned()
//!     }
//!
//!     fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
//!         self.0.lock().expect("nobody panics").push(Arrival::new(message.id, message.payload.as_bytes()));
//!         Box::pin(std::future::ready(Outcome::Accepted))
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), conformance::Violations> {
//! let kept = Kept::default();
//! conformance::check(&kept, &[], async || kept.0.lock().expect("nobody panics").clone()).await?;
//! # Ok(())
//! # }
//! ```

mod arrival;
mod batch;
mod bench;
mod hostile;
mod rule;
mod sample;

use std::fmt;

use crate::relay::Transport;

pub use arrival::Arrival;
pub use sample::message;

use bench::Bench;

/// What a transport does that it must not: all of it.
///
/// ```
/// use evt_runtime::transport::conformance::Violations;
///
/// fn names(violations: &Violations) -> Vec<&'static str> {
///     violations.0.iter().map(|violation| violation.rule).collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

/// A rule that a transport breaks.
///
/// | rule | what it asks |
/// |---|---|
/// | `destination` | it is the same each time, is not empty and holds no secret |
/// | `payload-unchanged` | a consumer gets the very bytes: floats, escapes, spaces and nesting as they were |
/// | `arrives` | what was accepted arrives |
/// | `order-by-key` | what is sent one after the other arrives in that order |
/// | `keys-at-once` | the same, while other keys are on their way |
/// | `sent-twice` | a message that is sent again is accepted again |
/// | `dropped` | a delivery that is dropped half-way hinders none behind it |
/// | `hostile-text` | line breaks, NUL, quotes and foreign letters stay in the value where they belong |
/// | `large-message` | 1 MiB is accepted or refused: no answer about this message may stop all others |
/// | `batch` | `deliver_all` is offered always or never, gives at most one answer a message, and accepts no message behind one of its key that was not |
/// | `secret` | no answer repeats a secret |
/// | `answers` | there is an answer within 30 seconds |
///
/// ```
/// use evt_runtime::transport::conformance::Violation;
///
/// let violation = Violation { rule: "arrives", text: "1 of 3 messages did not".to_owned() };
/// assert_eq!(violation.to_string(), "arrives: 1 of 3 messages did not");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule's name.
    pub rule: &'static str,
    /// What happened.
    pub text: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.text)
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the transport breaks what a relay builds on")?;
        self.0.iter().try_for_each(|violation| write!(f, "\n  {violation}"))
    }
}

impl std::error::Error for Violations {}

/// Sends some hundred messages of its own and looks what becomes of them.
///
/// `arrived` gives everything that arrived so far, in its order, also what it gave before; messages of others are passed
/// over. It is asked until all is there, for 10 seconds at most. `secrets` are what no text may repeat: a password, a
/// token. Where a [topic](crate::transport::Topic) is to be had, give the default.
///
/// # Errors
/// [`Violations`], all that were found.
///
/// ```
/// use evt_runtime::relay::Transport;
/// use evt_runtime::transport::conformance::{self, Arrival, Violations};
///
/// async fn holds(transport: &dyn Transport, received: &[Arrival]) -> Result<(), Violations> {
///     conformance::check(transport, &["hunter2"], async || received.to_vec()).await
/// }
/// ```
pub async fn check(
    transport: &dyn Transport,
    secrets: &[&str],
    arrived: impl AsyncFnMut() -> Vec<Arrival>,
) -> Result<(), Violations> {
    let mut bench = Bench::new(transport, secrets, arrived);
    let before = rule::destination(&mut bench);
    rule::payload_unchanged(&mut bench).await;
    rule::order_by_key(&mut bench).await;
    rule::keys_at_once(&mut bench).await;
    rule::sent_twice(&mut bench).await;
    rule::dropped(&mut bench).await;
    hostile::hostile_text(&mut bench).await;
    rule::large_message(&mut bench).await;
    batch::batch(&mut bench).await;
    if rule::destination(&mut bench) != before {
        bench.note("destination", format!("it was `{before}` and changed"));
    }
    bench.end()
}
