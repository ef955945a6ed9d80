use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::definition::ProcessType;
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::Dialect;
use crate::outbox::lane::{lane, lock_slot};
use crate::outbox::limit::max_payload;
use crate::outbox::sql::Keys;
use crate::outbox::table::Table;

/// A row that the outbox admits, and where it goes.
#[derive(Debug)]
pub(crate) struct Checked<'r> {
    /// Its place among the caller's rows.
    pub(crate) place: usize,
    pub(crate) envelope: &'r Envelope,
    pub(crate) route: &'static str,
    pub(crate) lane: u8,
}

/// The rows of one table, in the caller's order.
#[derive(Debug)]
pub(crate) struct Batch<'r> {
    pub(crate) table: Table<'r>,
    pub(crate) rows: Vec<Checked<'r>>,
}

impl<'r> Batch<'r> {
    /// The caller's rows by table, sorted: writers that name several take their locks in one order.
    pub(crate) fn by_table(rows: &'r [Envelope], dialect: Dialect) -> Result<Vec<Self>, EmitError> {
        let mut batches: BTreeMap<&str, Self> = BTreeMap::new();
        for (place, envelope) in rows.iter().enumerate() {
            let row = Checked::new(place, envelope, dialect)?;
            match batches.get_mut(envelope.table.as_str()) {
                Some(batch) => batch.rows.push(row),
                None => {
                    let table = Table::parse(&envelope.table, dialect)
                        .map_err(|reason| EmitError::Table { table: envelope.table.clone(), reason })?;
                    batches.insert(&envelope.table, Self { table, rows: vec![row] });
                }
            }
        }
        Ok(batches.into_values().collect())
    }

    /// The locks that its strictly ordered rows take: the table as SQL names it, and the slot.
    pub(crate) fn locks(&self) -> Vec<(Option<Cow<'r, str>>, Option<i64>)> {
        let strict = self.rows.iter().filter(|row| row.envelope.definition.strict);
        let slots: BTreeSet<_> =
            strict.filter_map(|row| row.envelope.partition_key.as_deref()).map(lock_slot).collect();
        let table = || Some(Cow::Owned(self.table.quoted("")));
        slots.into_iter().map(|slot| (table(), Some(slot.into()))).collect()
    }

    pub(crate) fn keys(&self) -> Keys {
        let is_keyed = self.rows.iter().any(|row| row.envelope.idempotency_key.is_some());
        if is_keyed { Keys::Some } else { Keys::None }
    }
}

impl<'r> Checked<'r> {
    /// Its place as databases count.
    pub(crate) fn number(&self) -> i64 {
        i64::try_from(self.place).expect("no memory holds more rows")
    }

    fn new(place: usize, envelope: &'r Envelope, dialect: Dialect) -> Result<Self, EmitError> {
        let route = admit(envelope)?;
        let lane = match dialect {
            Dialect::Sqlite => 0,
            Dialect::Postgres => match &envelope.partition_key {
                Some(key) => lane(key),
                None => lane(&envelope.id.to_string()),
            },
        };
        Ok(Self { place, envelope, route, lane })
    }
}

/// The route of an event that may be stored.
pub(crate) fn admit(envelope: &Envelope) -> Result<&'static str, EmitError> {
    let event = envelope.definition.name;
    let (bytes, most) = (envelope.payload.len(), max_payload());
    if bytes > most {
        return Err(EmitError::TooLarge { event, bytes, most });
    }
    if envelope.metadata.len() > most {
        let reason = format!("has {} bytes, the most is {most}", envelope.metadata.len());
        return Err(EmitError::Field { event, field: "metadata", reason });
    }
    if envelope.occurred_at.as_second() < FIRST_SECOND {
        let reason = "is before the year 1".to_owned();
        return Err(EmitError::Field { event, field: "occurred_at", reason });
    }
    match envelope.definition.process_type {
        ProcessType::Durable | ProcessType::Sourced => Ok("durable"),
        ProcessType::Broker => Ok("broker"),
        ProcessType::Inline | ProcessType::Background | ProcessType::Telemetry => {
            Err(EmitError::NotStored { event })
        }
    }
}

/// 0001-01-01T00:00:00Z, the first instant that RFC 3339 has.
const FIRST_SECOND: i64 = -62_135_596_800;
