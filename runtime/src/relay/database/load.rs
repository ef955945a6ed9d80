//! What is to be sent.

use super::super::Message;
use super::super::hand::Pick;
use super::super::store::Loaded;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::entry::whole;
use crate::outbox::operator::query::{Query, time};
use crate::outbox::operator::session::Session;

/// Reads rows, in the order of their places.
pub(super) async fn load(session: &mut Session<'_>, picks: &[Pick]) -> Result<Loaded, OutboxError> {
    let mut loaded = Loaded::default();
    if picks.is_empty() {
        return Ok(loaded);
    }
    let dialect = session.dialect();
    let occurred_at = time(dialect, "content.occurred_at");
    let sql = format!(
        "SELECT work.seq, CAST(work.attempts AS bigint), CAST(content.id AS text), content.event_name, \
         CAST(content.event_version AS bigint), content.fingerprint, content.event_type, content.process_type, \
         content.domain, content.subject, content.source, content.partition_key, CAST(content.payload AS text), \
         CAST(content.metadata AS text), {occurred_at}, content.idempotency_key, content.aggregate_type, \
         content.aggregate_id, content.aggregate_version, CAST(content.replaces AS text) \
         FROM {{T_work}} AS work JOIN {{T}} AS content ON content.seq = work.content_seq WHERE work.seq"
    );
    let work: Vec<_> = picks.iter().map(|pick| pick.seq).collect();
    let content: Vec<_> = picks.iter().map(|pick| pick.content_seq).collect();
    let query = Query::new(dialect, sql).one_of(&work).push(" AND content.seq").one_of(&content);
    let rows = session.rows(query).await?;
    for mut row in rows {
        let seq = row.int()?;
        match message(seq, row) {
            Ok(message) => loaded.messages.push(message),
            Err(error) => loaded.unreadable.push((seq, error.to_string())),
        }
    }
    loaded.messages.sort_by_key(|message| message.seq);
    Ok(loaded)
}

fn message(seq: i64, mut row: Answer) -> Result<Message, OutboxError> {
    Ok(Message {
        seq,
        attempts: whole(&mut row)?,
        id: row.uuid()?,
        event_name: row.text()?,
        event_version: whole(&mut row)?,
        fingerprint: row.text()?,
        event_type: row.text()?,
        process_type: row.text()?,
        domain: row.maybe_text()?,
        subject: row.maybe_text()?,
        source: row.text()?,
        partition_key: row.maybe_text()?,
        payload: row.text()?,
        metadata: row.text()?,
        occurred_at: row.time()?,
        idempotency_key: row.maybe_text()?,
        aggregate_type: row.maybe_text()?,
        aggregate_id: row.maybe_text()?,
        aggregate_version: row.maybe_int()?,
        replaces: row.maybe_uuid()?,
    })
}
