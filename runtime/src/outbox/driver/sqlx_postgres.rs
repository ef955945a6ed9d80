//! sqlx with PostgreSQL. A statement is prepared once a connection, and from then on is one round trip; behind a pooler
//! that cannot have that, `statement_cache_capacity(0)` costs one more.

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgConnection, PgRow};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Connection as _, Postgres, Row as _, Transaction};

use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::table::Table;
use crate::outbox::{Answers, Batch, Dialect, Found, Insert, Migrate, MigrateError, Migrated, Param};

impl Connection for PgConnection {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        let mut answers = Answers::new(rows);
        for batch in &Batch::by_table(rows, Dialect::Postgres)? {
            if let Some(locks) = Insert::postgres_locks(batch) {
                fetch(self, locks, batch.table).await?;
            }
            answers.take(find(self, Insert::postgres(batch), batch.table).await?)?;
            let left = answers.left(batch);
            if !left.is_empty() {
                let again = Insert::postgres_again(batch, &left);
                answers.take(find(self, again, batch.table).await?)?;
            }
        }
        answers.all()
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

async fn find(to: &mut PgConnection, insert: Insert<'_>, table: Table<'_>) -> Result<Vec<Found>, EmitError> {
    let rows = fetch(to, insert, table).await?;
    rows.iter().map(found).collect::<Result<_, _>>().map_err(|error| refused(error, table))
}

async fn fetch(to: &mut PgConnection, insert: Insert<'_>, table: Table<'_>) -> Result<Vec<PgRow>, EmitError> {
    let Insert { sql, params } = insert;
    let query = params.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), bind);
    query.fetch_all(to).await.map_err(|error| refused(error, table))
}

fn bind<'q>(query: Query<'q, Postgres, PgArguments>, param: Param<'q>) -> Query<'q, Postgres, PgArguments> {
    match param {
        Param::Int(value) => query.bind(value),
        Param::Text(value) => query.bind(value),
        Param::Ints(values) => query.bind(values),
        Param::Texts(values) => query.bind(values),
    }
}

fn found(row: &PgRow) -> Result<Found, sqlx::Error> {
    Ok(Found { place: row.try_get(0)?, seq: row.try_get(1)?, duplicate_of: row.try_get(2)? })
}

fn refused(error: sqlx::Error, table: Table<'_>) -> EmitError {
    match error.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref() {
        Some(crate::outbox::driver::UNDEFINED_TABLE) => {
            EmitError::NotMigrated { table: table.text().to_owned() }
        }
        _ => EmitError::Database(error.into()),
    }
}

impl Migrate for PgConnection {
    async fn migrate(&mut self, table: &str) -> Result<Migrated, MigrateError> {
        let migration = Migration::new(Dialect::Postgres, table)?;
        run(self, migration).await.map_err(|error| MigrateError::Database(error.into()))?
    }
}

async fn run(
    connection: &mut PgConnection,
    migration: Migration<'_>,
) -> Result<Result<Migrated, MigrateError>, sqlx::Error> {
    let mut tx = connection.begin().await?;
    sqlx::raw_sql(Migration::POSTGRES_LOCK).execute(&mut *tx).await?;
    let is_there: i64 = sqlx::query_scalar(AssertSqlSafe(migration.is_there())).fetch_one(&mut *tx).await?;
    let stored = if is_there == 0 {
        None
    } else {
        let row = sqlx::query(AssertSqlSafe(migration.stored())).fetch_one(&mut *tx).await?;
        Some(Stored { version: row.try_get(0)?, compatible_from: row.try_get(1)? })
    };
    let (statements, migrated) = match migration.rest(stored) {
        Ok(rest) => rest,
        Err(error) => return Ok(Err(error)),
    };
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(Ok(migrated))
}
