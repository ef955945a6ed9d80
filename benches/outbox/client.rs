//! One connection of this process to a database.

use std::time::{Duration, Instant};

use evt_runtime::outbox::Migrate as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tokio::runtime::Runtime;

use crate::Outcome;
use crate::database::TABLE;

/// How long a statement waits for another writer of an SQLite file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// A connection, and what waits for it.
pub(crate) struct Client {
    pub(crate) runtime: Runtime,
    pub(crate) connection: Connection,
}

/// Of which database.
pub(crate) enum Connection {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Client {
    /// Connects; an SQLite file that is not there is made.
    pub(crate) fn connect(url: &str) -> Outcome<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let connection = runtime.block_on(async {
            if !url.starts_with("sqlite:") {
                return PgConnection::connect(url).await.map(Connection::Postgres);
            }
            let options: SqliteConnectOptions = url.parse()?;
            let options = options.create_if_missing(true).busy_timeout(BUSY_TIMEOUT);
            let options = options.synchronous(SqliteSynchronous::Full);
            SqliteConnection::connect_with(&options).await.map(Connection::Sqlite)
        })?;
        Ok(Self { runtime, connection })
    }

    /// Makes the tables of an outbox.
    pub(crate) fn migrate(&mut self) -> Outcome<()> {
        match &mut self.connection {
            Connection::Sqlite(connection) => self.runtime.block_on(connection.migrate(TABLE))?,
            Connection::Postgres(connection) => self.runtime.block_on(connection.migrate(TABLE))?,
        };
        Ok(())
    }

    /// Runs statements and passes over their rows. `{T}` stands for the outbox table.
    pub(crate) fn run(&mut self, sql: &str) -> Outcome<()> {
        let sql = sql.replace("{T}", TABLE);
        let text = AssertSqlSafe(sql.as_str());
        let done = self.runtime.block_on(async {
            match &mut self.connection {
                Connection::Sqlite(connection) => sqlx::raw_sql(text).fetch_all(connection).await.map(drop),
                Connection::Postgres(connection) => sqlx::raw_sql(text).fetch_all(connection).await.map(drop),
            }
        });
        done.map_err(|error| format!("{sql}: {error}").into())
    }

    /// How long that takes.
    pub(crate) fn time(&mut self, sql: &str) -> Outcome<Duration> {
        let start = Instant::now();
        self.run(sql)?;
        Ok(start.elapsed())
    }
}
