//! How a transaction of SQLite begins.
//!
//! SQLite waits for another writer by itself, and looks whether it is gone less and less often, at last ten times a second:
//! beside a service that writes a thousand times a second it would hardly ever find the database free. So it is told to
//! wait a moment only, again and again.

use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::pool::PoolConnection;
use sqlx::{
    AssertSqlSafe, Connection as _, SqlSafeStr as _, Sqlite, SqliteConnection, SqlitePool, Transaction,
};
use tokio::time::{Instant, sleep};

use super::super::refusal::SQLITE_BUSY;
use super::super::session::Access;

/// Milliseconds: SQLite looks three times, 1 ms apart. It is to wait itself: timers of a service and of a relay in one process
/// go off together, and who writes at each of them would always be first.
const MOMENT: i64 = 2;
/// What SQLite refuses without waiting is not asked for more often.
const LOOK: Duration = Duration::from_millis(1);

/// How long the connection waits, and the file of its database.
const SETTING: &str = "SELECT wait.timeout, main.file \
     FROM pragma_busy_timeout AS wait, pragma_database_list AS main WHERE main.name = 'main'";

/// Begins a transaction that writes, as relays and operators do: the moment in which no other connection writes is found
/// within a millisecond or two, whatever else writes to the file. SQLite's own waiting looks at last ten times a second, and
/// beside a relay that empties a backlog seldom at the right time. It waits as long as the connection is set to
/// (`busy_timeout`).
///
/// # Errors
/// What the database says, or [`sqlx::Error::PoolTimedOut`].
///
/// ```
/// use evt_runtime::outbox;
/// use evt_runtime::{Emission, Event};
///
/// async fn write<E: Event>(pool: &sqlx::SqlitePool, emission: Emission<E>) -> Result<(), Box<dyn std::error::Error>> {
///     let mut tx = outbox::begin_immediate(pool).await?;
///     emission.emit(&mut tx).await?;
///     Ok(tx.commit().await?)
/// }
/// ```
pub async fn begin_immediate(pool: &SqlitePool) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    begin_sqlite(pool, Access::Write).await
}

/// Begins one; one that writes has the database at once.
pub(in super::super) async fn begin_sqlite(
    pool: &SqlitePool,
    access: Access,
) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    let connection = usable(pool).await?;
    match access {
        Access::Read => Transaction::begin(connection, Some("BEGIN".into_sql_str())).await,
        Access::Write | Access::Relay { .. } => begin_soon(connection).await,
    }
}

/// SQLite undoes a transaction by itself where a disk is full; the driver does not see that, and would never again begin
/// one on that connection.
async fn usable(pool: &SqlitePool) -> Result<PoolConnection<Sqlite>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    while connection.is_in_transaction() {
        drop(connection.close().await);
        connection = pool.acquire().await?;
    }
    Ok(connection)
}

/// Waits as long as the connection is set to.
async fn begin_soon(
    mut connection: PoolConnection<Sqlite>,
) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
    let begun = Instant::now();
    let (limit, file): (i64, String) = sqlx::query_as(SETTING).fetch_one(&mut *connection).await?;
    // What is in memory would be gone with its connection, and no other process has it. Who is set to wait for nothing may
    // have a way to wait of its own, which the setting would remove.
    if limit == 0 || file.is_empty() {
        return Transaction::begin(connection, Some("BEGIN IMMEDIATE".into_sql_str())).await;
    }
    let until = begun + Duration::from_millis(limit.try_into().unwrap_or_default());
    let waits = |time| format!("PRAGMA busy_timeout = {time}");
    let begin = format!("{}; BEGIN IMMEDIATE; {}", waits(MOMENT), waits(limit));
    let mut own = Own(Some(connection));
    let mut asked = Instant::now();
    while let Err(error) = sqlx::raw_sql(AssertSqlSafe(begin.as_str())).execute(own.connection()).await {
        if !is_busy(&error) || Instant::now() >= until {
            return Err(error);
        }
        if asked.elapsed() < LOOK {
            sleep(LOOK).await;
        }
        asked = Instant::now();
    }
    // The driver learns of the transaction by a statement that it believes to have begun it.
    Transaction::begin(own.give(), Some("".into_sql_str())).await
}

/// Whether another connection has the database.
fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(DatabaseError::code);
    code.and_then(|code| code.parse::<u32>().ok()).is_some_and(|code| code & 0xff == SQLITE_BUSY)
}

/// A connection that nobody else gets: dropped, it is closed, with the transaction and the setting that it may have.
struct Own(Option<PoolConnection<Sqlite>>);

impl Own {
    fn connection(&mut self) -> &mut SqliteConnection {
        self.0.as_mut().expect("it is given away last")
    }

    fn give(mut self) -> PoolConnection<Sqlite> {
        self.0.take().expect("it is given away once")
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(mut connection) = self.0.take() {
            connection.close_on_drop();
        }
    }
}
