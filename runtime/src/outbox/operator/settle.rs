//! What becomes of one row, for tests and for services that publish by themselves.

use std::time::Duration;

use super::entry::{state, whole};
use super::lane::lock_lanes;
use super::query::{Query, now};
use super::session::{Access, Session};
use super::{Outbox, OutboxError, State};

/// What became of an attempt.
///
/// ```
/// use evt_runtime::outbox::operator::Settled;
///
/// let down = Settled::Dead { reason: "max_attempts".into(), code: "413".into(), text: "too large".into() };
/// assert_ne!(down, Settled::Published);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was accepted.
    Published,
    /// It was refused, and is tried again.
    Retrying {
        /// When: the database's clock and that much. It is rounded to milliseconds.
        after: Duration,
        /// The code of the error.
        code: String,
        /// What the error said.
        text: String,
    },
    /// It was refused for good. Its key goes on or halts, as the event says.
    Dead {
        /// Why it is not tried again, such as `max_attempts`.
        reason: String,
        /// The code of the error.
        code: String,
        /// What the error said.
        text: String,
    },
}

/// What is to be known of the row.
pub(crate) struct Due {
    pub(crate) seq: i64,
    pub(crate) route: String,
    pub(crate) lane: u32,
    pub(crate) key: Option<String>,
    pub(crate) halts: bool,
    pub(crate) attempts: u32,
}

impl Outbox {
    /// Records what became of an attempt to publish the row `id`, outside of a relay: for tests, and for services that
    /// publish by themselves. No relay may serve the row's route meanwhile.
    ///
    /// # Errors
    /// [`OutboxError::Unknown`]; [`OutboxError::State`] where the row is neither pending nor retrying.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError, Settled};
    ///
    /// async fn fail(outbox: &Outbox, id: uuid::Uuid) -> Result<(), OutboxError> {
    ///     let dead = Settled::Dead { reason: "max_attempts".into(), code: "422".into(), text: "no".into() };
    ///     outbox.settle(id, &dead).await
    /// }
    /// ```
    pub async fn settle(&self, id: uuid::Uuid, settled: &Settled) -> Result<(), OutboxError> {
        let mut session = self.session(Access::Write).await?;
        let (found, _) = due(&mut session, id).await?;
        lock_lanes(&mut session, std::iter::once((found.route.as_str(), found.lane))).await?;
        // What it is now that nobody else can change it.
        let (due, state) = due(&mut session, id).await?;
        if !matches!(state, State::Pending | State::Retrying) {
            return Err(OutboxError::State { id, state, reason: "it is not to be published" });
        }
        match settled {
            Settled::Published => publish(&mut session, &due).await?,
            Settled::Retrying { after, code, text } => {
                fail(&mut session, &due, None, code, text).await?;
                retry(&mut session, &due, *after).await?;
            }
            Settled::Dead { reason, code, text } => {
                fail(&mut session, &due, None, code, text).await?;
                die(&mut session, &due, reason).await?;
            }
        }
        session.commit().await
    }
}

async fn due(session: &mut Session<'_>, id: uuid::Uuid) -> Result<(Due, State), OutboxError> {
    let query = Query::new(
        session.dialect(),
        "SELECT content.seq, content.route, CAST(content.lane AS bigint), content.partition_key, \
         CAST(CAST(content.on_dead_letter = 'halt' AS integer) AS bigint), \
         CAST(coalesce(work.attempts, 0) AS bigint), coalesce(work.state, 'published') \
         FROM {T} AS content LEFT JOIN {T_work} AS work ON work.seq = content.seq WHERE CAST(content.id AS text) = ",
    );
    let row = session.row(query.text(id.to_string())).await?;
    let mut row = row.ok_or_else(|| OutboxError::Unknown { id: id.to_string() })?;
    let due = Due {
        seq: row.int()?,
        route: row.text()?,
        lane: whole(&mut row)?,
        key: row.maybe_text()?,
        halts: row.truth()?,
        attempts: whole(&mut row)?,
    };
    Ok((due, state(row.text()?)?))
}

async fn publish(session: &mut Session<'_>, due: &Due) -> Result<(), OutboxError> {
    let dialect = session.dialect();
    let query = Query::new(
        dialect,
        "INSERT INTO {T_published} (seq, attempts) SELECT seq, attempts + 1 FROM {T_work} WHERE seq = ",
    );
    session.run(query.int(due.seq)).await?;
    session.run(Query::new(dialect, "DELETE FROM {T_work} WHERE seq = ").int(due.seq)).await?;
    session.run(Query::new(dialect, "DELETE FROM {T_key} WHERE head_seq = ").int(due.seq)).await?;
    Ok(())
}

/// Counts the attempt, and keeps what was said. Says whether it did: not where the row is another one by now.
pub(crate) async fn fail(
    session: &mut Session<'_>,
    due: &Due,
    relay: Option<uuid::Uuid>,
    code: &str,
    text: &str,
) -> Result<bool, OutboxError> {
    let dialect = session.dialect();
    // What a broker said may hold anything.
    let stored = |said: &str| said.replace('\0', "\u{fffd}");
    let query = Query::new(dialect, "UPDATE {T_work} SET attempts = attempts + 1, last_error_code = ")
        .text(stored(code))
        .push(", last_error_text = ")
        .text(stored(text))
        .push(&format!(
            ", last_error_at = {} WHERE state IN ('pending', 'retrying') AND seq = ",
            now(dialect)
        ))
        .int(due.seq)
        .push(" AND attempts = ")
        .int(i64::from(due.attempts));
    if session.run(query).await? == 0 {
        return Ok(false);
    }
    let query = Query::new(
        dialect,
        "INSERT INTO {T_attempt} (seq, relay, attempt, error_code, error_text) SELECT seq, ",
    )
    .id(relay)
    .push(", attempts, last_error_code, last_error_text FROM {T_work} WHERE seq = ");
    session.run(query.int(due.seq)).await?;
    Ok(true)
}

/// The row is tried again; those behind it wait.
pub(crate) async fn retry(session: &mut Session<'_>, due: &Due, after: Duration) -> Result<(), OutboxError> {
    let milliseconds = i64::try_from(after.as_millis()).unwrap_or(i64::MAX);
    let query = Query::new(session.dialect(), "UPDATE {T_work} SET state = 'retrying', available_at = ");
    session.run(query.now_plus(milliseconds).push(" WHERE seq = ").int(due.seq)).await?;
    block(session, due, "false").await
}

pub(crate) async fn die(session: &mut Session<'_>, due: &Due, reason: &str) -> Result<(), OutboxError> {
    let dialect = session.dialect();
    let goes_on = if due.key.is_some() && !due.halts { "true" } else { "false" };
    let query =
        Query::new(dialect, "UPDATE {T_work} SET state = 'dead', available_at = NULL, dead_reason = ")
            .text(reason)
            .push(&format!(", dead_lettered_at = {}, key_went_on = {goes_on} WHERE seq = ", now(dialect)))
            .int(due.seq);
    session.run(query).await?;
    if due.halts {
        return block(session, due, "true").await;
    }
    session.run(Query::new(dialect, "DELETE FROM {T_key} WHERE head_seq = ").int(due.seq)).await.map(|_| ())
}

/// The rows of its key wait, unless they wait for another one already: then this one was sent late, by an operator.
async fn block(session: &mut Session<'_>, due: &Due, halted: &str) -> Result<(), OutboxError> {
    let Some(key) = &due.key else { return Ok(()) };
    let query = Query::new(
        session.dialect(),
        "INSERT INTO {T_key} (route, partition_key, lane, head_seq, halted) VALUES (",
    )
    .text(&due.route)
    .push(", ")
    .text(key)
    .push(", ")
    .int(i64::from(due.lane))
    .push(", ")
    .int(due.seq)
    .push(&format!(
        ", {halted}) ON CONFLICT (route, partition_key) DO UPDATE SET halted = {halted} \
         WHERE {{T_key}}.head_seq = excluded.head_seq"
    ));
    session.run(query).await.map(|_| ())
}
