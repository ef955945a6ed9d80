use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::check::unfit_json;
use crate::definition::Event;
use crate::envelope::{AggregateRef, Envelope};
use crate::error::EmitError;
use crate::metadata;
use crate::write::to_json;

/// What is said of an event besides its payload, as far as it was said.
#[derive(Clone, Debug, Default)]
pub(super) struct Head {
    pub(super) occurred_at: Option<Timestamp>,
    pub(super) metadata: Value,
    pub(super) idempotency_key: Option<String>,
    /// Type and id.
    pub(super) aggregate: Option<(String, String)>,
    pub(super) aggregate_version: Option<i64>,
    /// The version of the definition's aggregate, if that is the one.
    pub(super) defined_version: Option<i64>,
    pub(super) partition_key: Option<String>,
    pub(super) table: Option<String>,
}

impl Head {
    /// The event as it would be stored.
    pub(super) fn seal<E: Event>(self, payload: &E) -> Result<Envelope, EmitError> {
        let definition = E::definition();
        let event = definition.name;
        let payload = to_json(payload).map_err(|misfits| EmitError::Payload { event, misfits })?;
        let metadata = metadata_text(event, self.metadata)?;
        let of_aggregate = || self.aggregate.as_ref().map(|(of_type, id)| format!("{of_type}/{id}"));
        let partition_key = self.partition_key.or_else(of_aggregate);
        let version = self.aggregate_version.or(self.defined_version);
        let envelope = Envelope {
            id: Uuid::now_v7(),
            definition,
            payload,
            metadata,
            occurred_at: self.occurred_at.unwrap_or_else(now),
            idempotency_key: self.idempotency_key,
            aggregate: self.aggregate.map(|(aggregate_type, id)| AggregateRef {
                aggregate_type,
                id,
                version,
            }),
            partition_key,
            table: self.table.unwrap_or_else(|| definition.table.to_owned()),
        };
        envelope.check()?;
        Ok(envelope)
    }
}

fn metadata_text(event: &'static str, given: Value) -> Result<String, EmitError> {
    let given = match given {
        Value::Null => Map::new(),
        Value::Object(members) => members,
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            return Err(EmitError::Metadata { event, reason: "is no object".to_owned() });
        }
    };
    let merged = metadata::merged(given);
    if merged.is_empty() {
        return Ok("{}".to_owned());
    }
    let merged = Value::Object(merged);
    match unfit_json(&merged) {
        Some(reason) => Err(EmitError::Metadata { event, reason }),
        None => Ok(merged.to_string()),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "an event happens when it is emitted, unless the caller says when"
)]
fn now() -> Timestamp {
    Timestamp::now()
}
