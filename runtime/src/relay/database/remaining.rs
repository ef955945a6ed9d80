//! What is left of a route.

use super::super::store::Remaining;
use super::Database;
use super::scan::{is_due, is_served};
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::query::Query;
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
    let mut session = database.outbox.session(Access::Read).await?;
    let mut count = async |is: &str, name: &str| {
        let query = Query::new(dialect, sql).text(database.route).push(" AND ");
        let query = is_due(is_served(query, database).push(is), database);
        let query = query.push(&format!(" AND NOT {is_held} AND NOT {is_paused}) LIMIT 10000) AS {name}"));
        let count = session.row(query).await?.map_or(Ok(0), |mut row| row.int())?;
        Ok::<_, OutboxError>(u64::try_from(count).unwrap_or(0))
    };
    Ok(Remaining { due: count(" AND (", "due").await?, waiting: count(" AND NOT (", "waiting").await? })
}
