//! How an outbox fares: the facts that `evt outbox doctor` judges.

mod part;
mod relay;
mod row;
mod server;

use jiff::Timestamp;

pub use part::{Flaw, FlawKind};
pub use relay::{Breaker, RelayHealth};
pub use row::{KeyCounts, RowGroup, Unfinished};
pub use server::{Durability, Transaction, Transactions};

use super::{Outbox, OutboxError};
use crate::outbox::Dialect;

/// A fact, or why it was not seen.
///
/// ```
/// use evt_runtime::outbox::operator::Fact;
///
/// assert_eq!(Fact::Known(7).known(), Some(&7));
/// assert_eq!(Fact::<u64>::Skipped("the role may not read it".into()).known(), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// What was seen.
    Known(T),
    /// It could not be looked at, for this reason: the role may not, or it took too long.
    Skipped(String),
}

impl<T> Fact<T> {
    /// What was seen.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Fact;
    ///
    /// assert_eq!(Fact::Known("wal").known(), Some(&"wal"));
    /// ```
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(fact) => Some(fact),
            Self::Skipped(_) => None,
        }
    }

    /// What was found, or why not; an unreachable database tells nothing about anything.
    fn of(found: Result<T, OutboxError>) -> Result<Self, OutboxError> {
        match found {
            Ok(fact) => Ok(Self::Known(fact)),
            Err(error @ OutboxError::Unreachable { .. }) => Err(error),
            Err(error) => Ok(Self::Skipped(error.to_string())),
        }
    }
}

impl<T: Default> Default for Fact<T> {
    fn default() -> Self {
        Self::Known(T::default())
    }
}

/// How an outbox fares. Nothing in it is judged; without tables all facts are empty.
///
/// ```
/// use evt_runtime::outbox::operator::Outbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
/// assert_eq!(outbox.health().await?.layout, None);
/// outbox.migrate().await?;
/// let health = outbox.health().await?;
/// assert_eq!(health.flaws.known().map(Vec::len), Some(0));
/// assert_eq!(health.unfinished.known().map(|rows| rows.groups.len()), Some(0));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// The database's clock.
    pub now: Timestamp,
    /// The layout of the tables; `None` where there are none.
    pub layout: Option<u32>,
    /// What that layout makes and is not there, or of no use.
    pub flaws: Fact<Vec<Flaw>>,
    /// Rows that wait, and dead letters.
    pub unfinished: Fact<Unfinished>,
    /// How many rows became dead letters within the last hour, by event, most first.
    pub new_dead: Fact<Vec<(String, u64)>>,
    /// Keys that wait.
    pub keys: Fact<KeyCounts>,
    /// The relays, last seen first, at most 1,000.
    pub relays: Fact<Vec<RelayHealth>>,
    /// What is paused, and since when; no name stands for every event.
    pub paused: Fact<Vec<(Option<String>, Timestamp)>>,
    /// PostgreSQL: what keeps vacuum from removing rows.
    pub transactions: Fact<Transactions>,
    /// PostgreSQL: for whom `synchronous_commit` is off.
    pub durability: Fact<Vec<Durability>>,
    /// SQLite: the journal's mode, such as `wal`.
    pub journal_mode: Fact<Option<String>>,
}

impl Outbox {
    /// How the outbox fares. No question reads published rows, and of those that wait and of dead letters at most the
    /// 100,000 oldest are looked at. A question that the role may not ask, or that takes too long, leaves its fact
    /// [`Skipped`](Fact::Skipped).
    ///
    /// On PostgreSQL the role needs SELECT on the outbox's tables, and `pg_read_all_stats` to see other roles'
    /// transactions.
    ///
    /// # Errors
    /// [`OutboxError::TooNew`], [`OutboxError::Unreachable`], and what the database says about the clock and the layout.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn blocked_keys(outbox: &Outbox) -> Result<Option<u64>, OutboxError> {
    ///     Ok(outbox.health().await?.keys.known().map(|keys| keys.blocked))
    /// }
    /// ```
    pub async fn health(&self) -> Result<Health, OutboxError> {
        let (now, layout) = (self.now().await?, self.layout().await?);
        let Some(made) = layout else { return Ok(Health { now, ..Health::default() }) };
        let health = Health {
            now,
            layout,
            flaws: Fact::of(self.flaws(made).await)?,
            unfinished: Fact::of(self.unfinished().await)?,
            new_dead: Fact::of(self.new_dead().await)?,
            keys: Fact::of(self.key_counts().await)?,
            relays: Fact::of(self.relays().await)?,
            paused: Fact::of(self.paused().await)?,
            ..Health::default()
        };
        Ok(match self.dialect() {
            Dialect::Postgres => Health {
                transactions: Fact::of(self.transactions().await)?,
                durability: Fact::of(self.durability().await)?,
                ..health
            },
            Dialect::Sqlite => Health { journal_mode: Fact::of(self.journal_mode().await)?, ..health },
        })
    }
}

fn number(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
