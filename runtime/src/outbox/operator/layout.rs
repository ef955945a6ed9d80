use jiff::Timestamp;

use super::query::{Query, now, time};
use super::session::{Access, Pool};
use super::{Outbox, OutboxError};
use crate::outbox::layout::Migration;
use crate::outbox::{LAYOUT, Migrate as _, MigrateError, Migrated};

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
        let migrated = match &self.pool {
            Pool::Postgres(pool) => {
                let mut connection = pool.acquire().await.map_err(|error| self.refused(error))?;
                connection.migrate(&self.table_name).await
            }
            Pool::Sqlite(pool) => {
                let options = (*pool.connect_options()).clone();
                pool.set_connect_options(options.clone().create_if_missing(true));
                let connection = pool.acquire().await;
                pool.set_connect_options(options);
                connection.map_err(|error| self.refused(error))?.migrate(&self.table_name).await
            }
        };
        migrated.map_err(|error| self.not_migrated_because(error))
    }

    fn not_migrated_because(&self, error: MigrateError) -> OutboxError {
        match error {
            MigrateError::Table { table, reason } => OutboxError::Table { table, reason },
            MigrateError::TooNew { table, version, known } => {
                OutboxError::TooNew { table, version: version.into(), known }
            }
            MigrateError::Database(source) => match source.downcast::<sqlx::Error>() {
                Ok(error) => self.refused(*error),
                Err(source) => OutboxError::Database(source),
            },
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
        let migration = Migration::of(self.dialect(), self.table());
        let mut session = self.session(Access::Read).await?;
        let is_there = session.row(Query::new(self.dialect(), migration.is_there())).await?;
        if is_there.map(|mut row| row.int()).transpose()? != Some(1) {
            return Ok(None);
        }
        let Some(mut stored) = session.row(Query::new(self.dialect(), migration.stored())).await? else {
            return Ok(None);
        };
        let (version, compatible_from) = (stored.int()?, stored.int()?);
        if compatible_from > i64::from(LAYOUT) {
            return Err(OutboxError::TooNew { table: self.table_name.clone(), version, known: LAYOUT });
        }
        Ok(Some(u32::try_from(version).unwrap_or(u32::MAX)))
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
