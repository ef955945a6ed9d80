//! tokio-postgres. Statements are sent with the types of their parameters: one round trip, nothing prepared, unless
//! somebody keeps [`PreparedStatements`] of the connection.

mod statements;

pub use statements::{OnPrepared, PreparedStatements};
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, GenericClient, Row, Transaction};

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

impl Connection for Client {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, None, rows).await
    }
}

impl Connection for Transaction<'_> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, None, rows).await
    }
}

async fn insert<C: GenericClient + Sync>(
    to: &C,
    statements: Option<&mut PreparedStatements>,
    rows: &[Envelope],
) -> Result<Vec<Inserted>, EmitError> {
    let batches = Batch::by_table(rows, Dialect::Postgres)?;
    let mut statements = statements.filter(|_| prepared() == Prepared::OnConnections);
    let mut answers = Answers::new(rows);
    // There are as many statements on several tables as there are sets of tables.
    let is_kept = batches.len() == 1;
    if let Some(insert) = Insert::postgres(&batches) {
        let kept = statements.as_deref_mut().filter(|_| is_kept);
        answers.take(find(to, kept, insert, &batches).await?)?;
    }
    for again in answers.postgres_again(&batches) {
        answers.take(find(to, statements.as_deref_mut(), again, &batches).await?)?;
    }
    answers.all()
}

async fn find<C: GenericClient + Sync>(
    to: &C,
    statements: Option<&mut PreparedStatements>,
    insert: Insert<'_>,
    batches: &[Batch<'_>],
) -> Result<Vec<Found>, EmitError> {
    let params: Vec<_> = insert.params.iter().map(typed).collect();
    let asked = match statements {
        Some(statements) => statements.query(to, &insert.sql, &params).await,
        None => to.query_typed(&insert.sql, &params).await,
    };
    let rows = asked.map_err(|error| refused(error, batches))?;
    let found = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?));
    rows.iter().map(found).collect::<Result<_, _>>().map_err(|error| refused(error, batches))
}

fn typed<'p>(param: &'p Param<'_>) -> (&'p (dyn ToSql + Sync), Type) {
    match param {
        Param::Int(value) => (value, Type::INT8),
        Param::Text(value) => (value, Type::TEXT),
        Param::Ints(values) => (values, Type::INT8_ARRAY),
        Param::Texts(values) => (values, Type::TEXT_ARRAY),
    }
}

fn refused(error: Error, batches: &[Batch<'_>]) -> EmitError {
    let said = error.as_db_error();
    let refusal = said.and_then(|said| postgres_refusal(said.code().code(), said.message(), batches));
    refusal.unwrap_or_else(|| EmitError::Database(error.into()))
}

impl Migrate for Client {
    async fn migrate(&mut self, table: &str) -> Result<Migrated, MigrateError> {
        let migration = Migration::new(Dialect::Postgres, table)?;
        let database = |error: Error| MigrateError::Database(error.into());
        let mut tx = self.transaction().await.map_err(database)?;
        let migrated = migration.run(&mut Asked(&mut tx)).await?;
        tx.commit().await.map_err(database)?;
        Ok(migrated)
    }

    async fn check(&mut self, table: &str) -> Result<u32, CheckError> {
        Migration::to_check(Dialect::Postgres, table)?.check(&mut Asked(self)).await
    }
}

/// A client or a transaction.
struct Asked<'c, C>(&'c mut C);

impl<C: GenericClient + Send + Sync> Session for Asked<'_, C> {
    async fn run(&mut self, sql: &str) -> Result<(), BoxError> {
        Ok(self.0.batch_execute(sql).await?)
    }

    async fn numbers<const N: usize>(&mut self, sql: &str) -> Result<[i64; N], BoxError> {
        let row = self.0.query_typed_one(sql, &[]).await?;
        let mut numbers = [0; N];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get(at)?;
        }
        Ok(numbers)
    }
}
