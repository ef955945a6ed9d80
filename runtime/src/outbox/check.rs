use crate::error::BoxError;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::session::Session;
use crate::outbox::table::Table;
use crate::outbox::{Dialect, LAYOUT, Migrate, MigrateSync};

/// Why a program cannot work with an outbox.
///
#[cfg_attr(feature = "rusqlite", doc = "```")]
#[cfg_attr(not(feature = "rusqlite"), doc = "```ignore")]
/// use evt_runtime::outbox::{self, CheckError};
///
/// let mut connection = rusqlite::Connection::open_in_memory()?;
/// let refused = outbox::check_sync(&mut connection, "evt_outbox").unwrap_err();
/// assert!(matches!(&refused, CheckError::NotMigrated { table } if table == "evt_outbox"));
/// assert_eq!(
///     refused.to_string(),
///     "there is no outbox table `evt_outbox`: create it with `evt_runtime::outbox::migrate`"
/// );
/// # Ok::<(), rusqlite::Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The table's name cannot be.
    #[error("the outbox table `{table}` {reason}")]
    Table {
        /// The name.
        table: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The outbox is not there.
    #[error("there is no outbox table `{table}`: create it with `evt_runtime::outbox::migrate`")]
    NotMigrated {
        /// The name.
        table: String,
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
    #[error("the outbox could not be looked at: {0}")]
    Database(#[source] BoxError),
}

/// Looks whether this program can write to the outbox `table` and publish from it, and gives the layout that it has: what
/// a service does when it starts. A layout below [`LAYOUT`] is brought up to date by [`migrate`](super::migrate), one above
/// is no mistake, unless the program that made it says that older ones cannot live with it.
///
/// `emit` does not look, which would cost a round trip each time. A migration that older writers cannot live with makes
/// their statements fail instead: they get [`EmitError::TooNew`](crate::EmitError::TooNew), and nothing is written.
///
/// # Errors
/// A name that cannot be, an outbox that is not there, one that asks for a newer program, what the database says.
///
#[cfg_attr(feature = "sqlx-sqlite", doc = "```")]
#[cfg_attr(not(feature = "sqlx-sqlite"), doc = "```ignore")]
/// use evt_runtime::outbox::{self, CheckError};
/// use sqlx::{Connection, SqliteConnection};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mut connection = SqliteConnection::connect(":memory:").await?;
/// if let Err(CheckError::NotMigrated { .. }) = outbox::check(&mut connection, "evt_outbox").await {
///     outbox::migrate(&mut connection, "evt_outbox").await?;
/// }
/// assert_eq!(outbox::check(&mut connection, "evt_outbox").await?, outbox::LAYOUT);
/// # Ok(())
/// # }
/// ```
pub async fn check<C: Migrate>(connection: &mut C, table: &str) -> Result<u32, CheckError> {
    connection.check(table).await
}

/// Like [`check`], for drivers that block.
///
/// # Errors
/// As there.
///
#[cfg_attr(feature = "rusqlite", doc = "```")]
#[cfg_attr(not(feature = "rusqlite"), doc = "```ignore")]
/// use evt_runtime::outbox;
///
/// let mut connection = rusqlite::Connection::open_in_memory()?;
/// outbox::migrate_sync(&mut connection, "evt_outbox")?;
/// assert_eq!(outbox::check_sync(&mut connection, "evt_outbox")?, outbox::LAYOUT);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn check_sync<C: MigrateSync>(connection: &mut C, table: &str) -> Result<u32, CheckError> {
    connection.check_sync(table)
}

impl<'n> Migration<'n> {
    /// What looks at a layout and changes nothing.
    pub(crate) fn to_check(dialect: Dialect, table: &'n str) -> Result<Self, CheckError> {
        let parsed = Table::parse(table, dialect);
        parsed
            .map(|table| Self { dialect, table })
            .map_err(|reason| CheckError::Table { table: table.to_owned(), reason })
    }

    /// As [`check`].
    pub(crate) async fn check<S: Session>(self, on: &mut S) -> Result<u32, CheckError> {
        self.judge(self.look(on).await.map_err(CheckError::Database)?)
    }

    /// Whether this program can live with what a database has.
    pub(crate) fn judge(self, stored: Option<Stored>) -> Result<u32, CheckError> {
        let table = || self.table.text().to_owned();
        let stored = stored.ok_or_else(|| CheckError::NotMigrated { table: table() })?;
        let version = stored.version();
        if stored.is_too_new() {
            return Err(CheckError::TooNew { table: table(), version, known: LAYOUT });
        }
        Ok(version)
    }
}
