use jiff::Timestamp;

use super::query::{Query, time};
use super::search::{content, held};
use super::session::Access;
use super::{Outbox, OutboxError};
use crate::outbox::Dialect;

/// How an outbox stands.
///
/// ```
/// assert_eq!(evt_runtime::outbox::operator::Stats::default().dead, 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Rows that wait for their turn.
    pub pending: u64,
    /// Rows that were refused, and wait for their next attempt.
    pub retrying: u64,
    /// Rows that wait for an earlier one of their key.
    pub held: u64,
    /// Rows that were accepted, and not cleaned up.
    pub published: u64,
    /// Dead letters.
    pub dead: u64,
    /// Rows that were given up, and not cleaned up.
    pub discarded: u64,
    /// Keys that wait.
    pub blocked_keys: u64,
    /// When the oldest row that is pending, retrying or held was stored.
    pub oldest: Option<Timestamp>,
    /// When the latest dead letter became one.
    pub latest_dead: Option<Timestamp>,
    /// What is not published, by event, most first.
    pub events: Vec<EventStats>,
}

/// The rows of one event that are not published.
///
/// ```
/// use evt_runtime::outbox::operator::EventStats;
///
/// let fed = EventStats { event_name: "cow_fed".into(), waiting: 3, dead: 1, discarded: 0 };
/// assert_eq!(fed.dead, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventStats {
    /// The event.
    pub event_name: String,
    /// Those that are pending, retrying or held.
    pub waiting: u64,
    /// Dead letters.
    pub dead: u64,
    /// Those that were given up.
    pub discarded: u64,
}

fn events(dialect: Dialect) -> String {
    format!(
        "SELECT content.event_name, count(CASE WHEN work.state IN ('pending', 'retrying') THEN 1 END), \
         count(CASE WHEN work.state = 'dead' THEN 1 END), count(CASE WHEN work.state = 'discarded' THEN 1 END) \
         FROM {{T_work}} AS work {} GROUP BY content.event_name ORDER BY count(*) DESC, content.event_name LIMIT 100",
        content(dialect)
    )
}

impl Outbox {
    /// Counts all rows.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn is_empty(outbox: &Outbox) -> Result<bool, OutboxError> {
    ///     let stats = outbox.stats().await?;
    ///     Ok(stats.pending + stats.retrying + stats.held == 0)
    /// }
    /// ```
    pub async fn stats(&self) -> Result<Stats, OutboxError> {
        let dialect = self.dialect();
        let mut session = self.session(Access::Read).await?;
        let mut stats = Stats::default();
        let states = "SELECT state, count(*) FROM {T_work} GROUP BY state";
        for mut row in session.rows(Query::new(dialect, states)).await? {
            let (state, count) = (row.text()?, number(row.int()?));
            match state.as_str() {
                "pending" => stats.pending = count,
                "retrying" => stats.retrying = count,
                "dead" => stats.dead = count,
                "discarded" => stats.discarded = count,
                _ => return Err(OutboxError::Unreadable { what: "a state", text: state }),
            }
        }
        let held = held(dialect, "work.state");
        for mut row in session.rows(Query::new(dialect, held)).await? {
            let (state, count) = (row.text()?, number(row.int()?));
            let of = if state == "pending" { &mut stats.pending } else { &mut stats.retrying };
            *of = of.saturating_sub(count);
            stats.held += count;
        }
        for (sql, of) in [
            ("SELECT count(*) FROM {T_published}", &mut stats.published),
            ("SELECT count(*) FROM {T_key}", &mut stats.blocked_keys),
        ] {
            if let Some(mut row) = session.row(Query::new(dialect, sql)).await? {
                *of = number(row.int()?);
            }
        }
        let oldest = time(dialect, "min(content.created_at)");
        let query = format!(
            "SELECT {oldest} FROM {{T}} AS content WHERE content.seq = (SELECT min(seq) FROM {{T_work}} \
             WHERE state IN ('pending', 'retrying'))"
        );
        if let Some(mut row) = session.row(Query::new(dialect, query)).await? {
            stats.oldest = row.maybe_time()?;
        }
        let latest = time(dialect, "max(dead_lettered_at)");
        let query = format!("SELECT {latest} FROM {{T_work}} WHERE state = 'dead'");
        if let Some(mut row) = session.row(Query::new(dialect, query)).await? {
            stats.latest_dead = row.maybe_time()?;
        }
        for mut row in session.rows(Query::new(dialect, events(dialect))).await? {
            stats.events.push(EventStats {
                event_name: row.text()?,
                waiting: number(row.int()?),
                dead: number(row.int()?),
                discarded: number(row.int()?),
            });
        }
        Ok(stats)
    }
}

fn number(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
