//! What is not published, by the version that it was written under: how many rows, and their payloads.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::entry::{state, whole};
use super::query::{Query, beside};
use super::search::IS_HELD;
use super::session::Access;
use super::{Outbox, OutboxError, State};
use crate::outbox::Dialect;

/// How many rows one statement counts: however many wait, none takes long, and none holds back vacuum.
const COUNTED: usize = 10_000;
/// How many rows one statement gives at most.
const GIVEN: usize = 200;

/// The rows of one version of an event that are not published.
///
/// ```
/// use evt_runtime::outbox::operator::VersionRows;
///
/// fn of_version(rows: &[VersionRows], version: u32) -> u64 {
///     rows.iter().filter(|rows| rows.event_version == version).map(VersionRows::total).sum()
/// }
/// assert_eq!(of_version(&[], 1), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionRows {
    /// The event's name.
    pub event_name: String,
    /// The version of the payload that is sent.
    pub event_version: u32,
    /// The fingerprint of that version.
    pub fingerprint: String,
    /// Rows that wait for their turn.
    pub pending: u64,
    /// Rows that were refused, and wait for their next attempt.
    pub retrying: u64,
    /// Rows that wait for an earlier event of their key.
    pub held: u64,
    /// Dead letters.
    pub dead: u64,
}

impl VersionRows {
    /// All of them.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::VersionRows;
    ///
    /// assert_eq!(VersionRows { held: 2, dead: 1, ..VersionRows::default() }.total(), 3);
    /// ```
    #[must_use]
    pub fn total(&self) -> u64 {
        self.pending + self.retrying + self.held + self.dead
    }

    fn add(&mut self, state: State, number: u64) {
        match state {
            State::Pending => self.pending += number,
            State::Retrying => self.retrying += number,
            State::Held => self.held += number,
            State::Dead => self.dead += number,
            State::Published | State::Discarded => {}
        }
    }
}

/// The payload of a row that is not published.
///
/// ```
/// use evt_runtime::outbox::operator::RowPayload;
///
/// fn is_empty(row: &RowPayload) -> bool {
///     row.payload == "{}"
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPayload {
    /// The row's place in the outbox.
    pub seq: i64,
    /// The event's id.
    pub id: Uuid,
    /// The event's name.
    pub event_name: String,
    /// The version of the payload.
    pub event_version: u32,
    /// The fingerprint of that version.
    pub fingerprint: String,
    /// The payload that is sent: JSON text.
    pub payload: String,
}

/// Some rows with their payloads.
///
/// ```
/// let page = evt_runtime::outbox::operator::PayloadPage::default();
/// assert!(page.rows.is_empty() && page.next.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PayloadPage {
    /// The rows, oldest first; there may be none although more follow.
    pub rows: Vec<RowPayload>,
    /// Behind which place the next page begins; `None`: this is the last.
    pub next: Option<i64>,
}

/// The next rows that are not published; those that were given up count no more.
fn next(query: Query, after: i64, most: usize, name: &str) -> Query {
    let most = i64::try_from(most).expect("it is small");
    query
        .push(
            " FROM (SELECT seq, content_seq, state FROM {T_work} WHERE state IN ('pending', 'retrying', 'dead') AND seq > ",
        )
        .int(after)
        .push(" ORDER BY seq LIMIT ")
        .int(most)
        .push(&format!(") AS {name} "))
}

/// What the next rows are of, and in which state.
fn counted(dialect: Dialect, after: i64) -> Query {
    let query = Query::new(
        dialect,
        format!(
            "SELECT count(*), max(place), event_name, event_version, fingerprint, state FROM (SELECT work.seq AS place, \
             content.event_name, CAST(content.event_version AS bigint) AS event_version, content.fingerprint, \
             CASE WHEN work.state <> 'dead' AND {IS_HELD} THEN 'held' ELSE work.state END AS state"
        ),
    );
    next(query, after, COUNTED, "work")
        .push(&beside(dialect, "{T}", "content", "content.seq = work.content_seq"))
        .push(") AS looked GROUP BY event_name, event_version, fingerprint, state")
}

/// The next rows, with the payloads of those that are wanted.
fn payloads(dialect: Dialect, of: &[&VersionRows], after: i64) -> Query {
    let columns = "SELECT part.seq, CAST(original.id AS text), content.event_name, CAST(content.event_version AS bigint), \
         content.fingerprint, CASE WHEN 1 = 0";
    let query = of.iter().fold(Query::new(dialect, columns), |query, rows| {
        query
            .push(" OR (content.event_name = ")
            .text(&rows.event_name)
            .push(" AND content.event_version = ")
            .int(i64::from(rows.event_version))
            .push(" AND content.fingerprint = ")
            .text(&rows.fingerprint)
            .push(")")
    });
    next(query.push(" THEN CAST(content.payload AS text) END"), after, GIVEN, "part")
        .push(&beside(dialect, "{T}", "content", "content.seq = part.content_seq"))
        .push(" ")
        .push(&beside(dialect, "{T}", "original", "original.seq = part.seq"))
        .push(" ORDER BY part.seq")
}

impl Outbox {
    /// Counts the rows that are pending, retrying, held or dead by event and version, sorted. Rows that were published are
    /// not looked at.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn waits(outbox: &Outbox, event: &str) -> Result<bool, OutboxError> {
    ///     Ok(outbox.unpublished().await?.iter().any(|rows| rows.event_name == event))
    /// }
    /// ```
    pub async fn unpublished(&self) -> Result<Vec<VersionRows>, OutboxError> {
        let mut found: BTreeMap<(String, u32, String), VersionRows> = BTreeMap::new();
        let mut after = i64::MIN;
        loop {
            let answers = self.session(Access::Read).await?.rows(counted(self.dialect(), after)).await?;
            let mut looked = 0;
            for mut row in answers {
                let number = u64::try_from(row.int()?).unwrap_or(0);
                after = after.max(row.int()?);
                looked += number;
                let key = (row.text()?, whole(&mut row)?, row.text()?);
                let rows = found.entry(key).or_insert_with_key(|(event, version, fingerprint)| VersionRows {
                    event_name: event.clone(),
                    event_version: *version,
                    fingerprint: fingerprint.clone(),
                    ..VersionRows::default()
                });
                rows.add(state(row.text()?)?, number);
            }
            if looked < COUNTED as u64 {
                return Ok(found.into_values().collect());
            }
        }
    }

    /// Payloads of rows that are pending, retrying, held or dead, of these versions, behind a place. They hold personal data.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn longest(outbox: &Outbox) -> Result<usize, OutboxError> {
    ///     let versions = outbox.unpublished().await?;
    ///     let (all, mut longest, mut after) = (versions.iter().collect::<Vec<_>>(), 0, Some(0));
    ///     while let Some(place) = after {
    ///         let page = outbox.unpublished_payloads(&all, place).await?;
    ///         longest = page.rows.iter().map(|row| row.payload.len()).fold(longest, usize::max);
    ///         after = page.next;
    ///     }
    ///     Ok(longest)
    /// }
    /// ```
    pub async fn unpublished_payloads(
        &self,
        of: &[&VersionRows],
        after: i64,
    ) -> Result<PayloadPage, OutboxError> {
        let answers = self.session(Access::Read).await?.rows(payloads(self.dialect(), of, after)).await?;
        let mut page = PayloadPage::default();
        let is_last = answers.len() < GIVEN;
        for mut row in answers {
            let seq = row.int()?;
            page.next = Some(seq).filter(|_| !is_last);
            let (id, event_name, event_version, fingerprint) =
                (row.uuid()?, row.text()?, whole(&mut row)?, row.text()?);
            if let Some(payload) = row.maybe_text()? {
                page.rows.push(RowPayload { seq, id, event_name, event_version, fingerprint, payload });
            }
        }
        Ok(page)
    }
}
