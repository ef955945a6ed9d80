use jiff::Timestamp;

use super::query::{Query, time};
use super::search::{content, held};
use super::session::{Access, Session};
use super::{Outbox, OutboxError};

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
        let session = &mut self.session(Access::Read).await?;
        let mut stats = Stats::default();
        stats.count_work(session).await?;
        stats.count_held(session).await?;
        stats.published = count(session, "{T_published}").await?;
        stats.blocked_keys = count(session, "{T_key}").await?;
        stats.oldest = oldest(session).await?;
        stats.latest_dead = latest_dead(session).await?;
        stats.events = events(session).await?;
        Ok(stats)
    }
}

impl Stats {
    async fn count_work(&mut self, session: &mut Session<'_>) -> Result<(), OutboxError> {
        let states = "SELECT state, count(*) FROM {T_work} GROUP BY state";
        for mut row in session.rows(Query::new(session.dialect(), states)).await? {
            let (state, count) = (row.text()?, number(row.int()?));
            match state.as_str() {
                "pending" => self.pending = count,
                "retrying" => self.retrying = count,
                "dead" => self.dead = count,
                "discarded" => self.discarded = count,
                _ => return Err(OutboxError::Unreadable { what: "a state", text: state }),
            }
        }
        Ok(())
    }

    /// Takes those that wait for an earlier one out of the others.
    async fn count_held(&mut self, session: &mut Session<'_>) -> Result<(), OutboxError> {
        let held = held(session.dialect(), "work.state");
        for mut row in session.rows(Query::new(session.dialect(), held)).await? {
            let (state, count) = (row.text()?, number(row.int()?));
            let of = if state == "pending" { &mut self.pending } else { &mut self.retrying };
            *of = of.saturating_sub(count);
            self.held += count;
        }
        Ok(())
    }
}

async fn count(session: &mut Session<'_>, table: &str) -> Result<u64, OutboxError> {
    let query = Query::new(session.dialect(), format!("SELECT count(*) FROM {table}"));
    let row = session.row(query).await?;
    Ok(row.map(|mut row| row.int()).transpose()?.map_or(0, number))
}

async fn oldest(session: &mut Session<'_>) -> Result<Option<Timestamp>, OutboxError> {
    let at = time(session.dialect(), "min(content.created_at)");
    let query = format!(
        "SELECT {at} FROM {{T}} AS content WHERE content.seq = (SELECT min(seq) FROM {{T_work}} \
         WHERE state IN ('pending', 'retrying'))"
    );
    instant(session, query).await
}

async fn latest_dead(session: &mut Session<'_>) -> Result<Option<Timestamp>, OutboxError> {
    let at = time(session.dialect(), "max(dead_lettered_at)");
    instant(session, format!("SELECT {at} FROM {{T_work}} WHERE state = 'dead'")).await
}

async fn instant(session: &mut Session<'_>, sql: String) -> Result<Option<Timestamp>, OutboxError> {
    let row = session.row(Query::new(session.dialect(), sql)).await?;
    row.map_or(Ok(None), |mut row| row.maybe_time())
}

async fn events(session: &mut Session<'_>) -> Result<Vec<EventStats>, OutboxError> {
    let dialect = session.dialect();
    let query = format!(
        "SELECT content.event_name, count(CASE WHEN work.state IN ('pending', 'retrying') THEN 1 END), \
         count(CASE WHEN work.state = 'dead' THEN 1 END), count(CASE WHEN work.state = 'discarded' THEN 1 END) \
         FROM {{T_work}} AS work {} GROUP BY content.event_name ORDER BY count(*) DESC, content.event_name LIMIT 100",
        content(dialect)
    );
    let rows = session.rows(Query::new(dialect, query)).await?;
    let events = rows.into_iter().map(|mut row| {
        Ok(EventStats {
            event_name: row.text()?,
            waiting: number(row.int()?),
            dead: number(row.int()?),
            discarded: number(row.int()?),
        })
    });
    events.collect()
}

fn number(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
