//! What operators do with an outbox, on both databases: look at its rows, send dead letters again or give them up, clean
//! up, pause. Every action that changes something is audited, changes each row once however often it is given, and is
//! safe beside running relays.
//!
//! ```
//! use evt_runtime::outbox::operator::{Filter, Outbox, Page};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
//! outbox.migrate().await?;
//! assert!(outbox.list(&Filter::default(), Page::first(50)).await?.is_empty());
//! # Ok(())
//! # }
//! ```

pub(crate) mod action;
mod address;
mod age;
mod alarm;
pub(crate) mod answer;
mod attempt;
mod audit;
pub(super) mod begin;
mod blocked;
mod cleanup;
mod content;
mod dead_letter;
pub(crate) mod entry;
mod error;
mod filter;
mod health;
mod lane;
mod layout;
mod list;
mod pause;
pub(crate) mod query;
mod refusal;
mod search;
pub(crate) mod session;
pub(crate) mod settle;
mod show;
mod stats;
mod sweep;
mod unpublished;
mod writing;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};

pub use action::{Action, Operator};
pub use address::PostgresAddress;
pub use attempt::Attempt;
pub use audit::AuditEntry;
pub use blocked::BlockedKey;
pub use cleanup::Cleaned;
pub use content::{NewContent, Rewrite};
pub use dead_letter::{Bulk, Reorder, Retried};
pub use entry::{Entry, EntryDetail, State};
pub use error::OutboxError;
pub use filter::{Filter, Page};
pub use health::{
    Breaker, Durability, Fact, Flaw, FlawKind, Health, KeyCounts, RelayHealth, RowGroup, Transaction,
    Transactions, Unfinished,
};
pub use settle::Settled;
pub use stats::{EventStats, Stats};
pub use unpublished::{PayloadPage, RowPayload, VersionRows};
pub use writing::{Writing, check_envelope};

use crate::outbox::Dialect;
use crate::outbox::table::Table;
use session::Pool;

/// How long a connection may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a statement may take.
const STATEMENT_TIMEOUT: Duration = Duration::from_secs(30);

/// An outbox in a database.
///
/// ```
/// use evt_runtime::outbox::operator::Outbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
/// assert_eq!(outbox.migrate().await?.before, None);
/// assert_eq!(outbox.stats().await?.published, 0);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Outbox {
    pool: Pool,
    table_name: String,
    /// Where it is, without a password.
    place: String,
    statement_timeout: Duration,
    /// Whether the layout was looked at: it is one that this program can live with.
    is_known: Arc<AtomicBool>,
}

impl Outbox {
    /// The outbox `table` of the database at `url`: `postgres://…` or `sqlite:PATH`. Nothing is connected yet, and no
    /// file is made.
    ///
    /// # Errors
    /// [`OutboxError::Address`], [`OutboxError::Table`]
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let outbox = Outbox::open("postgres://anna:secret@db.farm/farm", "tenant.evt_outbox")?;
    /// assert_eq!(outbox.place(), "postgres://anna@db.farm:5432/farm");
    /// # Ok(())
    /// # }
    /// ```
    pub fn open(url: &str, table: &str) -> Result<Self, OutboxError> {
        let (pool, place) = address::pool(url, CONNECT_TIMEOUT)?;
        Self::new(pool, place, table)
    }

    /// The outbox `table` of a PostgreSQL database that the service is connected to.
    ///
    /// # Errors
    /// [`OutboxError::Table`]
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// fn outbox(pool: &sqlx::PgPool) -> Result<Outbox, OutboxError> {
    ///     Outbox::postgres(pool.clone(), "evt_outbox")
    /// }
    /// ```
    pub fn postgres(pool: PgPool, table: &str) -> Result<Self, OutboxError> {
        let place = address::postgres_place(&pool.connect_options());
        Self::new(Pool::Postgres(pool), place, table)
    }

    /// The outbox `table` of an SQLite database that the service has open.
    ///
    /// # Errors
    /// [`OutboxError::Table`]
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// fn outbox(pool: &sqlx::SqlitePool) -> Result<Outbox, OutboxError> {
    ///     Outbox::sqlite(pool.clone(), "evt_outbox")
    /// }
    /// ```
    pub fn sqlite(pool: SqlitePool, table: &str) -> Result<Self, OutboxError> {
        let place = address::sqlite_place(&pool.connect_options());
        Self::new(Pool::Sqlite(pool), place, table)
    }

    fn new(pool: Pool, place: String, table: &str) -> Result<Self, OutboxError> {
        let outbox = Self {
            pool,
            table_name: table.to_owned(),
            place,
            statement_timeout: STATEMENT_TIMEOUT,
            is_known: Arc::default(),
        };
        Table::parse(table, outbox.dialect())
            .map_err(|reason| OutboxError::Table { table: table.to_owned(), reason })?;
        Ok(outbox)
    }

    /// The same, with another limit than 30 seconds for each statement. For a lock, a statement waits 10 seconds at most.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// fn patient(outbox: Outbox) -> Outbox {
    ///     outbox.statement_timeout(Duration::from_secs(300))
    /// }
    /// ```
    #[must_use]
    pub fn statement_timeout(mut self, limit: Duration) -> Self {
        self.statement_timeout = limit;
        self
    }

    /// The database's kind.
    ///
    /// ```
    /// use evt_runtime::outbox::Dialect;
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(Outbox::open("sqlite:farm.db", "evt_outbox")?.dialect(), Dialect::Sqlite);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn dialect(&self) -> Dialect {
        match &self.pool {
            Pool::Postgres(_) => Dialect::Postgres,
            Pool::Sqlite(_) => Dialect::Sqlite,
        }
    }

    /// Where the database is, without a password.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(Outbox::open("sqlite:farm.db", "evt_outbox")?.place(), "sqlite:farm.db");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The name of its table.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(Outbox::open("sqlite:farm.db", "evt_outbox")?.table_name(), "evt_outbox");
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn table_name(&self) -> &str {
        &self.table_name
    }

    pub(crate) fn table(&self) -> Table<'_> {
        Table::parse(&self.table_name, self.dialect()).expect("it was checked when the outbox was opened")
    }
}
