//! A row as somebody would write it without an outbox.

use evt_runtime::Emission;
use evt_runtime::types::Uuid;

use crate::event::{CowFed, fed};

pub(crate) const NAMES: &str = "id, event_name, event_version, fingerprint, event_type, process_type, domain, subject, \
    source, route, lane, partition_key, payload, metadata, occurred_at, idempotency_key, aggregate_type, aggregate_id, \
    aggregate_version, on_dead_letter";

/// A payload of some 300 bytes.
pub(crate) fn emission(number: u32) -> Emission<CowFed> {
    fed(&"hay ".repeat(70)).aggregate("Cow", (number % 100).to_string())
}

/// Its values: texts, and numbers at the places of numbers.
pub(crate) struct Bare {
    pub(crate) id: String,
    pub(crate) payload: String,
    pub(crate) key: String,
    pub(crate) aggregate_id: String,
}

impl Bare {
    pub(crate) fn new(number: u32) -> Self {
        let aggregate_id = (number % 100).to_string();
        Self {
            id: Uuid::now_v7().to_string(),
            payload: format!("{{\"note\":\"{}\"}}", "hay ".repeat(70)),
            key: format!("Cow/{aggregate_id}"),
            aggregate_id,
        }
    }
}

pub(crate) const FINGERPRINT: &str = "0f3a";
pub(crate) const OCCURRED_AT: &str = "2027-01-31T08:30:00.123456Z";
