use std::fmt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use evt_runtime::outbox::operator::Outbox;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::Outcome;
use crate::sink::HOT;

/// How many partition keys the rows have.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    None,
    Some(u32),
    /// One, which the sink can be told to refuse.
    Hot,
}

/// Rows that are the same but for their keys.
pub(crate) struct Rows {
    pub(crate) number: u64,
    pub(crate) keys: Keys,
    /// How long the payload is.
    pub(crate) bytes: usize,
}

impl Rows {
    fn payload(&self) -> String {
        format!("{{\"note\":\"{}\"}}", "hay ".repeat((self.bytes - 11) / 4))
    }

    /// What SQL says of row `n`: its key, the type of its aggregate, which aggregate, and what its lane is made of.
    fn keyed(&self) -> [String; 4] {
        let known = |key: String, id: String| [key, "'Cow'".to_owned(), id.clone(), id];
        match self.keys {
            Keys::None => {
                ["NULL".to_owned(), "NULL".to_owned(), "NULL".to_owned(), "CAST(n AS text)".to_owned()]
            }
            Keys::Some(keys) => known(format!("'Cow/' || (n % {keys})"), format!("CAST(n % {keys} AS text)")),
            Keys::Hot => known(format!("'{HOT}'"), "'hot'".to_owned()),
        }
    }
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Some(number) => write!(f, "{number}"),
            Self::Hot => f.write_str("hot"),
        }
    }
}

/// An empty outbox.
pub(crate) enum Database {
    Postgres { url: String, table: String },
    Sqlite { file: PathBuf },
}

const COLUMNS: &str = "id, event_name, event_version, fingerprint, event_type, process_type, source, route, on_dead_letter, lane, \
     partition_key, payload, occurred_at, aggregate_type, aggregate_id";
const VALUES: &str = "'cow_fed', 2, '0f3a', 'domain', 'broker', 'urn:evt:farm', 'broker', 'halt'";

impl Database {
    pub(crate) async fn make(kind: &str) -> Outcome<Self> {
        let made = match kind {
            "postgres" => {
                let url = std::env::var("EVT_TEST_POSTGRES");
                let url =
                    url.unwrap_or_else(|_| "postgres:///test?host=/var/run/postgresql&user=root".to_owned());
                let made = Self::Postgres { url, table: "evt_bench.evt_outbox".to_owned() };
                made.run("DROP SCHEMA IF EXISTS evt_bench CASCADE; CREATE SCHEMA evt_bench").await?;
                made
            }
            _ => {
                let folder = std::env::temp_dir().join(format!("evt-relay-bench-{}", std::process::id()));
                drop(std::fs::remove_dir_all(&folder));
                std::fs::create_dir_all(&folder)?;
                Self::Sqlite { file: folder.join("bench.db") }
            }
        };
        made.outbox()?.migrate().await?;
        Ok(made)
    }

    pub(crate) fn outbox(&self) -> Outcome<Outbox> {
        Ok(match self {
            Self::Postgres { url, table } => Outbox::open(url, table)?,
            Self::Sqlite { file } => Outbox::open(&format!("sqlite:{}", file.display()), "evt_outbox")?,
        })
    }

    /// The outbox table.
    pub(crate) fn table(&self) -> &str {
        match self {
            Self::Postgres { table, .. } => table,
            Self::Sqlite { .. } => "evt_outbox",
        }
    }

    /// As a service opens it.
    pub(crate) fn options(file: &Path) -> SqliteConnectOptions {
        SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(5))
    }

    pub(crate) async fn open_file(file: &Path) -> sqlx::Result<SqliteConnection> {
        SqliteConnection::connect_with(&Self::options(file)).await
    }

    async fn run(&self, sql: &str) -> Outcome<()> {
        match self {
            Self::Postgres { url, .. } => {
                let mut connection = PgConnection::connect(url).await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            }
            Self::Sqlite { file } => {
                let mut connection = Self::open_file(file).await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Stores rows.
    pub(crate) async fn fill(&self, rows: &Rows) -> Outcome<()> {
        let (number, payload) = (rows.number, rows.payload());
        let [key, kind, id, of] = rows.keyed();
        match self {
            Self::Postgres { table, .. } => {
                let lane = format!("get_byte(decode(md5({of}), 'hex'), 0) & 63");
                self.run(&format!(
                    "INSERT INTO {table} ({COLUMNS}) SELECT gen_random_uuid(), {VALUES}, {lane}, {key}, '{payload}', \
                     now(), {kind}, {id} FROM generate_series(1, {number}) AS n; \
                     INSERT INTO {table}_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM {table}; \
                     ANALYZE {table}; ANALYZE {table}_work; CHECKPOINT"
                ))
                .await
            }
            Self::Sqlite { .. } => {
                self.run(&format!(
                    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {number}) \
                     INSERT INTO evt_outbox ({COLUMNS}) SELECT printf('%08x-0000-7000-8000-000000000000', n), {VALUES}, 0, \
                     {key}, '{payload}', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), {kind}, {id} FROM numbers; \
                     INSERT INTO evt_outbox_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM evt_outbox"
                ))
                .await
            }
        }
    }

    /// How long a loop takes that deletes the rows of one table batch by batch, and gets them.
    pub(crate) async fn plain(&self, rows: &Rows, batch: usize) -> Outcome<Duration> {
        let (number, payload) = (rows.number, rows.payload());
        match self {
            Self::Postgres { url, .. } => {
                self.run(&format!(
                    "CREATE TABLE evt_bench.plain AS SELECT n AS seq, '{payload}'::text AS payload \
                     FROM generate_series(1, {number}) AS n; ALTER TABLE evt_bench.plain ADD PRIMARY KEY (seq); \
                     ANALYZE evt_bench.plain; CHECKPOINT"
                ))
                .await?;
                let mut connection = PgConnection::connect(url).await?;
                let sql = format!(
                    "DELETE FROM evt_bench.plain WHERE seq IN (SELECT seq FROM evt_bench.plain ORDER BY seq LIMIT {batch}) \
                     RETURNING payload"
                );
                let began = Instant::now();
                while !sqlx::query(AssertSqlSafe(sql.as_str())).fetch_all(&mut connection).await?.is_empty() {
                }
                Ok(began.elapsed())
            }
            Self::Sqlite { file } => {
                self.run(&format!(
                    "CREATE TABLE plain (seq integer PRIMARY KEY, payload text); WITH RECURSIVE numbers(n) AS \
                     (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {number}) \
                     INSERT INTO plain SELECT n, '{payload}' FROM numbers"
                ))
                .await?;
                let mut connection = Self::open_file(file).await?;
                let sql = format!(
                    "DELETE FROM plain WHERE seq IN (SELECT seq FROM plain ORDER BY seq LIMIT {batch}) RETURNING payload"
                );
                let began = Instant::now();
                while !sqlx::query(AssertSqlSafe(sql.as_str())).fetch_all(&mut connection).await?.is_empty() {
                }
                Ok(began.elapsed())
            }
        }
    }

    /// How many bytes the server has written to its log, and how many of them before its last checkpoint; 0 for SQLite.
    pub(crate) async fn log(&self) -> Outcome<(i64, i64)> {
        let Self::Postgres { url, .. } = self else { return Ok((0, 0)) };
        let mut connection = PgConnection::connect(url).await?;
        let sql = "SELECT (pg_current_wal_lsn() - '0/0')::bigint, (redo_lsn - '0/0')::bigint FROM pg_control_checkpoint()";
        Ok(sqlx::query_as(sql).fetch_one(&mut connection).await?)
    }

    /// How many transactions the server has ended, of everybody; 0 for SQLite.
    pub(crate) async fn transactions(&self) -> Outcome<i64> {
        let Self::Postgres { url, .. } = self else { return Ok(0) };
        let mut connection = PgConnection::connect(url).await?;
        let sql = "SELECT sum(xact_commit + xact_rollback)::bigint FROM pg_stat_database WHERE datname = current_database()";
        Ok(sqlx::query_scalar(sql).fetch_one(&mut connection).await?)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Self::Sqlite { file } = self {
            drop(file.parent().map(std::fs::remove_dir_all));
        }
    }
}
