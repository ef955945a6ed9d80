use jiff::Timestamp;
use uuid::Uuid;

use crate::definition::{Definition, ProcessType};
use crate::error::EmitError;
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

    /// Whether it has what its definition asks for, and its texts can be columns of the outbox.
    pub(crate) fn check(&self) -> Result<(), EmitError> {
        self.check_texts()?;
        let event = self.definition.name;
        let has_version = self.aggregate.as_ref().is_some_and(|aggregate| aggregate.version.is_some());
        if self.definition.process_type == ProcessType::Sourced && !has_version {
            return Err(EmitError::AggregateMissing { event });
        }
        if self.definition.strict && self.partition_key.is_none() {
            return Err(EmitError::KeyMissing { event });
        }
        Ok(())
    }

    /// PostgreSQL stores no U+0000.
    fn check_texts(&self) -> Result<(), EmitError> {
        let event = self.definition.name;
        let aggregate = self.aggregate.as_ref();
        let texts = [
            ("idempotency_key", self.idempotency_key.as_deref()),
            ("aggregate_type", aggregate.map(|it| it.aggregate_type.as_str())),
            ("aggregate_id", aggregate.map(|it| it.id.as_str())),
            ("partition_key", self.partition_key.as_deref()),
        ];
        for (field, text) in texts {
            let Some(text) = text else { continue };
            if text.is_empty() {
                return Err(EmitError::Field { event, field, reason: "is empty".to_owned() });
            }
            if text.contains('\0') {
                let reason = "holds U+0000".to_owned();
                return Err(EmitError::Field { event, field, reason });
            }
            if text.len() > MAX_KEY_BYTES {
                let reason = format!("has {} bytes, the most is {MAX_KEY_BYTES}", text.len());
                return Err(EmitError::Field { event, field, reason });
            }
        }
        Ok(())
    }
}

/// How long a text may be that the outbox has an index on: PostgreSQL's entries have at most 2,704 bytes.
const MAX_KEY_BYTES: usize = 1_024;
