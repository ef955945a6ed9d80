use uuid::Uuid;

use crate::misfit::Misfits;

/// An error of the caller's, of any type.
///
/// ```
/// fn milk(litres: f64) -> Result<(), evt_runtime::BoxError> {
///     if litres > 30.0 { Err("the can is full".into()) } else { Ok(()) }
/// }
/// assert_eq!(milk(31.0).unwrap_err().to_string(), "the can is full");
/// ```
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why an event was not emitted. The caller's transaction is as usable as the database leaves it.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{EmitError, Emission, Recorder};
///
/// match Emission::new(CowFed::of(-1.0)).emit_sync(&mut Recorder::new()) {
///     Err(EmitError::Payload { event, misfits }) => {
///         assert_eq!(event, "cow_fed");
///         assert_eq!(misfits.to_string(), "`weight` is less than the minimum 0");
///     }
///     other => unreachable!("{other:?}"),
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EmitError {
    /// The payload breaks its own types.
    #[error("the payload of `{event}` does not fit: {misfits}")]
    Payload {
        /// The event's name.
        event: &'static str,
        /// All that is wrong, by path.
        misfits: Misfits,
    },
    /// The metadata is no JSON object, or cannot be stored.
    #[error("the metadata of `{event}` {reason}")]
    Metadata {
        /// The event's name.
        event: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A text beside the payload cannot be stored.
    #[error("`{field}` of `{event}` {reason}")]
    Field {
        /// The event's name.
        event: &'static str,
        /// Which one.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A `sourced` event needs an aggregate with an id and a version.
    #[error("`{event}` is sourced: it needs an aggregate with an id and a version")]
    AggregateMissing {
        /// The event's name.
        event: &'static str,
    },
    /// A strictly ordered event needs a key.
    #[error("`{event}` is strictly ordered: it needs an aggregate or a partition key")]
    KeyMissing {
        /// The event's name.
        event: &'static str,
    },
    /// An event of the same name and idempotency key is stored.
    #[error("an event `{event}` with this idempotency key is stored as {id}")]
    Duplicate {
        /// The event's name.
        event: &'static str,
        /// The one that is stored.
        id: Uuid,
        /// Its place in the outbox.
        seq: i64,
    },
    /// The payload has more bytes than the outbox admits.
    #[error("the payload of `{event}` has {bytes} bytes, the most is {most}")]
    TooLarge {
        /// The event's name.
        event: &'static str,
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        most: usize,
    },
    /// An event of this process type is no row of an outbox.
    #[error("`{event}` is delivered in the process: it is not stored")]
    NotStored {
        /// The event's name.
        event: &'static str,
    },
    /// The outbox table's name cannot be.
    #[error("the outbox table `{table}` {reason}")]
    Table {
        /// The name.
        table: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The outbox table is not there.
    #[error("there is no outbox table `{table}`: create it with `evt_runtime::outbox::migrate`")]
    NotMigrated {
        /// The name.
        table: String,
    },
    /// The outbox was migrated by a program that older ones cannot live with. Nothing was written.
    #[error("the outbox `{table}` asks for a newer program: this one knows layout {known}")]
    TooNew {
        /// The outbox.
        table: String,
        /// The latest layout that this program knows.
        known: u32,
    },
    /// A handler failed.
    #[error("a handler of `{event}` failed: {source}")]
    Handler {
        /// The event's name.
        event: &'static str,
        /// What it said.
        source: BoxError,
    },
    /// The queue of background handlers is full, or was shut down.
    #[error("`{event}` was not queued: {reason}")]
    Queue {
        /// The event's name.
        event: &'static str,
        /// Why.
        reason: &'static str,
    },
    /// The database refused.
    #[error("the outbox refused: {0}")]
    Database(#[source] BoxError),
}
