//! A transaction of either database.

use std::time::{Duration, Instant};

use sqlx::database::HasStatementCache;
use sqlx::{AssertSqlSafe, Database, Encode, PgPool, Postgres, Sqlite, SqlitePool, Transaction, Type};

use super::answer::Answer;
use super::query::{Arg, Query};
use super::{Outbox, OutboxError};
use crate::connection::{Connection as _, Inserted};
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::Dialect;

/// The connections of an outbox.
#[derive(Clone, Debug)]
pub(super) enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    Write,
}

/// A transaction: dropped, it rolls back.
pub(super) struct Session<'o> {
    outbox: &'o Outbox,
    tx: Tx,
}

enum Tx {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

/// How many steps of SQLite's machine lie between two looks at the clock: about a millisecond.
const SQLITE_STEPS: i32 = 10_000;

impl Outbox {
    /// Begins a transaction in which every statement has a timeout. Nothing outlives it, so that a pooler may stand
    /// between.
    pub(super) async fn session(&self, access: Access) -> Result<Session<'_>, OutboxError> {
        let tx = match &self.pool {
            Pool::Postgres(pool) => {
                let mode = match access {
                    Access::Read => "READ ONLY",
                    Access::Write => "READ WRITE",
                };
                let timeout = self.statement_timeout.as_millis();
                let begin = format!(
                    "BEGIN ISOLATION LEVEL READ COMMITTED {mode}; SET LOCAL statement_timeout = {timeout}; \
                     SET LOCAL synchronous_commit = on"
                );
                pool.begin_with(AssertSqlSafe(begin)).await.map(Tx::Postgres)
            }
            Pool::Sqlite(pool) => {
                let begin = match access {
                    Access::Read => "BEGIN",
                    Access::Write => "BEGIN IMMEDIATE",
                };
                pool.begin_with(begin).await.map(Tx::Sqlite)
            }
        };
        Ok(Session { outbox: self, tx: tx.map_err(|error| self.refused(error))? })
    }
}

impl Session<'_> {
    pub(super) fn dialect(&self) -> Dialect {
        self.outbox.dialect()
    }

    /// Runs a statement and gives its rows.
    pub(super) async fn rows(&mut self, query: Query) -> Result<Vec<Answer>, OutboxError> {
        let (sql, args) = self.filled(query);
        let answered = match &mut self.tx {
            Tx::Postgres(tx) => bound(sql, args).fetch_all(&mut **tx).await.map(answers),
            Tx::Sqlite(tx) => match watch(tx, self.outbox.statement_timeout).await {
                Ok(()) => bound(sql, args).fetch_all(&mut **tx).await.map(answers),
                Err(error) => Err(error),
            },
        };
        answered.map_err(|error| self.outbox.refused(error))
    }

    /// Runs a statement that gives one row, or none.
    pub(super) async fn row(&mut self, query: Query) -> Result<Option<Answer>, OutboxError> {
        Ok(self.rows(query).await?.into_iter().next())
    }

    /// Runs a statement that changes rows, and gives their number.
    pub(super) async fn run(&mut self, query: Query) -> Result<u64, OutboxError> {
        let (sql, args) = self.filled(query);
        let done = match &mut self.tx {
            Tx::Postgres(tx) => bound(sql, args).execute(&mut **tx).await.map(|done| done.rows_affected()),
            Tx::Sqlite(tx) => match watch(tx, self.outbox.statement_timeout).await {
                Ok(()) => bound(sql, args).execute(&mut **tx).await.map(|done| done.rows_affected()),
                Err(error) => Err(error),
            },
        };
        done.map_err(|error| self.outbox.refused(error))
    }

    fn filled(&self, query: Query) -> (AssertSqlSafe<String>, Vec<Arg>) {
        let (sql, args) = query.into_parts();
        (AssertSqlSafe(self.outbox.table().fill(&sql)), args)
    }

    /// Which of our errors it is.
    pub(super) fn refused(&self, error: sqlx::Error) -> OutboxError {
        self.outbox.refused(error)
    }

    /// Writes events.
    pub(super) async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        match &mut self.tx {
            Tx::Postgres(tx) => tx.insert(rows).await,
            Tx::Sqlite(tx) => tx.insert(rows).await,
        }
    }

    /// Keeps what was done.
    pub(super) async fn commit(self) -> Result<(), OutboxError> {
        let done = match self.tx {
            Tx::Postgres(tx) => tx.commit().await,
            Tx::Sqlite(tx) => tx.commit().await,
        };
        done.map_err(|error| self.outbox.refused(error))
    }
}

/// Interrupts the next statement when its time is up, as `statement_timeout` does.
async fn watch(tx: &mut Transaction<'static, Sqlite>, limit: Duration) -> Result<(), sqlx::Error> {
    let end = Instant::now() + limit;
    tx.lock_handle().await?.set_progress_handler(SQLITE_STEPS, move || Instant::now() < end);
    Ok(())
}

/// Unnamed on PostgreSQL: what one connection prepares is not there on the next one that a pooler gives.
fn bound<'q, D>(sql: AssertSqlSafe<String>, args: Vec<Arg>) -> sqlx::query::Query<'q, D, D::Arguments>
where
    D: Database + HasStatementCache,
    Option<i64>: Encode<'q, D> + Type<D>,
    Option<String>: Encode<'q, D> + Type<D>,
{
    args.into_iter().fold(sqlx::query(sql).persistent(false), |query, arg| match arg {
        Arg::Int(value) => query.bind(value),
        Arg::Text(value) => query.bind(value),
    })
}

fn answers<R: Into<Answer>>(rows: Vec<R>) -> Vec<Answer> {
    rows.into_iter().map(Into::into).collect()
}
