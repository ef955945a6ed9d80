//! A service that emits events at a steady rate, each in a transaction of its own.

use std::time::{Duration, Instant};

use evt_runtime::{Connection, Emitted, outbox};
use sqlx::{Connection as _, PgConnection, SqliteConnection, SqlitePool};
use tokio::task::JoinHandle;

use crate::Outcome;
use crate::database::Database;
use crate::event::fed;

/// How many connections of PostgreSQL write at once.
const CONNECTIONS: u32 = 4;

/// A row, and when its transaction was committed.
pub(crate) type Committed = (i64, Instant);

/// Emits for so long at so many rows a second, over 100 keys.
pub(crate) async fn write(database: &Database, rate: u32, length: Duration) -> Outcome<Vec<Committed>> {
    let writers = if matches!(database, Database::Postgres { .. }) { CONNECTIONS } else { 1 };
    let every = Duration::from_secs(1) * writers / rate;
    let rows = u32::try_from(length.as_millis())? * rate / 1_000 / writers;
    let mut tasks: Vec<JoinHandle<Vec<Committed>>> = Vec::new();
    for writer in 0..writers {
        let (connection, table) = (Writer::open(database).await?, database.table().to_owned());
        tasks.push(tokio::spawn(steadily(connection, table, writer, rows, every)));
    }
    let mut committed = Vec::new();
    for task in tasks {
        committed.extend(task.await?);
    }
    Ok(committed)
}

/// Emits one row.
pub(crate) async fn write_one(database: &Database) -> Outcome<Committed> {
    Ok(Writer::open(database).await?.commit(database.table(), "one").await?)
}

async fn steadily(
    mut writer: Writer,
    table: String,
    number: u32,
    rows: u32,
    every: Duration,
) -> Vec<Committed> {
    let mut ticks = tokio::time::interval(every);
    let mut committed = Vec::new();
    for row in 0..rows {
        ticks.tick().await;
        let key = format!("{number}-{}", row % 25);
        committed.push(writer.commit(&table, &key).await.expect("the row is committed"));
    }
    committed
}

pub(crate) enum Writer {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
    /// By `outbox::begin_immediate`.
    Soon(SqlitePool),
}

impl Writer {
    pub(crate) async fn open(database: &Database) -> sqlx::Result<Self> {
        Ok(match database {
            Database::Postgres { url, .. } => Self::Postgres(PgConnection::connect(url).await?),
            Database::Sqlite { file } => Self::Sqlite(Database::open_file(file).await?),
        })
    }

    /// One that finds SQLite free as soon as relays do; `None` where everybody finds it.
    pub(crate) async fn open_soon(database: &Database) -> sqlx::Result<Option<Self>> {
        let Database::Sqlite { file } = database else { return Ok(None) };
        Ok(Some(Self::Soon(SqlitePool::connect_with(Database::options(file)).await?)))
    }

    pub(crate) async fn commit(&mut self, table: &str, cow: &str) -> sqlx::Result<Committed> {
        let seq = match self {
            Self::Postgres(connection) => {
                let mut tx = connection.begin().await?;
                let seq = emit(&mut *tx, table, cow).await;
                tx.commit().await?;
                seq
            }
            Self::Sqlite(connection) => {
                let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
                let seq = emit(&mut *tx, table, cow).await;
                tx.commit().await?;
                seq
            }
            Self::Soon(pool) => {
                let mut tx = outbox::begin_immediate(pool).await?;
                let seq = emit(&mut *tx, table, cow).await;
                tx.commit().await?;
                seq
            }
        };
        Ok((seq, Instant::now()))
    }
}

async fn emit<C: Connection>(to: &mut C, table: &str, cow: &str) -> i64 {
    let emission = fed(&"hay ".repeat(72)).aggregate("Cow", cow).table(table);
    match emission.emit(to).await.expect("the row is stored") {
        Emitted::Enqueued { seq, .. } => seq,
        other => unreachable!("{other:?}"),
    }
}
