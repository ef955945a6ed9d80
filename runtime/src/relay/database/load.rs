//! What is to be sent.

use std::collections::BTreeMap;

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
    let occurred_at = time(dialect, "occurred_at");
    let sql = format!(
        "SELECT seq, CAST(id AS text), event_name, CAST(event_version AS bigint), fingerprint, event_type, process_type, \
         domain, subject, source, partition_key, CAST(payload AS text), CAST(metadata AS text), {occurred_at}, \
         idempotency_key, aggregate_type, aggregate_id, aggregate_version, CAST(replaces AS text) FROM {{T}} WHERE seq"
    );
    let of_content: BTreeMap<_, _> = picks.iter().map(|pick| (pick.content_seq, pick)).collect();
    let contents: Vec<_> = of_content.keys().copied().collect();
    for mut row in session.rows(Query::new(dialect, sql).one_of(&contents)).await? {
        let Some(pick) = of_content.get(&row.int()?) else { continue };
        match message(pick, row) {
            Ok(message) => loaded.messages.push(message),
            Err(error) => loaded.unreadable.push((pick.seq, error.to_string())),
        }
    }
    loaded.messages.sort_by_key(|message| message.seq);
    Ok(loaded)
}

fn message(pick: &Pick, mut row: Answer) -> Result<Message, OutboxError> {
    Ok(Message {
        seq: pick.seq,
        attempts: pick.attempts,
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
