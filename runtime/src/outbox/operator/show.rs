//! One row, with all that there is to know of it.

use uuid::Uuid;

use super::answer::Answer;
use super::attempt;
use super::entry::{Entry, EntryDetail, columns, whole};
use super::list::tables;
use super::query::Query;
use super::session::{Access, Session};
use super::{Outbox, OutboxError};
use crate::outbox::Dialect;

impl Outbox {
    /// One row with all that there is to know of it, by the event's id, or by that of a correction.
    ///
    /// # Errors
    /// [`OutboxError::Unknown`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn payload(outbox: &Outbox, id: uuid::Uuid) -> Result<String, OutboxError> {
    ///     Ok(outbox.entry(id).await?.payload)
    /// }
    /// ```
    pub async fn entry(&self, id: Uuid) -> Result<EntryDetail, OutboxError> {
        let mut session = self.session(Access::Read).await?;
        entry(&mut session, id).await
    }

    /// The id of the row at a place (`seq`).
    ///
    /// # Errors
    /// [`OutboxError::Unknown`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn first(outbox: &Outbox) -> Result<uuid::Uuid, OutboxError> {
    ///     outbox.id_at(1).await
    /// }
    /// ```
    pub async fn id_at(&self, seq: i64) -> Result<Uuid, OutboxError> {
        let query = Query::new(self.dialect(), "SELECT CAST(id AS text) FROM {T} WHERE seq = ").int(seq);
        let row = self.session(Access::Read).await?.row(query).await?;
        row.ok_or_else(|| OutboxError::Unknown { id: seq.to_string() })?.uuid()
    }
}

/// One row, by any of its ids.
pub(super) async fn entry(session: &mut Session<'_>, id: Uuid) -> Result<EntryDetail, OutboxError> {
    let dialect = session.dialect();
    let uuid = match dialect {
        Dialect::Postgres => "::uuid",
        Dialect::Sqlite => "",
    };
    let query = Query::new(
        dialect,
        format!("SELECT {}, {DETAIL} FROM (SELECT given.seq FROM {{T}} AS given ", columns(dialect)),
    )
    .push("WHERE given.id = coalesce((SELECT other.replaces FROM {T} AS other WHERE other.id = ")
    .text(id.to_string())
    .push(&format!("{uuid}), "))
    .text(id.to_string())
    .push(&format!("{uuid}) LIMIT 1) AS found {}", tables(dialect)));
    let row = session.row(query).await?;
    let mut row = row.ok_or_else(|| OutboxError::Unknown { id: id.to_string() })?;
    let mut detail = EntryDetail::read(&mut row)?;
    detail.attempts = attempt::of(session, detail.entry.seq).await?;
    Ok(detail)
}

/// What an [`EntryDetail`] has more than an [`Entry`].
const DETAIL: &str = "CAST(sent.id AS text), sent.fingerprint, CAST(sent.payload AS text), \
     CASE WHEN sent.seq <> content.seq THEN CAST(content.payload AS text) END, \
     CAST(content.event_version AS bigint), CAST(sent.metadata AS text), sent.event_type, sent.process_type, sent.domain, \
     sent.subject, sent.source, CAST(content.lane AS bigint), content.idempotency_key, content.aggregate_type, \
     content.aggregate_id, content.aggregate_version, content.on_dead_letter";

impl EntryDetail {
    fn read(row: &mut Answer) -> Result<Self, OutboxError> {
        Ok(Self {
            entry: Entry::read(row)?,
            sent_id: row.uuid()?,
            fingerprint: row.text()?,
            payload: row.text()?,
            original_payload: row.maybe_text()?,
            original_version: whole(row)?,
            metadata: row.text()?,
            event_type: row.text()?,
            process_type: row.text()?,
            domain: row.maybe_text()?,
            subject: row.maybe_text()?,
            source: row.text()?,
            lane: whole(row)?,
            idempotency_key: row.maybe_text()?,
            aggregate_type: row.maybe_text()?,
            aggregate_id: row.maybe_text()?,
            aggregate_version: row.maybe_int()?,
            on_dead_letter: row.text()?,
            attempts: Vec::new(),
        })
    }
}
