//! What a database says of its rows, on a connection that is kept: tests ask often.

use std::sync::Mutex;

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};
use tokio::runtime::Runtime;

use crate::check::Row;
use crate::rows::sqlite;

/// See the module.
pub(crate) struct Reader {
    url: String,
    open: Mutex<Option<(Runtime, Connection)>>,
}

enum Connection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl Reader {
    pub(crate) fn of(url: &str) -> Self {
        Self { url: url.to_owned(), open: Mutex::new(None) }
    }

    /// A number that a query gives.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.rows(&format!("SELECT '', NULL, CAST(({sql}) AS bigint)"))[0].seq
    }

    /// All rows of a route that were committed.
    pub(crate) fn committed(&self, route: &str) -> Vec<Row> {
        let columns = "CAST(id AS text), partition_key, seq";
        self.rows(&format!("SELECT {columns} FROM evt_outbox WHERE route = '{route}' ORDER BY seq"))
    }

    /// Asks twice: tests restart servers, and end connections.
    fn rows(&self, sql: &str) -> Vec<Row> {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((runtime, connection)) = open.as_mut()
            && let Ok(rows) = runtime.block_on(connection.rows(sql))
        {
            return rows;
        }
        *open = None;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be started");
        let asked = runtime.block_on(async {
            let mut connection = Connection::to(&self.url).await?;
            Ok::<_, sqlx::Error>((connection.rows(sql).await?, connection))
        });
        let (rows, connection) = asked.unwrap_or_else(|error| panic!("{sql}: {error}"));
        *open = Some((runtime, connection));
        rows
    }
}

impl Connection {
    async fn to(url: &str) -> sqlx::Result<Self> {
        Ok(if url.starts_with("sqlite:") {
            Self::Sqlite(sqlite(url).await?)
        } else {
            Self::Postgres(PgConnection::connect(url).await?)
        })
    }

    async fn rows(&mut self, sql: &str) -> sqlx::Result<Vec<Row>> {
        let query = AssertSqlSafe(sql);
        Ok(match self {
            Self::Postgres(connection) => {
                let row = |row: &PgRow| Row { id: row.get(0), key: row.get(1), seq: row.get(2) };
                sqlx::query(query).persistent(false).fetch_all(connection).await?.iter().map(row).collect()
            }
            Self::Sqlite(connection) => {
                let row = |row: &SqliteRow| Row { id: row.get(0), key: row.get(1), seq: row.get(2) };
                sqlx::query(query).persistent(false).fetch_all(connection).await?.iter().map(row).collect()
            }
        })
    }
}
