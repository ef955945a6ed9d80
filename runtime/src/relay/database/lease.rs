//! Lanes: taken, given up, counted.

use std::collections::BTreeSet;

use super::super::failpoint::pass;
use super::super::hand::Lease;
use super::super::settings::LONGEST_LEASE;
use super::super::store::Tenure;
use super::Database;
use crate::outbox::Dialect;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::entry::whole;
use crate::outbox::operator::query::{Query, now};
use crate::outbox::operator::session::Session;
use crate::outbox::operator::settle::{Due, die, fail};

/// How many crashes make a dead letter.
const MOST_CRASHES: i64 = 3;

/// A lane that has no owner, or none that lives.
struct Free {
    lane: u32,
    token: i64,
    in_hand: Vec<i64>,
}

/// Takes lanes that nobody has, up to the quota.
pub(super) async fn take_free(database: &Database, tenure: &mut Tenure) -> Result<(), OutboxError> {
    let mut session = database.session().await?;
    let wanted = tenure.quota.saturating_sub(tenure.lanes.len());
    let (mut taken, mut takeovers) = (Vec::new(), 0);
    for free in free(&mut session, database, wanted).await? {
        let suspects = suspects(&mut session, database, &free).await?;
        takeovers += u64::from(!free.in_hand.is_empty());
        taken.push((free.lane, take(&mut session, database, &free, suspects).await?));
    }
    pass!(Taking);
    session.commit().await?;
    tenure.lanes.extend(taken);
    tenure.takeovers += takeovers;
    Ok(())
}

/// How many lanes the route has.
pub(super) async fn all(session: &mut Session<'_>, database: &Database) -> Result<usize, OutboxError> {
    let query = Query::new(database.dialect(), "SELECT count(*) FROM {T_lane} WHERE route = ");
    session.row(query.text(database.route)).await?.map_or(Ok(0), |mut row| count(&mut row))
}

pub(super) fn count(row: &mut Answer) -> Result<usize, OutboxError> {
    Ok(usize::try_from(row.int()?).unwrap_or(0))
}

/// That a lane has no owner, or none that lives.
pub(super) fn is_free(query: Query) -> Query {
    let now = now(query.dialect());
    let query = query.push(&format!("(owner IS NULL OR leased_until IS NULL OR leased_until <= {now}"));
    // What is further ahead than any lease comes from a clock that was wrong.
    let longest = i64::try_from(LONGEST_LEASE.as_millis()).unwrap_or(i64::MAX);
    query.push(" OR leased_until > ").now_plus(longest).push(")")
}

/// Gives up the relay's lanes. Rows that are still in hand stay suspects, but none of them has ended it.
pub(super) async fn release(session: &mut Session<'_>, database: &Database) -> Result<(), OutboxError> {
    let dialect = database.dialect();
    let query = Query::new(dialect, "SELECT 1::bigint FROM {T_lane} WHERE route = ").text(database.route);
    let query = query.push(" AND owner = ").id(database.relay).push(" ORDER BY lane");
    let in_hand = match dialect {
        Dialect::Postgres => {
            session.rows(locking(query, dialect, "")).await?;
            "ARRAY(SELECT abs(seq) FROM unnest(in_hand) AS seq)"
        }
        Dialect::Sqlite => "(SELECT json_group_array(abs(value)) FROM json_each(in_hand))",
    };
    let sql = format!(
        "UPDATE {{T_lane}} SET owner = NULL, leased_until = NULL, in_hand = {in_hand} WHERE route = "
    );
    let query = Query::new(dialect, sql).text(database.route).push(" AND owner = ");
    session.run(query.id(database.relay)).await.map(|_| ())
}

fn lanes(dialect: Dialect) -> String {
    let in_hand = match dialect {
        Dialect::Postgres => "CAST(array_to_json(in_hand) AS text)",
        Dialect::Sqlite => "in_hand",
    };
    format!("SELECT CAST(lane AS bigint), token, {in_hand} FROM {{T_lane}}")
}

/// Locks what is read: SQLite has one writer anyway.
fn locking(query: Query, dialect: Dialect, how: &str) -> Query {
    match dialect {
        Dialect::Postgres => query.push(" FOR UPDATE").push(how),
        Dialect::Sqlite => query,
    }
}

fn read(mut row: Answer) -> Result<Free, OutboxError> {
    let (lane, token, text) = (whole(&mut row)?, row.int()?, row.text()?);
    let in_hand = serde_json::from_str(&text);
    let in_hand = in_hand.map_err(|_| OutboxError::Unreadable { what: "rows in hand", text })?;
    Ok(Free { lane, token, in_hand })
}

/// Lanes that can be taken, locked.
async fn free(
    session: &mut Session<'_>,
    database: &Database,
    wanted: usize,
) -> Result<Vec<Free>, OutboxError> {
    let dialect = database.dialect();
    let query = Query::new(dialect, format!("{} WHERE route = ", lanes(dialect))).text(database.route);
    let query = is_free(query.push(" AND "));
    let query = query.push(" ORDER BY lane LIMIT ").int(i64::try_from(wanted).unwrap_or(i64::MAX));
    session.rows(locking(query, dialect, " SKIP LOCKED")).await?.into_iter().map(read).collect()
}

/// The rows that were in hand and are still to be published. A crash speaks against one that was alone in hand.
async fn suspects(
    session: &mut Session<'_>,
    database: &Database,
    free: &Free,
) -> Result<BTreeSet<i64>, OutboxError> {
    for alone in free.in_hand.iter().filter(|seq| **seq < 0) {
        crashed(session, database, free.lane, -alone).await?;
    }
    let seqs: Vec<_> = free.in_hand.iter().map(|seq| seq.abs()).collect();
    if seqs.is_empty() {
        return Ok(BTreeSet::new());
    }
    let sql = "SELECT seq FROM {T_work} WHERE state IN ('pending', 'retrying') AND seq";
    let rows = session.rows(Query::new(database.dialect(), sql).one_of(&seqs)).await?;
    rows.into_iter().map(|mut row| row.int()).collect()
}

/// A relay ended while it had this row alone in hand.
async fn crashed(
    session: &mut Session<'_>,
    database: &Database,
    lane: u32,
    seq: i64,
) -> Result<(), OutboxError> {
    let dialect = database.dialect();
    let sql = "UPDATE {T_work} SET crashes = crashes + 1 WHERE state IN ('pending', 'retrying') AND seq = ";
    let query = Query::new(dialect, sql).int(seq);
    let row = session.row(query.push(" RETURNING CAST(crashes AS bigint), CAST(attempts AS bigint)")).await?;
    let Some(mut row) = row else { return Ok(()) };
    if row.int()? < MOST_CRASHES {
        return Ok(());
    }
    let attempts = whole(&mut row)?;
    let sql = "SELECT partition_key, CAST(CAST(on_dead_letter = 'halt' AS integer) AS bigint) FROM {T} WHERE seq = ";
    let Some(mut row) = session.row(Query::new(dialect, sql).int(seq)).await? else { return Ok(()) };
    let (key, halts) = (row.maybe_text()?, row.truth()?);
    let due = Due { seq, route: database.route.to_owned(), lane, key, halts, attempts };
    let text = format!("{MOST_CRASHES} relays ended while they published it");
    if fail(session, &due, Some(database.relay), "crash", &text).await? {
        die(session, &due, "crash").await?;
    }
    Ok(())
}

/// Makes the lane this relay's.
async fn take(
    session: &mut Session<'_>,
    database: &Database,
    free: &Free,
    suspects: BTreeSet<i64>,
) -> Result<Lease, OutboxError> {
    let dialect = database.dialect();
    let token = free.token + 1;
    let noted: Vec<_> = suspects.iter().copied().collect();
    let query = Query::new(dialect, "UPDATE {T_lane} SET owner = ").id(database.relay);
    let query = query.push(", token = ").int(token).push(", in_hand = ").list(&noted);
    let query = query.push(", leased_until = ").now_plus(milliseconds(database));
    let query = query.push(" WHERE route = ").text(database.route).push(" AND lane = ");
    session.run(query.int(i64::from(free.lane))).await?;
    Ok(Lease { token, suspects })
}

pub(super) fn json(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "::json",
        Dialect::Sqlite => "",
    }
}

pub(super) fn milliseconds(database: &Database) -> i64 {
    i64::try_from(database.lease.as_millis()).unwrap_or(i64::MAX)
}
