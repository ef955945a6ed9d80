//! How a slot and its publication are.

use uuid::Uuid;

use super::Captured;
use super::record::Record;
use super::trouble::Trouble;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::query::Query;
use crate::outbox::operator::session::Access;
use crate::outbox::{Dialect, Slot};
use crate::relay::Message;

/// What one query sees.
#[derive(Debug)]
pub(super) struct Look {
    slot: Option<SlotSeen>,
    publication: Option<PublicationSeen>,
    pub(super) record: Record,
    /// Messages that were stored before the slot was made.
    pub(super) early: Vec<Uuid>,
}

#[derive(Debug)]
struct SlotSeen {
    plugin: Option<String>,
    /// Whether it is one of this database, and lasts.
    is_ours: bool,
    wal_status: Option<String>,
}

/// A publication that holds the outbox.
#[derive(Debug)]
struct PublicationSeen {
    has_inserts: bool,
    /// Since PostgreSQL 15.
    row_filter: Option<String>,
    has_all_columns: bool,
}

const SLOT: &str = "\
SELECT slot.plugin, (slot.slot_name IS NOT NULL)::int::bigint, \
coalesce(slot.slot_type = 'logical' AND slot.database = current_database() AND NOT slot.temporary, false)::int::bigint, \
slot.wal_status, publication.held::bigint, publication.inserts::int::bigint, publication.row_filter, \
publication.all_columns::int::bigint, CAST(record.filter AS text), early.ids \
FROM (SELECT ";
/// The outbox as a name, and what is true where a publication before PostgreSQL 15 says nothing.
const PUBLICATION: &str = "::regclass AS outbox) AS given \
LEFT JOIN pg_replication_slots AS slot ON slot.slot_name = given.slot \
LEFT JOIN LATERAL (SELECT 1 AS held, listed.pubinsert AS inserts, listed.seen ->> 'rowfilter' AS row_filter, \
coalesce(json_array_length(listed.seen -> 'attnames') = (SELECT count(*) FROM pg_attribute WHERE attrelid = given.outbox \
AND attnum > 0 AND NOT attisdropped), true) AS all_columns \
FROM (SELECT publication.pubinsert, to_json(tables) AS seen FROM pg_publication AS publication \
JOIN pg_publication_tables AS tables ON tables.pubname = publication.pubname \
JOIN pg_class AS class ON class.oid = given.outbox AND class.relname = tables.tablename \
JOIN pg_namespace AS space ON space.oid = class.relnamespace AND space.nspname = tables.schemaname \
WHERE publication.pubname = given.slot) AS listed) AS publication ON true \
LEFT JOIN LATERAL (SELECT filter FROM {T_audit} WHERE action = 'capture' AND filter ->> 'slot' = given.slot \
ORDER BY number DESC LIMIT 1) AS record ON true \
LEFT JOIN LATERAL (SELECT string_agg(id::text, ' ') AS ids FROM {T} WHERE \
seq <= (record.filter ->> 'after')::bigint AND id";

impl Captured {
    /// Looks at the slot, its publication, and which of the messages it does not have, in one query.
    pub(super) async fn look(&self, messages: &[Message]) -> Result<Look, OutboxError> {
        let ids: Vec<_> = messages.iter().map(|message| message.id.to_string()).collect();
        let query = Query::new(Dialect::Postgres, SLOT).text(self.slot.as_str()).push(" AS slot, ");
        let query = query.text(self.outbox.table().quoted("")).push(PUBLICATION).one_of_ids(&ids);
        let row = self.outbox.only_row(Access::Read, query.push(") AS early ON true")).await?;
        read(row)
    }
}

fn read(mut row: Answer) -> Result<Look, OutboxError> {
    let (plugin, is_there) = (row.maybe_text()?, row.truth()?);
    let slot = SlotSeen { plugin, is_ours: row.truth()?, wal_status: row.maybe_text()? };
    let (held, inserts) = (row.maybe_int()?, row.maybe_int()?);
    let (row_filter, columns) = (row.maybe_text()?, row.maybe_int()?);
    let (has_inserts, has_all_columns) = (inserts == Some(1), columns == Some(1));
    let publication = PublicationSeen { has_inserts, row_filter, has_all_columns };
    let record = Record::read(row.maybe_text()?.as_deref());
    let early = row.maybe_text()?.unwrap_or_default();
    let early = early.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    Ok(Look { slot: is_there.then_some(slot), publication: held.map(|_| publication), record, early })
}

impl Look {
    /// Whether somebody relied upon the slot.
    pub(super) fn is_recorded(&self) -> bool {
        matches!(self.record, Record::From { .. })
    }

    /// What is wrong, worst first.
    pub(super) fn trouble(&self, slot: &Slot) -> Option<Trouble> {
        let name = || slot.to_string();
        let Some(seen) = &self.slot else { return Some(Trouble::NoSlot(name())) };
        if !seen.is_ours || seen.plugin.as_deref() != Some("pgoutput") {
            return Some(Trouble::Another(name()));
        }
        match seen.wal_status.as_deref() {
            Some("lost") => return Some(Trouble::Lost(name())),
            Some("unreserved") => return Some(Trouble::AlmostLost(name())),
            _ => {}
        }
        match &self.publication {
            Some(publication) if !publication.has_inserts => return Some(Trouble::NoPublication(name())),
            None => return Some(Trouble::NoPublication(name())),
            Some(publication) if !publication.is_whole() => return Some(Trouble::Filtered(name())),
            Some(_) => {}
        }
        match self.record {
            Record::Missing => Some(Trouble::Unrecorded(name())),
            Record::Lost => Some(Trouble::WasLost(name())),
            Record::From { .. } => None,
        }
    }
}

impl PublicationSeen {
    /// Whether every `broker` event goes through it, with all that is known of it.
    fn is_whole(&self) -> bool {
        let is_broker = |filter: &String| filter == "(route = 'broker'::text)";
        self.has_all_columns && self.row_filter.as_ref().is_none_or(is_broker)
    }
}
