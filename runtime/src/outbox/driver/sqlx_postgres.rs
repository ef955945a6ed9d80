//! sqlx with PostgreSQL. A statement is prepared once a connection, and from then on is one round trip. Behind a pooler
//! that cannot have that, [`set_prepared`](crate::outbox::set_prepared) leaves nothing on a connection and costs one more:
//! `statement_cache_capacity(0)` is not enough, for sqlx then prepares by name each time and never drops the name.

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Connection as _, Postgres, Row as _, Transaction};

use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::{BoxError, EmitError};
use crate::outbox::driver::postgres_refusal;
use crate::outbox::layout::Migration;
use crate::outbox::prepared::prepared;
use crate::outbox::session::Session;
use crate::outbox::{
    Answers, Batch, CheckError, Dialect, Found, Insert, Migrate, MigrateError, Migrated, Param, Prepared,
};

impl Connection for PgConnection {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, rows, prepared()).await
    }
}

impl Connection for Transaction<'_, Postgres> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        PgConnection::insert(self, rows).await
    }
}

impl Connection for PoolConnection<Postgres> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        PgConnection::insert(self, rows).await
    }
}

pub(crate) async fn insert(
    to: &mut PgConnection,
    rows: &[Envelope],
    prepared: Prepared,
) -> Result<Vec<Inserted>, EmitError> {
    let batches = Batch::by_table(rows, Dialect::Postgres)?;
    let mut answers = Answers::new(rows);
    if let Some(insert) = Insert::postgres(&batches) {
        answers.take(find(to, insert, &batches, prepared).await?)?;
    }
    for again in answers.postgres_again(&batches) {
        answers.take(find(to, again, &batches, prepared).await?)?;
    }
    answers.all()
}

async fn find(
    to: &mut PgConnection,
    insert: Insert<'_>,
    batches: &[Batch<'_>],
    prepared: Prepared,
) -> Result<Vec<Found>, EmitError> {
    let Insert { sql, params } = insert;
    // There are as many statements on several tables as there are sets of tables.
    let is_kept = prepared == Prepared::OnConnections && batches.len() == 1;
    let query = sqlx::query(AssertSqlSafe(sql)).persistent(is_kept);
    let query = params.into_iter().fold(query, bind);
    let rows = query.fetch_all(to).await.map_err(|error| refused(error, batches))?;
    let found = |row: &PgRow| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
    rows.iter().map(found).collect::<Result<_, _>>().map_err(|error| refused(error, batches))
}

fn bind<'q>(query: Query<'q, Postgres, PgArguments>, param: Param<'q>) -> Query<'q, Postgres, PgArguments> {
    match param {
        Param::Int(value) => query.bind(value),
        Param::Text(value) => query.bind(value),
        Param::Ints(values) => query.bind(values),
        Param::Texts(values) => query.bind(values),
    }
}

fn refused(error: sqlx::Error, batches: &[Batch<'_>]) -> EmitError {
    let said = error.as_database_error();
    let refusal = said.and_then(|said| postgres_refusal(said.code()?.as_ref(), said.message(), batches));
    refusal.unwrap_or_else(|| EmitError::Database(error.into()))
}

impl Migrate for PgConnection {
    async fn migrate(&mut self, table: &str) -> Result<Migrated, MigrateError> {
        let migration = Migration::new(Dialect::Postgres, table)?;
        let database = |error: sqlx::Error| MigrateError::Database(error.into());
        let mut tx = self.begin().await.map_err(database)?;
        let migrated = migration.run(&mut *tx).await?;
        tx.commit().await.map_err(database)?;
        Ok(migrated)
    }

    async fn check(&mut self, table: &str) -> Result<u32, CheckError> {
        Migration::to_check(Dialect::Postgres, table)?.check(self).await
    }
}

impl Session for PgConnection {
    async fn run(&mut self, sql: &str) -> Result<(), BoxError> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(self).await?;
        Ok(())
    }

    async fn numbers<const N: usize>(&mut self, sql: &str) -> Result<[i64; N], BoxError> {
        // One message, so that a pooler cannot divide it, in or out of a transaction.
        let row = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(self).await?;
        let mut numbers = [0; N];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get(at)?;
        }
        Ok(numbers)
    }
}
