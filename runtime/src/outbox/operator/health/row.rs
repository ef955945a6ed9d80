//! The rows that are not published, by what they have in common.

use jiff::Timestamp;

use super::super::entry::whole;
use super::super::query::{Query, beside, maybe_beside, time};
use super::super::search::content;
use super::super::session::Access;
use super::super::{Outbox, OutboxError};
use super::number;
use crate::outbox::Dialect;

/// How many rows that wait, and how many dead letters, are looked at.
const MOST: u32 = 100_000;

/// An hour in milliseconds.
const HOUR: i64 = 3_600_000;

/// Rows of one event, one version and one route.
///
/// ```
/// use evt_runtime::outbox::operator::RowGroup;
///
/// fn waiting(groups: &[RowGroup]) -> u64 {
///     groups.iter().map(|group| group.waiting).sum()
/// }
/// assert_eq!(waiting(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowGroup {
    /// `durable` or `broker`.
    pub route: String,
    /// The event's name.
    pub event_name: String,
    /// The version of the payload that is sent.
    pub event_version: u32,
    /// The fingerprint of that version.
    pub fingerprint: String,
    /// Those that are pending, retrying or held.
    pub waiting: u64,
    /// Dead letters.
    pub dead: u64,
    /// When the oldest content that waits was stored.
    pub oldest: Option<Timestamp>,
}

/// The rows that are not published, as far as they were looked at.
///
/// ```
/// let rows = evt_runtime::outbox::operator::Unfinished::default();
/// assert!(rows.groups.is_empty() && !rows.is_cut);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unfinished {
    /// By route, event and version.
    pub groups: Vec<RowGroup>,
    /// Whether there are more than the 100,000 oldest that wait, or the 100,000 oldest dead letters.
    pub is_cut: bool,
}

/// How many keys wait for their first event; not those of which that is paused.
///
/// ```
/// assert_eq!(evt_runtime::outbox::operator::KeyCounts::default().blocked, 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyCounts {
    /// All of them.
    pub blocked: u64,
    /// Those that wait for an operator.
    pub halted: u64,
}

/// The oldest rows of some states.
fn oldest(states: &str, name: &str) -> String {
    format!(
        "SELECT * FROM (SELECT route, content_seq, state FROM {{T_work}} WHERE state IN ({states}) \
         ORDER BY seq LIMIT {MOST}) AS {name}"
    )
}

fn grouped(dialect: Dialect) -> String {
    let is_waiting = "CASE WHEN work.state <> 'dead' THEN";
    let oldest_waiting = time(dialect, &format!("min({is_waiting} sent.created_at END)"));
    let (waiting, dead) = (oldest("'pending', 'retrying'", "waiting"), oldest("'dead'", "dead"));
    let sent = beside(dialect, "{T}", "sent", "sent.seq = work.content_seq");
    let by = "work.route, sent.event_name, sent.event_version, sent.fingerprint";
    format!(
        "SELECT count({is_waiting} 1 END), count(CASE WHEN work.state = 'dead' THEN 1 END), {oldest_waiting}, \
         work.route, sent.event_name, CAST(sent.event_version AS bigint), sent.fingerprint \
         FROM ({waiting} UNION ALL {dead}) AS work {sent} GROUP BY {by} ORDER BY {by}"
    )
}

impl Outbox {
    pub(super) async fn unfinished(&self) -> Result<Unfinished, OutboxError> {
        let query = Query::new(self.dialect(), grouped(self.dialect()));
        let rows = self.session(Access::Read).await?.rows(query).await?;
        let groups = rows.into_iter().map(|mut row| {
            Ok(RowGroup {
                waiting: number(row.int()?),
                dead: number(row.int()?),
                oldest: row.maybe_time()?,
                route: row.text()?,
                event_name: row.text()?,
                event_version: whole(&mut row)?,
                fingerprint: row.text()?,
            })
        });
        let groups = groups.collect::<Result<Vec<_>, OutboxError>>()?;
        let reaches = |of: fn(&RowGroup) -> u64| groups.iter().map(of).sum::<u64>() >= u64::from(MOST);
        let is_cut = reaches(|group| group.waiting) || reaches(|group| group.dead);
        Ok(Unfinished { groups, is_cut })
    }

    /// Dead letters of the last hour, by event.
    pub(super) async fn new_dead(&self) -> Result<Vec<(String, u64)>, OutboxError> {
        let dialect = self.dialect();
        let counted = format!(
            "SELECT count(*), content.event_name FROM {{T_work}} AS work {} WHERE work.state = 'dead' \
             AND work.dead_lettered_at >= ",
            content(dialect)
        );
        let query = Query::new(dialect, counted).now_plus(-HOUR);
        let query = query.push(" GROUP BY content.event_name ORDER BY count(*) DESC, content.event_name");
        let rows = self.session(Access::Read).await?.rows(query).await?;
        let counts = rows.into_iter().map(|mut row| {
            let count = number(row.int()?);
            Ok((row.text()?, count))
        });
        counts.collect()
    }

    /// Where nobody may see what is paused, all keys count.
    pub(super) async fn key_counts(&self) -> Result<KeyCounts, OutboxError> {
        let unpaused = "NOT EXISTS (SELECT 1 FROM {T_pause} AS pause \
             WHERE pause.event_name = '*' OR pause.event_name = head.event_name)";
        match self.keys_of(unpaused).await {
            Err(OutboxError::Denied { .. } | OutboxError::NotMigrated { .. }) => self.keys_of("true").await,
            counts => counts,
        }
    }

    /// Keys with a first event that was sent before, or for which this holds.
    async fn keys_of(&self, condition: &str) -> Result<KeyCounts, OutboxError> {
        let dialect = self.dialect();
        let work = maybe_beside(dialect, "{T_work}", "work", "work.seq = key.head_seq");
        let head = maybe_beside(dialect, "{T}", "head", "head.seq = key.head_seq");
        let counted = format!(
            "SELECT count(*), count(CASE WHEN key.halted THEN 1 END) FROM {{T_key}} AS key {work} {head} \
             WHERE coalesce(work.state, '') <> 'pending' OR {condition}"
        );
        let row = self.session(Access::Read).await?.row(Query::new(dialect, counted)).await?;
        let Some(mut row) = row else { return Ok(KeyCounts::default()) };
        Ok(KeyCounts { blocked: number(row.int()?), halted: number(row.int()?) })
    }
}
