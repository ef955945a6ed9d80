mod all;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::check::unfit_json;
use crate::connection::{Connection, Inserted, SyncConnection};
use crate::datum::Datum;
use crate::definition::{Event, ProcessType};
use crate::envelope::{AggregateRef, Envelope};
use crate::error::EmitError;
use crate::write::{key_text, to_json};
use crate::{handler, metadata};

pub use all::{emit_all, emit_all_sync};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emitted {
    /// It stands in the outbox, if the transaction commits.
    Enqueued {
        /// Its identity.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
    /// One of the same event and idempotency key stood there before, and [`Emission::skip_duplicates`] was asked for.
    Duplicate {
        /// The identity of the one that stands there.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
    /// Its handlers ran, were queued, or it was traced: nothing is stored.
    Delivered {
        /// Its identity.
        id: Uuid,
    },
}

/// An event on its way out. Its envelope can be set until it is emitted.
#[must_use = "an event is emitted by `.emit(…)`"]
#[derive(Debug)]
pub struct Emission<E> {
    payload: E,
    occurred_at: Option<Timestamp>,
    metadata: Value,
    idempotency_key: Option<String>,
    aggregate: Option<AggregateRef>,
    partition_key: Option<String>,
    table: Option<String>,
    on_duplicate: OnDuplicate,
}

/// What a duplicate is to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OnDuplicate {
    Refuse,
    Skip,
}

impl<E: Event> Emission<E> {
    /// An event with this payload. Generated helpers call it.
    pub fn new(payload: E) -> Self {
        Self {
            payload,
            occurred_at: None,
            metadata: Value::Null,
            idempotency_key: None,
            aggregate: None,
            partition_key: None,
            table: None,
            on_duplicate: OnDuplicate::Refuse,
        }
    }

    /// The aggregate that the definition names; none where its id is absent.
    #[doc(hidden)]
    pub fn aggregate_of<I: Datum>(mut self, aggregate_type: &str, id: &I) -> Self {
        self.aggregate = key_text(id).map(|id| AggregateRef {
            aggregate_type: aggregate_type.to_owned(),
            id,
            version: None,
        });
        self
    }

    /// The aggregate's version that the definition names.
    #[doc(hidden)]
    pub fn aggregate_version_of<V: Datum>(mut self, version: &V) -> Self {
        if let Some(aggregate) = &mut self.aggregate {
            aggregate.version = key_text(version).and_then(|text| text.parse().ok());
        }
        self
    }

    /// The partition key that the definition names.
    #[doc(hidden)]
    pub fn partition_key_of<K: Datum>(mut self, key: &K) -> Self {
        self.partition_key = key_text(key);
        self
    }

    /// When it happened; now, if nobody says.
    pub fn occurred_at(mut self, instant: Timestamp) -> Self {
        self.occurred_at = Some(instant);
        self
    }

    /// What is said beside the payload: a JSON object, merged over the [defaults](crate::metadata::set_defaults).
    pub fn metadata(mut self, metadata: Value) -> Self {
        self.metadata = metadata;
        self
    }

    /// Makes a second event of this name and key a duplicate.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }

    /// The aggregate, in place of the definition's.
    pub fn aggregate(mut self, aggregate_type: impl Into<String>, id: impl Into<String>) -> Self {
        let version = self.aggregate.and_then(|aggregate| aggregate.version);
        self.aggregate = Some(AggregateRef { aggregate_type: aggregate_type.into(), id: id.into(), version });
        self
    }

    /// The aggregate's version after the event, in place of the definition's.
    pub fn aggregate_version(mut self, version: i64) -> Self {
        if let Some(aggregate) = &mut self.aggregate {
            aggregate.version = Some(version);
        }
        self
    }

    /// What orders the event, in place of the aggregate.
    pub fn partition_key(mut self, key: impl Into<String>) -> Self {
        self.partition_key = Some(key.into());
        self
    }

    /// The outbox table, in place of the one of `evt.toml`: a schema per tenant.
    pub fn table(mut self, table: impl Into<String>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// Makes a duplicate an answer instead of an error.
    pub fn skip_duplicates(mut self) -> Self {
        self.on_duplicate = OnDuplicate::Skip;
        self
    }

    /// The payload.
    #[must_use]
    pub fn payload(&self) -> &E {
        &self.payload
    }

    /// The event as it would be stored.
    ///
    /// # Errors
    /// A payload, metadata or key that does not fit, an aggregate that is missing.
    pub fn envelope(&self) -> Result<Envelope, EmitError> {
        let definition = E::definition();
        let event = definition.name;
        let payload = to_json(&self.payload).map_err(|misfits| EmitError::Payload { event, misfits })?;
        self.check_texts()?;
        let of_aggregate = self.aggregate.as_ref().map(|it| format!("{}/{}", it.aggregate_type, it.id));
        let envelope = Envelope {
            id: Uuid::now_v7(),
            definition,
            payload,
            metadata: self.metadata_text()?,
            occurred_at: self.occurred_at.unwrap_or_else(now),
            idempotency_key: self.idempotency_key.clone(),
            aggregate: self.aggregate.clone(),
            partition_key: self.partition_key.clone().or(of_aggregate),
            table: self.table.clone().unwrap_or_else(|| definition.table.to_owned()),
        };
        let has_version = envelope.aggregate.as_ref().is_some_and(|aggregate| aggregate.version.is_some());
        if definition.process_type == ProcessType::Sourced && !has_version {
            return Err(EmitError::AggregateMissing { event });
        }
        if definition.strict && envelope.partition_key.is_none() {
            return Err(EmitError::KeyMissing { event });
        }
        Ok(envelope)
    }

    /// Texts that are columns of the outbox: PostgreSQL stores no U+0000.
    fn check_texts(&self) -> Result<(), EmitError> {
        let aggregate = self.aggregate.as_ref();
        let texts = [
            ("idempotency_key", self.idempotency_key.as_deref()),
            ("partition_key", self.partition_key.as_deref()),
            ("aggregate_type", aggregate.map(|aggregate| aggregate.aggregate_type.as_str())),
            ("aggregate_id", aggregate.map(|aggregate| aggregate.id.as_str())),
        ];
        for (field, text) in texts {
            if text.is_some_and(|text| text.contains('\0')) {
                let reason = "holds U+0000".to_owned();
                return Err(EmitError::Field { event: E::definition().name, field, reason });
            }
        }
        Ok(())
    }

    fn metadata_text(&self) -> Result<String, EmitError> {
        let event = E::definition().name;
        let given = match &self.metadata {
            Value::Null => Map::new(),
            Value::Object(members) => members.clone(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(EmitError::Metadata { event, reason: "is no object".to_owned() });
            }
        };
        let merged = Value::Object(metadata::merged(given));
        match unfit_json(&merged) {
            Some(reason) => Err(EmitError::Metadata { event, reason }),
            None => Ok(merged.to_string()),
        }
    }

    /// Emits it through a connection or a transaction of the caller's: stored with the caller's own work, or handed to
    /// its handlers, as the definition says.
    ///
    /// # Errors
    /// What does not fit, a duplicate, a handler's error, what the database says.
    pub async fn emit<C: Connection>(self, connection: &mut C) -> Result<Emitted, EmitError> {
        let envelope = self.envelope()?;
        if !envelope.definition.process_type.is_stored() {
            return deliver(&envelope);
        }
        let inserted = connection.insert(std::slice::from_ref(&envelope)).await?;
        self.answer(&inserted)
    }

    /// Like [`emit`](Self::emit), for drivers that block.
    ///
    /// # Errors
    /// As there.
    pub fn emit_sync<C: SyncConnection>(self, connection: &mut C) -> Result<Emitted, EmitError> {
        let envelope = self.envelope()?;
        if !envelope.definition.process_type.is_stored() {
            return deliver(&envelope);
        }
        let inserted = connection.insert_sync(std::slice::from_ref(&envelope))?;
        self.answer(&inserted)
    }

    fn answer(&self, inserted: &[Inserted]) -> Result<Emitted, EmitError> {
        let event = E::definition().name;
        match (inserted, self.on_duplicate) {
            ([Inserted::New { id, seq }], _) => {
                tracing::debug!(event, %id, seq, "enqueued");
                Ok(Emitted::Enqueued { id: *id, seq: *seq })
            }
            ([Inserted::Duplicate { id, seq }], OnDuplicate::Skip) => {
                Ok(Emitted::Duplicate { id: *id, seq: *seq })
            }
            ([Inserted::Duplicate { id, seq }], OnDuplicate::Refuse) => {
                Err(EmitError::Duplicate { event, id: *id, seq: *seq })
            }
            _ => Err(EmitError::Database("the outbox gave no answer for the row".into())),
        }
    }
}

fn deliver(envelope: &Envelope) -> Result<Emitted, EmitError> {
    let id = envelope.id;
    handler::deliver(envelope)?;
    Ok(Emitted::Delivered { id })
}

#[expect(
    clippy::disallowed_methods,
    reason = "an event happens when it is emitted, unless the caller says when"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
