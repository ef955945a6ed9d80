//! Rows that wait, and how each stands.

use std::fmt::Write as _;

use super::super::hand::{Candidate, Standing};
use super::super::lane::Range;
use super::Database;
use crate::outbox::Dialect;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::entry::whole;
use crate::outbox::operator::query::{Query, beside, now};
use crate::outbox::operator::session::Session;

/// Reads the rows of `ranges`; `None` where the route has moved to another destination by the time that they are seen.
pub(super) async fn scan(
    session: &mut Session<'_>,
    database: &Database,
    ranges: &[Range],
) -> Result<Option<Vec<Candidate>>, OutboxError> {
    let mut rows = rows(session, database, ranges).await?;
    let mut candidates = Vec::with_capacity(rows.len());
    for row in &mut rows {
        if row.truth()? {
            return Ok(None);
        }
        candidates.push(candidate(row)?);
    }
    Ok(Some(candidates))
}

async fn rows(
    session: &mut Session<'_>,
    database: &Database,
    ranges: &[Range],
) -> Result<Vec<Answer>, OutboxError> {
    let dialect = database.dialect();
    let bytes = match dialect {
        Dialect::Postgres => "octet_length(payload::text) + octet_length(metadata::text)",
        Dialect::Sqlite => "length(CAST(payload AS blob)) + length(CAST(metadata AS blob))",
    };
    // Few rows were corrected, so that what is to be sent stands elsewhere.
    let bytes = format!(
        "CASE WHEN work.content_seq = work.seq THEN {bytes} \
         ELSE (SELECT {bytes} FROM {{T}} AS sent WHERE sent.seq = work.content_seq) END"
    );
    let columns = "work.seq, work.content_seq, CAST(work.lane AS bigint), CAST(work.attempts AS bigint)";
    let query = has_moved(Query::new(dialect, "SELECT CAST(CAST("), database)
        .push(&format!(" AS integer) AS bigint), {columns}, content.partition_key, "))
        .push("CAST(CAST(content.on_dead_letter = 'halt' AS integer) AS bigint), ")
        .push(&format!("CAST({bytes} AS bigint), "))
        .push("CAST(CAST(EXISTS (SELECT 1 FROM {T_pause} AS pause WHERE pause.event_name = content.event_name) ")
        .push("AS integer) AS bigint), ");
    let query = is_due(query.push("CAST(CAST("), database).push(" AS integer) AS bigint), CAST(CAST(");
    let query = is_served(query, database)
        .push(
            " AS integer) AS bigint), (SELECT key.head_seq FROM {T_key} AS key WHERE key.route = work.route ",
        )
        .push("AND key.partition_key = content.partition_key) FROM (")
        .push(&windows(dialect, ranges, database.route))
        .push(") AS work ")
        .push(&beside(dialect, "{T}", "content", "content.seq = work.seq"));
    session.rows(query).await
}

/// Whether the route is published somewhere else by now.
fn has_moved(query: Query, database: &Database) -> Query {
    let Some(destination) = &database.destination else { return query.push("(1 = 0)") };
    let query = database.destination_of_route(query.push("coalesce(("));
    query.push(") <> ").text(destination).push(", false)")
}

/// Whether its time has come. What is further ahead than any row waits comes from a clock that was wrong.
pub(super) fn is_due(query: Query, database: &Database) -> Query {
    let longest = i64::try_from(database.backoff.longest().as_millis()).unwrap_or(i64::MAX);
    let due = format!(
        "(work.available_at IS NULL OR work.available_at <= {} OR work.available_at > ",
        now(database.dialect())
    );
    query.push(&due).now_plus(longest).push(")")
}

/// Whether this relay serves the event.
pub(super) fn is_served(query: Query, database: &Database) -> Query {
    match &database.events {
        None => query.push("1 = 1"),
        Some(events) => {
            let list = serde_json::Value::from(events.as_slice()).to_string();
            let query = query.push("content.event_name IN (SELECT value FROM ");
            let query = match database.dialect() {
                Dialect::Postgres => query.push("json_array_elements_text(").text(list).push("::json)"),
                Dialect::Sqlite => query.push("json_each(").text(list).push(")"),
            };
            query.push(")")
        }
    }
}

/// The first rows of each range, by the index on route, lane and place. On PostgreSQL no other index has the place as
/// `seq + 0`: where lanes are empty, it would read all the rows of others in the order of the primary key.
fn windows(dialect: Dialect, ranges: &[Range], route: &'static str) -> String {
    let rows = "SELECT * FROM {T_work} AS row WHERE row.state IN ('pending', 'retrying')";
    match dialect {
        Dialect::Postgres => {
            let mut given = String::new();
            for Range { lane, after, until, limit } in ranges {
                let comma = if given.is_empty() { "" } else { ", " };
                write!(given, "{comma}({lane}, {after}::bigint, {until}::bigint, {limit})")
                    .expect("a string takes what is written");
            }
            format!(
                "SELECT row.* FROM (VALUES {given}) AS range (lane, after, until, most) CROSS JOIN LATERAL ({rows} \
                 AND row.route = '{route}' AND row.lane = range.lane AND row.seq + 0 > range.after \
                 AND row.seq + 0 < range.until ORDER BY row.seq + 0 LIMIT range.most) AS row"
            )
        }
        Dialect::Sqlite => {
            let of = |Range { lane, after, until, limit }: &Range| {
                format!(
                    "SELECT * FROM ({rows} AND row.route = '{route}' AND row.lane = {lane} AND row.seq > {after} \
                     AND row.seq < {until} ORDER BY row.seq LIMIT {limit})"
                )
            };
            ranges.iter().map(of).collect::<Vec<_>>().join(" UNION ALL ")
        }
    }
}

fn candidate(row: &mut Answer) -> Result<Candidate, OutboxError> {
    let (seq, content_seq, lane, attempts) = (row.int()?, row.int()?, whole(row)?, whole(row)?);
    let key = row.maybe_text()?;
    let (halts, bytes, is_paused) = (row.truth()?, row.int()?, row.truth()?);
    let (is_due, is_served, head) = (row.truth()?, row.truth()?, row.maybe_int()?);
    let is_open = is_served && is_due && !is_paused;
    let standing = match head {
        Some(head) if head < seq => Standing::Waiting,
        Some(head) if head == seq && is_open => Standing::Head,
        None if is_served && is_paused && key.is_some() => Standing::Paused,
        _ if is_open => Standing::Open,
        _ => Standing::Waiting,
    };
    let bytes = u64::try_from(bytes).unwrap_or(0);
    Ok(Candidate { seq, content_seq, lane, key: key.map(Into::into), attempts, halts, bytes, standing })
}
