//! A transaction that lasts as long as a test wants.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tokio::runtime::Runtime;

/// See the module. Dropped, it is rolled back.
pub(crate) struct Held {
    connection: Connection,
    runtime: Runtime,
}

enum Connection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

impl Held {
    /// Begins it by statements, `BEGIN` first.
    pub(crate) fn of(url: &str, sql: impl Into<String>) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be started");
        let connection = runtime.block_on(async {
            Ok::<_, sqlx::Error>(if url.starts_with("sqlite:") {
                Connection::Sqlite(SqliteConnection::connect(url).await?)
            } else {
                Connection::Postgres(PgConnection::connect(url).await?)
            })
        });
        let mut held = Self { connection: connection.expect("the database works"), runtime };
        held.run(sql.into());
        held
    }

    pub(crate) fn commit(mut self) {
        self.run("COMMIT".to_owned());
    }

    fn run(&mut self, sql: String) {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        let done = self.runtime.block_on(async {
            match &mut self.connection {
                Connection::Postgres(connection) => sql.execute(connection).await.map(drop),
                Connection::Sqlite(connection) => sql.execute(connection).await.map(drop),
            }
        });
        done.expect("the database works");
    }
}
