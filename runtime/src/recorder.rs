//! What a test of a service emits through: events are kept in memory, where they can be looked at.
//!
//! ```
//! # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
//! # use events::{CowFed, HaySold};
//! use evt_runtime::{Emission, Recorder, assert_emitted, assert_not_emitted};
//!
//! let mut recorder = Recorder::new();
//! Emission::new(CowFed::of(2.5)).emit_sync(&mut recorder)?;
//!
//! assert_emitted!(recorder, CowFed);
//! assert_emitted!(recorder, CowFed, |event| event.weight > 2.0);
//! assert_not_emitted!(recorder, HaySold);
//! # Ok::<(), evt_runtime::EmitError>(())
//! ```

mod assert;

use std::collections::BTreeMap;

pub use assert::{emitted, not_emitted};

use crate::connection::{Connection, Inserted, SyncConnection};
use crate::definition::Event;
use crate::envelope::Envelope;
use crate::error::EmitError;

/// A connection that keeps events in memory: stored ones with `seq` from 1 and duplicates as the outbox has them, the
/// others once they were delivered.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Emission, Emitted, Recorder};
///
/// let mut recorder = Recorder::new();
/// let emitted = Emission::new(CowFed::of(2.5)).emit_sync(&mut recorder)?;
/// assert!(matches!(emitted, Emitted::Enqueued { seq: 1, .. }));
/// assert_eq!(recorder.events::<CowFed>(), [CowFed::of(2.5)]);
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    envelopes: Vec<Envelope>,
    keys: BTreeMap<Key, Inserted>,
    last_seq: i64,
}

/// What the outbox holds once: table, event, and idempotency key.
type Key = (String, &'static str, String);

impl Recorder {
    /// A recorder of no events.
    ///
    /// ```
    /// assert!(evt_runtime::Recorder::new().envelopes().is_empty());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The payloads of an event, in the order in which they were emitted.
    ///
    /// # Panics
    /// Where an envelope of that name holds another payload: two types then claim one event.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// assert_eq!(evt_runtime::Recorder::new().events::<CowFed>(), []);
    /// ```
    #[must_use]
    pub fn events<E: Event>(&self) -> Vec<E> {
        let of_event = self.envelopes.iter().filter(|it| it.definition.name == E::definition().name);
        of_event.map(|envelope| envelope.payload_as().expect("one type has this event's name")).collect()
    }

    /// Everything that was emitted, in order; without duplicates that were skipped.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{Emission, Recorder};
    ///
    /// let mut recorder = Recorder::new();
    /// let emission = Emission::new(CowFed::of(2.5)).metadata(serde_json::json!({ "request_id": "7" }));
    /// emission.emit_sync(&mut recorder)?;
    /// assert_eq!(recorder.envelopes()[0].metadata, r#"{"request_id":"7"}"#);
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    #[must_use]
    pub fn envelopes(&self) -> &[Envelope] {
        &self.envelopes
    }

    /// Forgets everything; `seq` begins at 1 again.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{Emission, Recorder};
    ///
    /// let mut recorder = Recorder::new();
    /// Emission::new(CowFed::of(2.5)).emit_sync(&mut recorder)?;
    /// recorder.clear();
    /// assert!(recorder.envelopes().is_empty());
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn store(&mut self, row: &Envelope) -> Inserted {
        let key = row.idempotency_key.clone().map(|key| (row.table.clone(), row.definition.name, key));
        if let Some(Inserted::New { id, seq } | Inserted::Duplicate { id, seq }) =
            key.as_ref().and_then(|key| self.keys.get(key))
        {
            return Inserted::Duplicate { id: *id, seq: *seq };
        }
        self.last_seq += 1;
        let inserted = Inserted::New { id: row.id, seq: self.last_seq };
        self.keys.extend(key.map(|key| (key, inserted)));
        self.envelopes.push(row.clone());
        inserted
    }
}

impl Connection for Recorder {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        self.insert_sync(rows)
    }

    fn observe(&mut self, delivered: &Envelope) {
        self.envelopes.push(delivered.clone());
    }
}

impl SyncConnection for Recorder {
    fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        Ok(rows.iter().map(|row| self.store(row)).collect())
    }

    fn observe_sync(&mut self, delivered: &Envelope) {
        self.envelopes.push(delivered.clone());
    }
}
