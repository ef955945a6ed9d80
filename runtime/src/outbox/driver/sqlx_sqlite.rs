//! sqlx with SQLite.

use std::collections::HashMap;

use sqlx::pool::PoolConnection;
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _, Sqlite, Transaction};

use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::{BoxError, EmitError};
use crate::outbox::batch::Checked;
use crate::outbox::driver::sqlite_refusal;
use crate::outbox::insert::scalars;
use crate::outbox::layout::Migration;
use crate::outbox::session::Session;
use crate::outbox::sql::{SQLITE_MANY, Statement};
use crate::outbox::table::Table;
use crate::outbox::{
    Answers, Batch, CheckError, Dialect, Found, Insert, Migrate, MigrateError, Migrated, Param,
};

impl Connection for SqliteConnection {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        if self.is_in_transaction() {
            return insert(self, rows).await;
        }
        // All or nothing. Where it cannot begin, the caller began with a statement of their own.
        if let Ok(mut tx) = self.begin().await {
            let inserted = insert(&mut tx, rows).await?;
            tx.commit().await.map_err(|error| EmitError::Database(error.into()))?;
            return Ok(inserted);
        }
        insert(self, rows).await
    }
}

impl Connection for Transaction<'_, Sqlite> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, rows).await
    }
}

impl Connection for PoolConnection<Sqlite> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        SqliteConnection::insert(self, rows).await
    }
}

async fn insert(to: &mut SqliteConnection, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
    let mut answers = Answers::new(rows);
    for batch in &Batch::by_table(rows, Dialect::Sqlite)? {
        let table = batch.table;
        let (many, few) = batch.rows.as_chunks::<SQLITE_MANY>();
        for rows in many {
            let found = insert_many(to, table, rows).await;
            answers.take(found.map_err(|error| refused(error, table))?)?;
        }
        for row in few {
            let found = insert_row(to, table, row).await;
            answers.take([found.map_err(|error| refused(error, table))?])?;
        }
    }
    answers.all()
}

/// Inserts a row. Both statements go in one message to the thread that holds the connection.
async fn insert_row(
    to: &mut SqliteConnection,
    table: Table<'_>,
    row: &Checked<'_>,
) -> Result<Found, sqlx::Error> {
    let sql = Statement::SqliteAtomic.text(table);
    let query = scalars(row).fold(sqlx::query(AssertSqlSafe(sql)), bind);
    let query = query.bind(row.envelope.id.to_string());
    match query.fetch_optional(&mut *to).await? {
        Some(found) => Ok((row.number(), Some(found.try_get(0)?), None)),
        None => stored(to, table, row).await,
    }
}

/// Inserts many rows the same way: the thread is woken once for all of them.
async fn insert_many(
    to: &mut SqliteConnection,
    table: Table<'_>,
    rows: &[Checked<'_>; SQLITE_MANY],
) -> Result<Vec<Found>, sqlx::Error> {
    let sql = Statement::SqliteAtomicMany.text(table);
    let query = rows.iter().flat_map(scalars).fold(sqlx::query(AssertSqlSafe(sql)), bind);
    let ids: Vec<_> = rows.iter().map(|row| row.envelope.id.to_string()).collect();
    let query = ids.iter().fold(query, |query, id| query.bind(id.as_str()));
    let new: Option<String> = query.fetch_one(&mut *to).await?.try_get(0)?;
    let new: HashMap<_, _> = new.as_deref().into_iter().flat_map(places).collect();
    let mut found = Vec::with_capacity(rows.len());
    for (row, id) in rows.iter().zip(&ids) {
        found.push(match new.get(id.as_str()) {
            Some(seq) => (row.number(), Some(*seq), None),
            None => stored(to, table, row).await?,
        });
    }
    Ok(found)
}

/// Ids and places, as [`Statement::SqliteAtomicMany`] gives them.
fn places(text: &str) -> impl Iterator<Item = (&str, i64)> {
    text.split(',')
        .filter_map(|pair| pair.split_once(' '))
        .filter_map(|(id, seq)| Some((id, seq.parse().ok()?)))
}

/// What a row is a duplicate of.
async fn stored(
    to: &mut SqliteConnection,
    table: Table<'_>,
    row: &Checked<'_>,
) -> Result<Found, sqlx::Error> {
    let Insert { sql, params } = Insert::sqlite_again(table, row);
    let stored = params.into_iter().fold(sqlx::query(AssertSqlSafe(sql)), bind).fetch_one(to).await?;
    Ok((stored.try_get(0)?, stored.try_get(1)?, stored.try_get(2)?))
}

fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    param: Param<'q>,
) -> Query<'q, Sqlite, SqliteArguments> {
    match param {
        Param::Int(value) => query.bind(value),
        Param::Text(value) => query.bind(value),
        Param::Ints(_) | Param::Texts(_) => query,
    }
}

fn refused(error: sqlx::Error, table: Table<'_>) -> EmitError {
    let refusal = error.as_database_error().and_then(|said| sqlite_refusal(said.message(), table));
    refusal.unwrap_or_else(|| EmitError::Database(error.into()))
}

impl Migrate for SqliteConnection {
    async fn migrate(&mut self, table: &str) -> Result<Migrated, MigrateError> {
        let migration = Migration::new(Dialect::Sqlite, table)?;
        let database = |error: sqlx::Error| MigrateError::Database(error.into());
        prepare(self).await.map_err(database)?;
        let mut tx = self.begin_with("BEGIN IMMEDIATE").await.map_err(database)?;
        let migrated = migration.run(&mut *tx).await?;
        tx.commit().await.map_err(database)?;
        Ok(migrated)
    }

    async fn check(&mut self, table: &str) -> Result<u32, CheckError> {
        Migration::to_check(Dialect::Sqlite, table)?.check(self).await
    }
}

/// Sets the journal's mode. SQLite refuses at once where somebody else is at work, instead of waiting as `BEGIN` does.
async fn prepare(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    for _ in 0..Migration::SQLITE_ATTEMPTS {
        if sqlx::query(Migration::SQLITE_JOURNAL).execute(&mut *connection).await.is_ok() {
            return Ok(());
        }
        connection.begin_with("BEGIN IMMEDIATE").await?.commit().await?;
    }
    sqlx::query(Migration::SQLITE_JOURNAL).execute(connection).await.map(|_| ())
}

impl Session for SqliteConnection {
    async fn run(&mut self, sql: &str) -> Result<(), BoxError> {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(self).await?;
        Ok(())
    }

    async fn numbers<const N: usize>(&mut self, sql: &str) -> Result<[i64; N], BoxError> {
        let row = sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_one(self).await?;
        let mut numbers = [0; N];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get(at)?;
        }
        Ok(numbers)
    }
}
