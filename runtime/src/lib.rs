//! What services link that emit and read events defined with `evt`.
//!
//! Generated code stands on this crate; it stays light, because every service pays for its compile time. A payload is a
//! [`Record`]: a struct with a static [table](shape) of its fields. Writing it checks it, and says everything that is
//! wrong by path; reading it does the same. An [`Emission`] is an event on its way out: its envelope can be set, then it
//! is emitted through a [`Connection`] or a [`SyncConnection`] of the caller's own, into the `outbox` of its database.

#![forbid(unsafe_code)]

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
pub mod metadata;
mod misfit;
#[cfg(feature = "outbox")]
pub mod outbox;
mod read;
mod record;
#[doc(hidden)]
pub mod reexport;
mod row;
pub mod shape;
mod words;
mod write;

pub use check::check_json;
pub use connection::{Connection, Inserted, SyncConnection};
pub use convert::convert;
pub use datum::Datum;
pub use definition::{Definition, Event, OnDeadLetter, ProcessType};
pub use emission::{Emission, Emitted, emit_all, emit_all_sync};
pub use envelope::{AggregateRef, Envelope};
pub use error::{BoxError, EmitError};
pub use misfit::{Misfit, Misfits};
#[doc(hidden)]
pub use read::record_of;
pub use read::{Parts, from_json, from_value};
pub use record::{Choice, Record};
pub use row::{ReadError, Row, StepError};
pub use write::{Fields, Writer, to_json};

/// The types of payload fields, under names that generated code can rely on.
pub mod types {
    pub use jiff::Timestamp;
    pub use jiff::civil::Date;
    pub use rust_decimal::Decimal;
    pub use serde_json::Value as Json;
    pub use uuid::Uuid;
}

/// What a service imports to emit and read events.
pub mod prelude {
    pub use crate::{Connection, Emission, Event, Row, SyncConnection};
}

#[cfg(test)]
mod tests;
