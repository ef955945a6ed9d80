use std::future::Future;

use crate::error::BoxError;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::{Dialect, MigrateError, Migrated};

/// A connection or a transaction of a driver that is awaited, as far as the tables' layout concerns it.
pub(crate) trait Session: Send {
    /// Runs a statement.
    fn run(&mut self, sql: &str) -> impl Future<Output = Result<(), BoxError>> + Send;

    /// The 64-bit numbers of the first row.
    fn numbers<const N: usize>(
        &mut self,
        sql: &str,
    ) -> impl Future<Output = Result<[i64; N], BoxError>> + Send;
}

impl Migration<'_> {
    /// Runs what is left of the migration, in a transaction that the caller commits.
    pub(crate) async fn run<S: Session>(self, on: &mut S) -> Result<Migrated, MigrateError> {
        if self.dialect == Dialect::Postgres {
            on.run(Self::POSTGRES_LOCK).await.map_err(MigrateError::Database)?;
        }
        let stored = self.look(on).await.map_err(MigrateError::Database)?;
        let (statements, migrated) = self.rest(stored)?;
        for statement in statements {
            on.run(&statement).await.map_err(MigrateError::Database)?;
        }
        Ok(migrated)
    }

    /// The layout that the database has.
    pub(crate) async fn look<S: Session>(self, on: &mut S) -> Result<Option<Stored>, BoxError> {
        let [is_there] = on.numbers(&self.is_there()).await?;
        if is_there == 0 {
            return Ok(None);
        }
        let [version, compatible_from] = on.numbers(&self.stored()).await?;
        Ok(Some(Stored { version, compatible_from }))
    }
}
