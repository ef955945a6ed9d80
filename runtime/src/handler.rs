//! Delivery inside of the process: which handlers there are, and when they run.
//!
//! A handler is registered for one event ([`on`], [`on_background`]) or for all events of a process type
//! ([`on_process_type`]). The order of registration is the order of running, over both kinds. What becomes of an event
//! at `.emit` depends on its process type alone, so that moving it to another one changes no line of the producer:
//!
//! | process type | at `.emit` |
//! |---|---|
//! | `inline` | its handlers run in the caller's stack; the first error stops the rest and reaches the caller |
//! | `background` | it is queued for its handlers (feature `background`), whatever becomes of the transaction |
//! | `telemetry` | one `tracing` event of the fields that are not personal data; handlers do not run |
//! | `durable`, `sourced` | the row is written; a relay of the service (`Relay::to_subscribers`) runs the handlers |
//! | `broker` | the row is written; a relay publishes it |
//!
//! `inline` and `background` handlers see an event before the commit, which may fail yet: what must follow the commit is
//! `durable`. A panic in a handler is an error like any other, where the program unwinds.
//!
//! ```
//! # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
//! # use events::GateOpened;
//! use evt_runtime::{EmitError, Emission, Recorder, handler};
//!
//! handler::on::<GateOpened>(|event, _| {
//!     if event.weight > 900.0 { Err("the gate holds 900 kg".into()) } else { Ok(()) }
//! });
//! let refused = Emission::new(GateOpened::of(1000.0)).emit_sync(&mut Recorder::new());
//! assert!(matches!(refused, Err(EmitError::Handler { event: "gate_opened", .. })));
//! ```

#[cfg(feature = "background")]
pub mod background;
mod panic;
mod registry;
mod subscriber;
mod telemetry;

use std::sync::Arc;

use crate::definition::{Event, ProcessType};
use crate::envelope::Envelope;
use crate::error::EmitError;

pub use panic::HandlerPanic;
#[cfg(feature = "relay")]
pub(crate) use registry::served;
pub use registry::{HandlerId, on, on_background, on_process_type, subscribers};
pub use subscriber::Subscriber;
#[cfg(test)]
pub(crate) use telemetry::without;

/// Hands an event that is not stored to what it is for.
pub(crate) fn deliver<E: Event>(envelope: &Arc<Envelope>, payload: E) -> Result<(), EmitError> {
    match envelope.definition.process_type {
        ProcessType::Inline => run(envelope, &payload),
        ProcessType::Background => queue(envelope, payload),
        ProcessType::Telemetry => {
            telemetry::trace(envelope);
            Ok(())
        }
        ProcessType::Durable | ProcessType::Broker | ProcessType::Sourced => Ok(()),
    }
}

fn run<E: Event>(envelope: &Envelope, payload: &E) -> Result<(), EmitError> {
    let event = envelope.definition.name;
    for subscriber in subscribers(event, ProcessType::Inline) {
        subscriber.run(Some(payload), envelope).map_err(|source| EmitError::Handler { event, source })?;
    }
    Ok(())
}

/// An event without handlers takes no place in the queue.
fn queue<E: Event>(envelope: &Arc<Envelope>, payload: E) -> Result<(), EmitError> {
    let subscribers = subscribers(envelope.definition.name, ProcessType::Background);
    if subscribers.is_empty() {
        return Ok(());
    }
    #[cfg(feature = "background")]
    return background::push(background::Job {
        subscribers,
        envelope: Arc::clone(envelope),
        payload: Arc::new(payload),
    });
    #[cfg(not(feature = "background"))]
    {
        drop(payload);
        let reason = "evt-runtime was built without the feature `background`";
        Err(EmitError::Queue { event: envelope.definition.name, reason })
    }
}
