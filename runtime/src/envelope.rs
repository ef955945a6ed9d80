use jiff::Timestamp;
use uuid::Uuid;

use crate::definition::Definition;
use crate::misfit::Misfits;
use crate::read::from_json;
use crate::record::Record;

/// One event, ready for the outbox or a handler.
#[derive(Clone, Debug)]
pub struct Envelope {
    /// Its identity (`UUIDv7`), also that of the `CloudEvents` envelope.
    pub id: Uuid,
    /// What kind of event it is.
    pub definition: &'static Definition,
    /// The payload: JSON text, the bytes that are stored and published.
    pub payload: String,
    /// What the caller says beside it: the JSON text of an object.
    pub metadata: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// What makes a second one of the same event a duplicate.
    pub idempotency_key: Option<String>,
    /// The thing that it changed.
    pub aggregate: Option<AggregateRef>,
    /// What orders events: that of the definition, else `type/id` of the aggregate.
    pub partition_key: Option<String>,
    /// The outbox table that it is written to.
    pub table: String,
}

/// Which thing an event changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AggregateRef {
    /// Its type, such as `Cow`.
    pub aggregate_type: String,
    /// Which one.
    pub id: String,
    /// Its version after the event.
    pub version: Option<i64>,
}

impl Envelope {
    /// The payload as a struct.
    ///
    /// # Errors
    /// Everything that the struct's types do not admit, by path.
    pub fn payload_as<R: Record>(&self) -> Result<R, Misfits> {
        from_json(&self.payload)
    }
}
