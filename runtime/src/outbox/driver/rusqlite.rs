//! rusqlite.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{CachedStatement, Connection, Error, Row, Savepoint, ToSql, Transaction};
use rusqlite::{TransactionBehavior, params_from_iter};

use crate::connection::{Inserted, SyncConnection};
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::batch::Checked;
use crate::outbox::driver::sqlite_refusal;
use crate::outbox::insert::scalars;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::sql::Statement;
use crate::outbox::table::Table;
use crate::outbox::{
    Answers, Batch, CheckError, Dialect, Found, Insert, MigrateError, MigrateSync, Migrated, Param,
};

impl SyncConnection for Connection {
    fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        if !self.is_autocommit() {
            return insert(self, rows);
        }
        // All or nothing.
        let database = |error: Error| EmitError::Database(error.into());
        let tx = self.transaction_with_behavior(TransactionBehavior::Immediate).map_err(database)?;
        let inserted = insert(&tx, rows)?;
        tx.commit().map_err(database)?;
        Ok(inserted)
    }
}

impl SyncConnection for Transaction<'_> {
    fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, rows)
    }
}

impl SyncConnection for Savepoint<'_> {
    fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        insert(self, rows)
    }
}

fn insert(to: &Connection, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
    let mut answers = Answers::new(rows);
    for batch in &Batch::by_table(rows, Dialect::Sqlite)? {
        let table = batch.table;
        let refused = |error| refused(error, table);
        let mut content = to.prepare_cached(&Statement::SqliteInsert.text(table)).map_err(refused)?;
        let mut work = to.prepare_cached(&Statement::SqliteWorkAt.text(table)).map_err(refused)?;
        for row in &batch.rows {
            answers.take([insert_row(to, &mut content, &mut work, table, row).map_err(refused)?])?;
        }
    }
    answers.all()
}

fn insert_row(
    to: &Connection,
    content: &mut CachedStatement<'_>,
    work: &mut CachedStatement<'_>,
    table: Table<'_>,
    row: &Checked<'_>,
) -> Result<Found, Error> {
    if content.execute(params_from_iter(scalars(row)))? == 1 {
        let seq = to.last_insert_rowid();
        work.execute((seq, row.route, row.lane))?;
        return Ok((row.number(), Some(seq), None));
    }
    let Insert { sql, params } = Insert::sqlite_again(table, row);
    let found = |found: &Row<'_>| Ok((found.get(0)?, found.get(1)?, found.get(2)?));
    to.prepare_cached(&sql)?.query_row(params_from_iter(params), found)
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> Result<ToSqlOutput<'_>, Error> {
        Ok(match self {
            Self::Int(Some(value)) => ToSqlOutput::Owned(Value::Integer(*value)),
            Self::Text(Some(value)) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Self::Int(None) | Self::Text(None) => ToSqlOutput::Owned(Value::Null),
            Self::Ints(_) | Self::Texts(_) => {
                return Err(Error::ToSqlConversionFailure("SQLite has no arrays".into()));
            }
        })
    }
}

fn refused(error: Error, table: Table<'_>) -> EmitError {
    // Which variant it is depends on features of rusqlite that this crate cannot see.
    sqlite_refusal(&error.to_string(), table).unwrap_or_else(|| EmitError::Database(error.into()))
}

impl MigrateSync for Connection {
    fn migrate_sync(&mut self, table: &str) -> Result<Migrated, MigrateError> {
        let migration = Migration::new(Dialect::Sqlite, table)?;
        let database = |error: Error| MigrateError::Database(error.into());
        prepare(self).map_err(database)?;
        let tx = self.transaction_with_behavior(TransactionBehavior::Immediate).map_err(database)?;
        let (statements, migrated) = migration.rest(look(&tx, migration).map_err(database)?)?;
        for statement in statements {
            tx.execute_batch(&statement).map_err(database)?;
        }
        tx.commit().map_err(database)?;
        Ok(migrated)
    }

    fn check_sync(&mut self, table: &str) -> Result<u32, CheckError> {
        let migration = Migration::to_check(Dialect::Sqlite, table)?;
        migration.judge(look(self, migration).map_err(|error| CheckError::Database(error.into()))?)
    }
}

/// Sets the journal's mode. SQLite refuses at once where somebody else is at work, instead of waiting as `BEGIN` does.
fn prepare(connection: &mut Connection) -> Result<(), Error> {
    for _ in 0..Migration::SQLITE_ATTEMPTS {
        if connection.query_row(Migration::SQLITE_JOURNAL, (), |_| Ok(())).is_ok() {
            return Ok(());
        }
        connection.transaction_with_behavior(TransactionBehavior::Immediate)?.commit()?;
    }
    connection.query_row(Migration::SQLITE_JOURNAL, (), |_| Ok(()))
}

/// The layout that the database has.
fn look(connection: &Connection, migration: Migration<'_>) -> Result<Option<Stored>, Error> {
    let is_there: i64 = connection.query_row(&migration.is_there(), (), |row| row.get(0))?;
    if is_there == 0 {
        return Ok(None);
    }
    let stored = |row: &Row<'_>| Ok(Stored { version: row.get(0)?, compatible_from: row.get(1)? });
    connection.query_row(&migration.stored(), (), stored).map(Some)
}
