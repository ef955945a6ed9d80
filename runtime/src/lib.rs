//! What services link that emit and read events defined with `evt`.
//!
//! Generated code stands on this crate; it stays light, because every service pays for its compile time. A payload is a
//! [`Record`]: a struct with a static [table](shape) of its fields. Writing it checks it, and says everything that is
//! wrong by path; reading it does the same. An [`Emission`] is an event on its way out: its envelope can be set, then it
//! is emitted through a [`Connection`] or a [`SyncConnection`] of the caller's own, into the `outbox` of its database.

#![forbid(unsafe_code)]

// Fixtures name this crate as generated code does.
#[cfg(test)]
extern crate self as evt_runtime;
#[cfg(test)]
#[macro_use]
#[path = "../fixtures/farm.rs"]
mod farm;
#[cfg(test)]
#[path = "../fixtures/feeding.rs"]
mod feeding;

mod check;
mod connection;
mod convert;
mod datum;
mod definition;
mod emission;
mod envelope;
mod error;
pub mod format;
pub mod handler;
mod key;
pub mod metadata;
mod misfit;
mod ordered;
#[cfg(feature = "outbox")]
pub mod outbox;
mod read;
mod record;
pub mod recorder;
#[doc(hidden)]
pub mod reexport;
#[cfg(feature = "relay")]
pub mod relay;
mod row;
pub mod shape;
#[cfg(feature = "relay")]
pub mod transport;
mod words;
mod write;

pub use check::check_json;
pub use connection::{Connection, Inserted, SyncConnection};
pub use convert::convert;
#[doc(hidden)]
pub use convert::or_default;
pub use datum::Datum;
pub use definition::{Definition, Event, OnDeadLetter, ProcessType};
pub use emission::{Emission, Emitted, emit_all, emit_all_sync};
pub use envelope::{AggregateRef, Envelope};
pub use error::{BoxError, EmitError};
#[doc(hidden)]
pub use key::Key;
pub use misfit::{Misfit, Misfits};
#[doc(hidden)]
pub use read::record_of;
pub use read::{Parts, from_json, from_value};
pub use record::{Choice, Record};
pub use recorder::Recorder;
pub use row::{ReadError, Row, StepError};
pub use write::{Fields, Writer, to_json};

/// The types of payload fields, under names that generated code can rely on.
///
/// ```
/// use evt_runtime::types::Decimal;
///
/// assert_eq!(Decimal::new(1250, 2).to_string(), "12.50");
/// ```
pub mod types {
    pub use jiff::Timestamp;
    pub use jiff::civil::Date;
    pub use rust_decimal::Decimal;
    pub use serde_json::Value as Json;
    pub use uuid::Uuid;
}

/// What a service imports to emit and read events.
///
/// ```
/// use evt_runtime::prelude::*;
///
/// fn feed<E: Event>(event: E, connection: &mut impl SyncConnection) {
///     let _ = Emission::new(event).emit_sync(connection);
/// }
/// ```
pub mod prelude {
    pub use crate::{Connection, Emission, Event, Row, SyncConnection};
}

#[cfg(test)]
mod tests;
