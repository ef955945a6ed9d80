//! Keys whose events wait.

use jiff::Timestamp;
use uuid::Uuid;

use super::answer::Answer;
use super::entry::state;
use super::query::{Query, beside, maybe_beside, time};
use super::search::held;
use super::session::Access;
use super::{Outbox, OutboxError, State};

/// A key whose events wait.
///
/// ```
/// use evt_runtime::outbox::operator::BlockedKey;
///
/// fn waiting(keys: &[BlockedKey]) -> u64 {
///     keys.iter().map(|key| key.held).sum()
/// }
/// assert_eq!(waiting(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedKey {
    /// `durable` or `broker`.
    pub route: String,
    /// The key.
    pub partition_key: String,
    /// The event that it waits for.
    pub head: Uuid,
    /// That one's place.
    pub head_seq: i64,
    /// That one's name.
    pub head_event: String,
    /// That one's state.
    pub head_state: State,
    /// Since when.
    pub since: Timestamp,
    /// Whether it waits for an operator.
    pub halted: bool,
    /// How many events wait.
    pub held: u64,
}

impl Outbox {
    /// The keys that wait, longest first.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn halted(outbox: &Outbox) -> Result<usize, OutboxError> {
    ///     Ok(outbox.blocked(1_000).await?.iter().filter(|key| key.halted).count())
    /// }
    /// ```
    pub async fn blocked(&self, limit: u32) -> Result<Vec<BlockedKey>, OutboxError> {
        let dialect = self.dialect();
        let since = time(dialect, "key.blocked_at");
        let head = beside(dialect, "{T}", "head", "head.seq = key.head_seq");
        let work = maybe_beside(dialect, "{T_work}", "work", "work.seq = key.head_seq");
        let query = Query::new(
            dialect,
            format!(
                "SELECT key.route, key.partition_key, CAST(head.id AS text), key.head_seq, head.event_name, \
                 coalesce(work.state, 'pending'), {since}, CAST(CAST(key.halted AS integer) AS bigint), \
                 coalesce(held.number, 0) FROM {{T_key}} AS key {head} {work} LEFT JOIN ({}) AS held \
                 ON held.route = key.route AND held.partition_key = key.partition_key \
                 ORDER BY key.blocked_at, key.head_seq LIMIT ",
                held(dialect, "key.route, key.partition_key")
            ),
        );
        let rows = self.session(Access::Read).await?.rows(query.int(i64::from(limit))).await?;
        rows.into_iter().map(|mut row| BlockedKey::read(&mut row)).collect()
    }
}

impl BlockedKey {
    fn read(row: &mut Answer) -> Result<Self, OutboxError> {
        Ok(Self {
            route: row.text()?,
            partition_key: row.text()?,
            head: row.uuid()?,
            head_seq: row.int()?,
            head_event: row.text()?,
            head_state: state(row.text()?)?,
            since: row.time()?,
            halted: row.truth()?,
            held: u64::try_from(row.int()?).unwrap_or(0),
        })
    }
}
