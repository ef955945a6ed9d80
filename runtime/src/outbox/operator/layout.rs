use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::query::{Query, now, time};
use super::session::{Access, Pool, Session};
use super::{Outbox, OutboxError};
use crate::error::BoxError;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::{LAYOUT, Migrate as _, MigrateError, Migrated};

/// How long a step of a migration may take: an index on a large table takes its time.
const MIGRATION_TIMEOUT: Duration = Duration::from_mins(10);

impl Outbox {
    /// As [`outbox::migrate`](crate::outbox::migrate()); an SQLite file that is not there is made.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// use evt_runtime::outbox::LAYOUT;
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
    /// outbox.migrate().await?;
    /// assert_eq!(outbox.layout().await?, Some(LAYOUT));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn migrate(&self) -> Result<Migrated, OutboxError> {
        match &self.pool {
            Pool::Postgres(_) => {
                let migration = Migration::of(self.dialect(), self.table());
                let limit = self.statement_timeout.max(MIGRATION_TIMEOUT);
                let mut session = self.session_of(Access::Write, limit).await?;
                let migrated =
                    session.migrate(migration).await.map_err(|error| self.not_migrated_because(error))?;
                session.commit().await?;
                Ok(migrated)
            }
            Pool::Sqlite(pool) => {
                let options = (*pool.connect_options()).clone();
                pool.set_connect_options(options.clone().create_if_missing(true));
                let connection = pool.acquire().await;
                pool.set_connect_options(options);
                let mut connection = connection.map_err(|error| self.refused(error))?;
                let migrated = connection.migrate(&self.table_name).await;
                migrated.map_err(|error| self.not_migrated_because(error))
            }
        }
    }

    fn not_migrated_because(&self, error: MigrateError) -> OutboxError {
        match error {
            MigrateError::Table { table, reason } => OutboxError::Table { table, reason },
            MigrateError::TooNew { table, version, known } => {
                OutboxError::TooNew { table, version: version.into(), known }
            }
            MigrateError::Database(source) => self.said(source),
        }
    }

    fn said(&self, error: BoxError) -> OutboxError {
        match error.downcast::<sqlx::Error>() {
            Ok(error) => self.refused(*error),
            Err(error) => OutboxError::Database(error),
        }
    }

    /// The layout of the tables; `None` where there are none.
    ///
    /// # Errors
    /// [`OutboxError::TooNew`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(Outbox::open("sqlite::memory:", "evt_outbox")?.layout().await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn layout(&self) -> Result<Option<u32>, OutboxError> {
        let mut session = self.session(Access::Read).await?;
        Ok(self.look(&mut session).await?.map(Stored::version))
    }

    /// Refuses a layout that this program cannot live with. It is asked for once.
    pub(super) async fn know(&self, session: &mut Session<'_>) -> Result<(), OutboxError> {
        if self.is_known.load(Ordering::Relaxed) {
            return Ok(());
        }
        let is_there = self.look(session).await?.is_some();
        self.is_known.store(is_there, Ordering::Relaxed);
        Ok(())
    }

    /// Reads the layout, and refuses one that this program cannot live with.
    pub(crate) async fn look(&self, session: &mut Session<'_>) -> Result<Option<Stored>, OutboxError> {
        let migration = Migration::of(self.dialect(), self.table());
        let stored = session.layout(migration).await.map_err(|error| self.said(error))?;
        match stored {
            Some(stored) if stored.is_too_new() => Err(OutboxError::TooNew {
                table: self.table_name.clone(),
                version: stored.version,
                known: LAYOUT,
            }),
            stored => Ok(stored),
        }
    }
}

impl Outbox {
    /// The database's clock.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert!(Outbox::open("sqlite::memory:", "evt_outbox")?.now().await?.as_second() > 0);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn now(&self) -> Result<Timestamp, OutboxError> {
        let dialect = self.dialect();
        let query = Query::new(dialect, format!("SELECT {}", time(dialect, now(dialect))));
        let row = self.session(Access::Read).await?.row(query).await?;
        row.ok_or(OutboxError::Unreadable { what: "an instant", text: String::new() })?.time()
    }
}
