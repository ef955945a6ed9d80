use std::fmt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use evt_runtime::outbox::operator::Outbox;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::Outcome;

/// How many partition keys the rows have.
#[derive(Clone, Copy)]
pub(crate) enum Keys {
    None,
    Some(u32),
}

impl fmt::Display for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::Some(number) => write!(f, "{number}"),
        }
    }
}

/// An empty outbox.
pub(crate) enum Database {
    Postgres { url: String, table: String },
    Sqlite { file: PathBuf },
}

const COLUMNS: &str = "id, event_name, event_version, fingerprint, event_type, process_type, source, route, lane, \
     partition_key, payload, occurred_at, aggregate_type, aggregate_id";
const VALUES: &str = "'cow_fed', 2, '0f3a', 'domain', 'broker', 'urn:evt:farm', 'broker'";

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

    async fn run(&self, sql: &str) -> Outcome<()> {
        match self {
            Self::Postgres { url, .. } => {
                let mut connection = PgConnection::connect(url).await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            }
            Self::Sqlite { file } => {
                let options = SqliteConnectOptions::new().filename(file);
                let mut connection = SqliteConnection::connect_with(&options).await?;
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }

    /// Stores rows of 300 bytes.
    pub(crate) async fn fill(&self, rows: u64, keys: Keys) -> Outcome<()> {
        let payload = format!("{{\"note\":\"{}\"}}", "hay ".repeat(72));
        let (key, id) = match keys {
            Keys::None => ("NULL".to_owned(), "NULL".to_owned()),
            Keys::Some(number) => (format!("'Cow/' || n % {number}"), format!("CAST(n % {number} AS text)")),
        };
        let kind = if matches!(keys, Keys::None) { "NULL" } else { "'Cow'" };
        match self {
            Self::Postgres { table, .. } => {
                let of = match keys {
                    Keys::None => "n::text".to_owned(),
                    Keys::Some(number) => format!("(n % {number})::text"),
                };
                let lane = format!("get_byte(decode(md5({of}), 'hex'), 0) & 63");
                self.run(&format!(
                    "INSERT INTO {table} ({COLUMNS}) SELECT gen_random_uuid(), {VALUES}, {lane}, {key}, '{payload}', \
                     now(), {kind}, {id} FROM generate_series(1, {rows}) AS n; \
                     INSERT INTO {table}_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM {table}; \
                     ANALYZE {table}; ANALYZE {table}_work; CHECKPOINT"
                ))
                .await
            }
            Self::Sqlite { .. } => {
                self.run(&format!(
                    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) \
                     INSERT INTO evt_outbox ({COLUMNS}) SELECT printf('%08x-0000-7000-8000-000000000000', n), {VALUES}, 0, \
                     {key}, '{payload}', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), {kind}, {id} FROM numbers; \
                     INSERT INTO evt_outbox_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM evt_outbox"
                ))
                .await
            }
        }
    }

    /// How long a loop takes that deletes the rows of one table batch by batch, and gets them.
    pub(crate) async fn plain(&self, rows: u64, batch: usize) -> Outcome<Duration> {
        let payload = format!("{{\"note\":\"{}\"}}", "hay ".repeat(72));
        match self {
            Self::Postgres { url, .. } => {
                self.run(&format!(
                    "CREATE TABLE evt_bench.plain AS SELECT n AS seq, '{payload}'::text AS payload \
                     FROM generate_series(1, {rows}) AS n; ALTER TABLE evt_bench.plain ADD PRIMARY KEY (seq); \
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
                     (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) \
                     INSERT INTO plain SELECT n, '{payload}' FROM numbers"
                ))
                .await?;
                let options = SqliteConnectOptions::new().filename(file);
                let mut connection = SqliteConnection::connect_with(&options).await?;
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

    /// How many bytes the server has written to its log; 0 for SQLite.
    pub(crate) async fn log(&self) -> Outcome<i64> {
        let Self::Postgres { url, .. } = self else { return Ok(0) };
        let mut connection = PgConnection::connect(url).await?;
        let sql = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";
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
