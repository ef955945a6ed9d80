use std::future::Future;

use crate::error::BoxError;
use crate::outbox::CheckError;

/// What a migration did.
///
/// ```
/// let migrated = evt_runtime::outbox::Migrated { before: None, now: evt_runtime::outbox::LAYOUT };
/// assert_ne!(migrated.before, Some(migrated.now));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migrated {
    /// The layout before; `None` where there was none.
    pub before: Option<u32>,
    /// The layout now.
    pub now: u32,
}

/// Why an outbox was not migrated. Nothing was changed.
///
/// ```
/// use evt_runtime::outbox::{Dialect, migration_sql};
/// let refused = migration_sql(Dialect::Sqlite, "tenant.evt_outbox").unwrap_err();
/// assert_eq!(
///     refused.to_string(),
///     "the outbox table `tenant.evt_outbox` names a schema, which SQLite does not have"
/// );
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MigrateError {
    /// The table's name cannot be.
    #[error("the outbox table `{table}` {reason}")]
    Table {
        /// The name.
        table: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The database was migrated by a program that older ones cannot live with.
    #[error(
        "the outbox `{table}` has layout {version}, this program knows layout {known}: use a newer version of it"
    )]
    TooNew {
        /// The outbox.
        table: String,
        /// The layout that it has.
        version: u32,
        /// The latest one that this program knows.
        known: u32,
    },
    /// The database refused.
    #[error("the outbox was not migrated: {0}")]
    Database(#[source] BoxError),
}

/// A connection that can create the tables of an outbox, and look at them.
///
/// ```
/// use evt_runtime::outbox::{Migrate, MigrateError, migrate};
///
/// async fn tenant(connection: &mut impl Migrate, name: &str) -> Result<(), MigrateError> {
///     migrate(connection, &format!("{name}.evt_outbox")).await?;
///     Ok(())
/// }
/// ```
pub trait Migrate: Send {
    /// As [`migrate`].
    fn migrate(&mut self, table: &str) -> impl Future<Output = Result<Migrated, MigrateError>> + Send;

    /// As [`check`](super::check).
    fn check(&mut self, table: &str) -> impl Future<Output = Result<u32, CheckError>> + Send;
}

/// The same for drivers that block.
///
/// ```
/// use evt_runtime::outbox::{MigrateError, MigrateSync, migrate_sync};
///
/// fn farm(connection: &mut impl MigrateSync) -> Result<bool, MigrateError> {
///     Ok(migrate_sync(connection, "evt_outbox")?.before.is_none())
/// }
/// ```
pub trait MigrateSync {
    /// As [`migrate_sync`].
    ///
    /// # Errors
    /// As there.
    fn migrate_sync(&mut self, table: &str) -> Result<Migrated, MigrateError>;

    /// As [`check_sync`](super::check_sync).
    ///
    /// # Errors
    /// As there.
    fn check_sync(&mut self, table: &str) -> Result<u32, CheckError>;
}

/// Creates the tables of the outbox `table`, or brings them to the layout that this crate knows, in one transaction.
/// Doing it twice, or by two processes at once, does no harm. A schema before the name must exist.
///
/// An SQLite file is put into WAL mode, so that a relay can read while a service writes. What holds for a connection
/// alone is the caller's to set: `busy_timeout`, so that writers wait for each other, and `synchronous = FULL`, so that
/// what was committed outlives a loss of power. Transactions that write are best begun by `BEGIN IMMEDIATE`: one that
/// read first is refused at once where somebody else wrote meanwhile.
///
/// # Errors
/// A name that cannot be, a database that asks for a newer program, what the database says.
///
#[cfg_attr(feature = "sqlx-sqlite", doc = "```")]
#[cfg_attr(not(feature = "sqlx-sqlite"), doc = "```ignore")]
/// use evt_runtime::outbox;
/// use sqlx::{Connection, SqliteConnection};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut connection = SqliteConnection::connect(":memory:").await?;
/// outbox::migrate(&mut connection, "evt_outbox").await?;
/// assert_eq!(outbox::migrate(&mut connection, "evt_outbox").await?.before, Some(outbox::LAYOUT));
/// # Ok(())
/// # }
/// ```
pub async fn migrate<C: Migrate>(connection: &mut C, table: &str) -> Result<Migrated, MigrateError> {
    connection.migrate(table).await
}

/// Like [`migrate`], for drivers that block.
///
/// # Errors
/// As there.
///
#[cfg_attr(feature = "rusqlite", doc = "```")]
#[cfg_attr(not(feature = "rusqlite"), doc = "```ignore")]
/// use evt_runtime::outbox;
///
/// let mut connection = rusqlite::Connection::open_in_memory()?;
/// assert_eq!(outbox::migrate_sync(&mut connection, "evt_outbox")?.before, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn migrate_sync<C: MigrateSync>(connection: &mut C, table: &str) -> Result<Migrated, MigrateError> {
    connection.migrate_sync(table)
}
