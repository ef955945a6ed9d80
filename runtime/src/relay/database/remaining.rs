//! What is left of a route.

use super::super::store::Remaining;
use super::Database;
use super::scan::is_served;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::query::{Query, now};
use crate::outbox::operator::session::Access;

/// See [`Store::remaining`](super::Store::remaining). Counts up to 10,000 of each.
pub(super) async fn remaining(database: &Database) -> Result<Remaining, OutboxError> {
    let dialect = database.dialect();
    let sql = "SELECT count(*) FROM (SELECT 1 FROM {T_work} AS work \
               JOIN {T} AS content ON content.seq = work.seq \
               WHERE work.state IN ('pending', 'retrying') AND work.route = ";
    let is_held = "EXISTS (SELECT 1 FROM {T_key} AS key WHERE key.route = work.route \
                   AND key.partition_key = content.partition_key AND key.head_seq < work.seq)";
    let is_paused =
        "EXISTS (SELECT 1 FROM {T_pause} AS pause WHERE pause.event_name IN (content.event_name, '*'))";
    let is_due = format!("(work.available_at IS NULL OR work.available_at <= {})", now(dialect));
    let due = format!(" AND {is_due} AND NOT {is_held} AND NOT {is_paused} LIMIT 10000) AS due");
    let waiting =
        format!(" AND NOT ({is_due} AND NOT {is_held} AND NOT {is_paused}) LIMIT 10000) AS waiting");
    let mut session = database.outbox.session(Access::Read).await?;
    let mut count = async |rest: &str| {
        let query = Query::new(dialect, sql).text(database.route).push(" AND ");
        let row = session.row(is_served(query, database).push(rest)).await?;
        let count = row.map_or(Ok(0), |mut row| row.int())?;
        Ok::<_, OutboxError>(u64::try_from(count).unwrap_or(0))
    };
    Ok(Remaining { due: count(&due).await?, waiting: count(&waiting).await? })
}
