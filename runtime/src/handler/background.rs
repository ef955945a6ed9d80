//! The queue of `background` events.
//!
//! It holds a [bounded](Limits) number of events, and never makes an emitter wait: a full queue is an error. Each event
//! is one tokio task of the runtime that it was emitted in, which runs its handlers in order of registration; as many
//! events of a runtime as [`Limits::concurrency`] run at a time, the others wait in the order in which they were emitted,
//! and no runtime waits for another. A handler that fails or panics is logged with the event's name and id, never its
//! payload, and the others go on. What waits is lost when the process ends: [`shutdown`] drains it.
//!
//! ```
//! # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
//! # use events::MilkWeighed;
//! use std::time::Duration;
//! use evt_runtime::handler::{self, background};
//! use evt_runtime::{Emission, Recorder};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), evt_runtime::EmitError> {
//! handler::on_background::<MilkWeighed, _, _>(|event, _| async move {
//!     println!("{} kg", event.weight);
//!     Ok(())
//! });
//! Emission::new(MilkWeighed::of(21.5)).emit(&mut Recorder::new()).await?;
//! assert_eq!(background::shutdown(Duration::from_secs(25)).await, 0);
//! # Ok(())
//! # }
//! ```

mod queue;
#[cfg(test)]
mod tests;
mod turns;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub(super) use queue::Job;
use queue::Queue;

use crate::error::EmitError;

static QUEUE: OnceLock<Arc<Queue>> = OnceLock::new();

/// How much the queue holds, and how much of it runs at a time.
///
/// ```
/// let limits = evt_runtime::handler::background::Limits::default();
/// assert_eq!((limits.capacity, limits.concurrency), (1024, 16));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most events that wait or run; 1024, if nobody says.
    pub capacity: usize,
    /// The most events of a runtime that run at a time, at least 1; 16, if nobody says.
    pub concurrency: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { capacity: 1024, concurrency: 16 }
    }
}

/// The queue has its limits already: they were set before, or an event was queued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the queue of background events has its limits already")]
pub struct LimitsAreSet;

/// Sets the limits of the queue, before the first event is queued.
///
/// # Errors
/// [`LimitsAreSet`] the second time, and once an event was queued.
///
/// ```
/// use evt_runtime::handler::background::{Limits, LimitsAreSet, set_limits};
///
/// let limits = Limits { capacity: 50_000, ..Limits::default() };
/// assert_eq!(set_limits(limits), Ok(()));
/// assert_eq!(set_limits(limits), Err(LimitsAreSet));
/// ```
pub fn set_limits(limits: Limits) -> Result<(), LimitsAreSet> {
    QUEUE.set(Queue::new(limits)).map_err(|_| LimitsAreSet)
}

/// Waits until every event in the queue is done, `timeout` at most, and says how many are left: what a test does before
/// it looks at what handlers did. The queue stays open.
///
/// # Panics
/// In a tokio runtime without its timer, as tokio's own functions of time do.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let second = std::time::Duration::from_secs(1);
/// assert_eq!(evt_runtime::handler::background::drain(second).await, 0);
/// # }
/// ```
pub async fn drain(timeout: Duration) -> usize {
    match QUEUE.get() {
        Some(queue) => queue.drain(timeout).await,
        None => 0,
    }
}

/// Closes the queue for good, drains it, `timeout` at most, and says how many events are left. Those go on as long as
/// the runtime does. From the call on, events with handlers are refused with [`EmitError::Queue`].
///
/// # Panics
/// In a tokio runtime without its timer, as tokio's own functions of time do.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use evt_runtime::handler::background;
///
/// let left = background::shutdown(std::time::Duration::from_secs(25)).await;
/// if left > 0 {
///     eprintln!("{left} background events were not done in time");
/// }
/// # }
/// ```
pub async fn shutdown(timeout: Duration) -> usize {
    let queue = current();
    queue.close();
    queue.drain(timeout).await
}

pub(super) fn push(job: Job) -> Result<(), EmitError> {
    current().push(job)
}

fn current() -> &'static Arc<Queue> {
    QUEUE.get_or_init(|| Queue::new(Limits::default()))
}
