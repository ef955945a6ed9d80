//! A transaction of either database.

use std::future::Future;
use std::time::Duration;

use sqlx::database::HasStatementCache;
use sqlx::{AssertSqlSafe, Database, Encode, PgPool, Postgres, Sqlite, SqlitePool, Transaction, Type};

use super::address::BUSY_TIMEOUT;
use super::alarm::Alarm;
use super::answer::Answer;
use super::begin::begin_sqlite;
use super::query::{Arg, Query};
use super::{Outbox, OutboxError};
use crate::connection::{Connection as _, Inserted};
use crate::envelope::Envelope;
use crate::error::{BoxError, EmitError};
use crate::outbox::driver::sqlx_postgres;
use crate::outbox::layout::{Migration, Stored};
use crate::outbox::{Dialect, MigrateError, Migrated, Prepared};

/// How much longer than its limit a statement is waited for: a server that has not ended it by then is gone.
pub(crate) const ANSWER: Duration = Duration::from_secs(5);

/// The connections of an outbox.
#[derive(Clone, Debug)]
pub(crate) enum Pool {
    Postgres(PgPool),
    Sqlite(SqlitePool),
}

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    Read,
    Write,
    /// Writing in short transactions, one after the other. PostgreSQL ends one in which nothing was said for that long.
    Relay {
        silent: Duration,
    },
}

/// A transaction: dropped, it rolls back.
pub(crate) struct Session<'o> {
    outbox: &'o Outbox,
    tx: Tx,
    /// How long each statement may take.
    limit: Duration,
}

enum Tx {
    Postgres(Transaction<'static, Postgres>),
    Sqlite(Transaction<'static, Sqlite>),
}

impl Outbox {
    /// Begins a transaction in which every statement has a timeout. Nothing outlives it, so that a pooler may stand
    /// between.
    pub(crate) async fn session(&self, access: Access) -> Result<Session<'_>, OutboxError> {
        let mut session = self.session_of(access, self.statement_timeout).await?;
        self.know(&mut session).await?;
        Ok(session)
    }

    /// The same with another limit for each statement, and whatever layout there is.
    pub(crate) async fn session_of(
        &self,
        access: Access,
        limit: Duration,
    ) -> Result<Session<'_>, OutboxError> {
        let tx = match &self.pool {
            Pool::Postgres(pool) => Tx::Postgres(self.begin(pool, postgres_begin(access, limit)).await?),
            Pool::Sqlite(pool) => {
                Tx::Sqlite(begin_sqlite(pool, access).await.map_err(|error| self.refused(error))?)
            }
        };
        Ok(Session { outbox: self, tx, limit })
    }

    /// Runs one statement that gives one row, in no transaction; where PostgreSQL refuses it for what a role has set
    /// for its statements, in one that has settings of its own.
    pub(crate) async fn only_row(&self, access: Access, query: Query) -> Result<Answer, OutboxError> {
        match (self.bare_row(query.clone()).await, self.dialect()) {
            (Err(OutboxError::Busy { .. } | OutboxError::TimedOut { .. }), Dialect::Postgres) => {}
            (answered, _) => return answered,
        }
        let mut session = self.session(access).await?;
        let row = session.row(query).await?.ok_or_else(|| session.not_migrated())?;
        session.commit().await?;
        Ok(row)
    }

    async fn bare_row(&self, query: Query) -> Result<Answer, OutboxError> {
        let (sql, args) = self.filled(query)?;
        let work = async {
            match &self.pool {
                Pool::Postgres(pool) => bound(sql, args).fetch_one(pool).await.map(Answer::from),
                Pool::Sqlite(pool) => bound(sql, args).fetch_one(pool).await.map(Answer::from),
            }
        };
        self.in_time(self.statement_timeout, work).await
    }

    fn filled(&self, query: Query) -> Result<(AssertSqlSafe<String>, Vec<Arg>), OutboxError> {
        let (sql, args) = query.into_parts();
        match args.iter().find_map(Arg::with_nul) {
            Some(text) => Err(OutboxError::Nul { text: text.replace('\0', "\\0") }),
            None => Ok((AssertSqlSafe(self.table().fill(&sql)), args)),
        }
    }

    /// Brings what was committed to an SQLite file from its log into the file. That holds nobody up, unless it is much at
    /// once, as when SQLite does it by itself: a commit waits for the disk meanwhile.
    pub(crate) async fn write_back(&self) -> Result<(), OutboxError> {
        match &self.pool {
            Pool::Postgres(_) => Ok(()),
            Pool::Sqlite(pool) => {
                let done =
                    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").persistent(false).execute(pool).await;
                done.map(drop).map_err(|error| self.refused(error))
            }
        }
    }

    /// Waits for a database, which ends a statement by itself when its time is up, unless it is gone.
    pub(crate) async fn in_time<T>(
        &self,
        limit: Duration,
        work: impl Future<Output = Result<T, sqlx::Error>>,
    ) -> Result<T, OutboxError> {
        match tokio::time::timeout(limit + ANSWER, work).await {
            Ok(done) => done.map_err(|error| self.refused(error)),
            Err(_) => Err(self.silent(limit)),
        }
    }

    fn silent(&self, limit: Duration) -> OutboxError {
        let reason = format!("no answer within {} s", (limit + ANSWER).as_secs());
        OutboxError::Unreachable { place: self.place.clone(), reason }
    }
}

fn postgres_begin(access: Access, limit: Duration) -> String {
    let (mode, more) = match access {
        Access::Read => ("READ ONLY", String::new()),
        // Not `READ WRITE`: who made a role or a database read-only meant it.
        Access::Write => ("", String::new()),
        // The tables change faster than the server counts their rows; no statement is worth compiling.
        Access::Relay { silent } => {
            let idle = format!("idle_in_transaction_session_timeout = {}", silent.as_millis());
            ("", format!("; SET LOCAL {idle}; SET LOCAL enable_seqscan = off; SET LOCAL jit = off"))
        }
    };
    format!(
        "BEGIN ISOLATION LEVEL READ COMMITTED {mode}; SET LOCAL statement_timeout = {}; \
         SET LOCAL lock_timeout = {}; SET LOCAL synchronous_commit = on{more}",
        limit.as_millis(),
        BUSY_TIMEOUT.as_millis(),
    )
}

impl Session<'_> {
    pub(crate) fn dialect(&self) -> Dialect {
        self.outbox.dialect()
    }

    /// The outbox table as SQL names it.
    pub(crate) fn table(&self) -> String {
        self.outbox.table().quoted("")
    }

    /// Runs a statement and gives its rows.
    pub(crate) async fn rows(&mut self, query: Query) -> Result<Vec<Answer>, OutboxError> {
        let (sql, args) = self.outbox.filled(query)?;
        let (outbox, limit, tx) = (self.outbox, self.limit, &mut self.tx);
        outbox.in_time(limit, tx.rows(sql, args, limit)).await
    }

    /// Runs a statement that gives one row, or none.
    pub(crate) async fn row(&mut self, query: Query) -> Result<Option<Answer>, OutboxError> {
        Ok(self.rows(query).await?.into_iter().next())
    }

    /// Runs a statement that changes rows, and gives their number.
    pub(crate) async fn run(&mut self, query: Query) -> Result<u64, OutboxError> {
        let (sql, args) = self.outbox.filled(query)?;
        let (outbox, limit, tx) = (self.outbox, self.limit, &mut self.tx);
        outbox.in_time(limit, tx.run(sql, args, limit)).await
    }

    /// That the tables are not there.
    pub(crate) fn not_migrated(&self) -> OutboxError {
        self.outbox.not_migrated()
    }

    /// Which of our errors it is.
    pub(crate) fn refused(&self, error: sqlx::Error) -> OutboxError {
        self.outbox.refused(error)
    }

    /// Writes events.
    pub(crate) async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        let (outbox, limit, tx) = (self.outbox, self.limit, &mut self.tx);
        let written = async move {
            match tx {
                // What one connection prepares is not there on the next one that a pooler gives.
                Tx::Postgres(tx) => sqlx_postgres::insert(tx, rows, Prepared::Never).await,
                Tx::Sqlite(tx) => tx.insert(rows).await,
            }
        };
        match tokio::time::timeout(limit + ANSWER, written).await {
            Ok(written) => written,
            Err(_) => Err(EmitError::Database(outbox.silent(limit).into())),
        }
    }

    /// Runs what is left of a migration.
    pub(crate) async fn migrate(&mut self, migration: Migration<'_>) -> Result<Migrated, MigrateError> {
        match &mut self.tx {
            Tx::Postgres(tx) => migration.run(&mut **tx).await,
            Tx::Sqlite(tx) => migration.run(&mut **tx).await,
        }
    }

    /// The layout that the database has.
    pub(crate) async fn layout(&mut self, migration: Migration<'_>) -> Result<Option<Stored>, BoxError> {
        match &mut self.tx {
            Tx::Postgres(tx) => migration.look(&mut **tx).await,
            Tx::Sqlite(tx) => migration.look(&mut **tx).await,
        }
    }

    /// Keeps what was done.
    pub(crate) async fn commit(self) -> Result<(), OutboxError> {
        let (outbox, limit, tx) = (self.outbox, self.limit, self.tx);
        let done = async move {
            match tx {
                Tx::Postgres(tx) => tx.commit().await,
                Tx::Sqlite(tx) => tx.commit().await,
            }
        };
        outbox.in_time(limit, done).await
    }
}

impl Tx {
    async fn rows(
        &mut self,
        sql: AssertSqlSafe<String>,
        args: Vec<Arg>,
        limit: Duration,
    ) -> Result<Vec<Answer>, sqlx::Error> {
        match self {
            Self::Postgres(tx) => Ok(answers(bound(sql, args).fetch_all(&mut **tx).await?)),
            Self::Sqlite(tx) => {
                let alarm = Alarm::set(tx, limit).await?;
                let rows = bound(sql, args).fetch_all(&mut **tx).await;
                drop(alarm);
                Ok(answers(rows?))
            }
        }
    }

    async fn run(
        &mut self,
        sql: AssertSqlSafe<String>,
        args: Vec<Arg>,
        limit: Duration,
    ) -> Result<u64, sqlx::Error> {
        match self {
            Self::Postgres(tx) => Ok(bound(sql, args).execute(&mut **tx).await?.rows_affected()),
            Self::Sqlite(tx) => {
                let alarm = Alarm::set(tx, limit).await?;
                let done = bound(sql, args).execute(&mut **tx).await;
                drop(alarm);
                Ok(done?.rows_affected())
            }
        }
    }
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
