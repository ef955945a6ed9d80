use jiff::Timestamp;
use uuid::Uuid;

use crate::definition::Definition;
use crate::misfit::Misfits;
use crate::read::from_json;
use crate::record::Record;

/// One event, ready for the outbox or a handler.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// let envelope = evt_runtime::Emission::new(CowFed::of(2.5)).envelope()?;
/// assert_eq!(envelope.definition.name, "cow_fed");
/// assert_eq!(envelope.payload, r#"{"weight":2.5}"#);
/// assert_eq!(envelope.metadata, "{}");
/// assert_eq!(envelope.table, "evt_outbox");
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
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
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// let emission = evt_runtime::Emission::new(CowFed::of(2.5)).aggregate("Cow", "bella").aggregate_version(3);
/// let aggregate = emission.envelope()?.aggregate;
/// assert_eq!(aggregate.map(|aggregate| (aggregate.id, aggregate.version)), Some(("bella".to_owned(), Some(3))));
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
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
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// let envelope = evt_runtime::Emission::new(CowFed::of(2.5)).envelope()?;
    /// assert_eq!(envelope.payload_as(), Ok(CowFed::of(2.5)));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn payload_as<R: Record>(&self) -> Result<R, Misfits> {
        from_json(&self.payload)
    }
}
