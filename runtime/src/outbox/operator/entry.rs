use jiff::Timestamp;
use uuid::Uuid;

use super::answer::Answer;
use super::query::time;
use super::{Attempt, OutboxError};
use crate::outbox::Dialect;

crate::words! {
    /// How far the row of an event is.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::State;
    ///
    /// assert_eq!(State::parse("dead"), Some(State::Dead));
    /// ```
    State {
        /// It waits for its turn.
        Pending = "pending",
        /// It was refused, and waits for its next attempt.
        Retrying = "retrying",
        /// It waits for an earlier event of its key.
        Held = "held",
        /// It was accepted.
        Published = "published",
        /// It was refused for good, and waits for an operator.
        Dead = "dead",
        /// An operator gave it up.
        Discarded = "discarded",
    }
}

/// A row of the outbox, without its payload.
///
/// ```
/// use evt_runtime::outbox::operator::{Entry, State};
///
/// fn dead(rows: &[Entry]) -> usize {
///     rows.iter().filter(|row| row.state == State::Dead).count()
/// }
/// assert_eq!(dead(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the outbox.
    pub seq: i64,
    /// The event's id.
    pub id: Uuid,
    /// The event's name.
    pub event_name: String,
    /// The version of the payload that is sent.
    pub event_version: u32,
    /// `durable` or `broker`.
    pub route: String,
    /// What orders it.
    pub partition_key: Option<String>,
    /// How far it is.
    pub state: State,
    /// How often it was tried, since it was last retried by hand.
    pub attempts: u32,
    /// When it was stored.
    pub created_at: Timestamp,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// When its next attempt is due.
    pub available_at: Option<Timestamp>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it became a dead letter.
    pub dead_at: Option<Timestamp>,
    /// Why it became one.
    pub dead_reason: Option<String>,
    /// When an operator gave it up.
    pub discarded_at: Option<Timestamp>,
    /// Whether its key went on after it had become a dead letter: later events of it may have been sent.
    pub key_went_on: bool,
    /// The code of its last error.
    pub error_code: Option<String>,
    /// What the last error said.
    pub error_text: Option<String>,
}

/// A row with all that there is to know of it.
///
/// ```
/// use evt_runtime::outbox::operator::EntryDetail;
///
/// fn was_corrected(detail: &EntryDetail) -> bool {
///     detail.sent_id != detail.entry.id
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryDetail {
    /// The row.
    pub entry: Entry,
    /// The id that is sent: another one where an operator corrected the content.
    pub sent_id: Uuid,
    /// The fingerprint of the version that is sent.
    pub fingerprint: String,
    /// The payload that is sent: JSON text.
    pub payload: String,
    /// The payload that was stored first, where an operator corrected it.
    pub original_payload: Option<String>,
    /// The version of that one.
    pub original_version: u32,
    /// What the writer said beside it: the JSON text of an object.
    pub metadata: String,
    /// `domain` …
    pub event_type: String,
    /// `durable` …
    pub process_type: String,
    /// The bounded context.
    pub domain: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The `CloudEvents` source.
    pub source: String,
    /// Where it is ordered: 0 to 63.
    pub lane: u32,
    /// What makes a second one a duplicate.
    pub idempotency_key: Option<String>,
    /// The type of the aggregate.
    pub aggregate_type: Option<String>,
    /// Which aggregate.
    pub aggregate_id: Option<String>,
    /// The version of the aggregate after the event.
    pub aggregate_version: Option<i64>,
    /// `continue` or `halt`.
    pub on_dead_letter: String,
    /// What failed, oldest first.
    pub attempts: Vec<Attempt>,
}

/// The columns of an [`Entry`], of `content`, `sent`, `work`, `published` and `key`.
pub(super) fn columns(dialect: Dialect) -> String {
    let time = |column| time(dialect, column);
    format!(
        "content.seq, CAST(content.id AS text), content.event_name, CAST(coalesce(sent.event_version, \
         content.event_version) AS bigint), content.route, content.partition_key, \
         CASE WHEN published.seq IS NOT NULL THEN 'published' \
         WHEN key.head_seq < work.seq AND work.state IN ('pending', 'retrying') THEN 'held' \
         ELSE coalesce(work.state, 'pending') END, \
         CAST(coalesce(published.attempts, work.attempts, 0) AS bigint), {}, {}, {}, {}, {}, work.dead_reason, {}, \
         CAST(CAST(coalesce(work.key_went_on, false) AS integer) AS bigint), work.last_error_code, work.last_error_text",
        time("content.created_at"),
        time("content.occurred_at"),
        time("work.available_at"),
        time("published.at"),
        time("work.dead_lettered_at"),
        time("work.discarded_at"),
    )
}

impl Entry {
    pub(super) fn read(row: &mut Answer) -> Result<Self, OutboxError> {
        Ok(Self {
            seq: row.int()?,
            id: row.uuid()?,
            event_name: row.text()?,
            event_version: whole(row)?,
            route: row.text()?,
            partition_key: row.maybe_text()?,
            state: state(row.text()?)?,
            attempts: whole(row)?,
            created_at: row.time()?,
            occurred_at: row.time()?,
            available_at: row.maybe_time()?,
            published_at: row.maybe_time()?,
            dead_at: row.maybe_time()?,
            dead_reason: row.maybe_text()?,
            discarded_at: row.maybe_time()?,
            key_went_on: row.truth()?,
            error_code: row.maybe_text()?,
            error_text: row.maybe_text()?,
        })
    }
}

pub(crate) fn whole(row: &mut Answer) -> Result<u32, OutboxError> {
    let number = row.int()?;
    u32::try_from(number).map_err(|_| OutboxError::Unreadable { what: "a number", text: number.to_string() })
}

pub(super) fn state(text: String) -> Result<State, OutboxError> {
    State::parse(&text).ok_or(OutboxError::Unreadable { what: "a state", text })
}
