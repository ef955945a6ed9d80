//! An outbox with dead letters, and the program beside it.

use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _, SqliteConnection};

use crate::project::{Project, Run, RunCommand as _};
use crate::server::shared;

/// Where a test works.
pub(super) struct Farm {
    pub(super) project: Project,
    pub(super) url: String,
    pub(super) table: String,
}

impl Farm {
    /// An empty SQLite file.
    pub(super) fn sqlite() -> Self {
        let project = Project::empty();
        let url = format!("sqlite:{}?mode=rwc", project.path("farm.db").display());
        Self { project, url, table: "evt_outbox".to_owned() }
    }

    /// An empty schema of the PostgreSQL that tests share.
    pub(super) fn postgres() -> Option<Self> {
        Some(Self::at(shared()?))
    }

    /// An empty schema of a PostgreSQL.
    pub(super) fn at(url: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let schema = format!("operators_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let table = format!("{schema}.evt_outbox");
        let farm = Self { project: Project::empty(), url: url.to_owned(), table };
        farm.sql(&format!("CREATE SCHEMA {schema}"));
        farm
    }

    /// The same with so many dead letters.
    pub(super) fn with_dead(&self, count: u32) -> &Self {
        self.evt("outbox migrate").exits(0);
        for statement in [CONTENT, WORK] {
            self.sql(&statement.replace("{count}", &count.to_string()));
        }
        self
    }

    /// The program, with the arguments in a line.
    pub(super) fn command(&self, line: &str) -> Command {
        let words: Vec<_> = line.split_whitespace().collect();
        self.command_of(&words)
    }

    pub(super) fn command_of(&self, arguments: &[&str]) -> Command {
        let mut command = self.project.command(arguments);
        command.args(["--database", &self.url, "--table", &self.table]);
        command
    }

    /// Runs it to its end.
    pub(super) fn evt(&self, line: &str) -> Run {
        self.command(line).run()
    }

    /// How many rows are in a state.
    pub(super) fn rows(&self, state: &str) -> u64 {
        let number = self.sql(&format!("SELECT count(*) FROM {{T_work}} WHERE state = '{state}'"));
        u64::try_from(number.expect("a count is a row")).expect("a count is no less than 0")
    }

    /// Runs a statement and gives the number in its first row; `{T}`, `{T_work}` … stand for the tables.
    pub(super) fn sql(&self, sql: &str) -> Option<i64> {
        let is_sqlite = self.url.starts_with("sqlite");
        let casts = [("{uuid}", "::uuid"), ("{json}", "::json"), ("{instant}", "::timestamptz")];
        let mut sql = sql.replace("{T}", &self.table);
        for (hole, cast) in casts {
            sql = sql.replace(hole, if is_sqlite { "" } else { cast });
        }
        for suffix in ["work", "lane", "audit", "published"] {
            sql = sql.replace(&format!("{{T_{suffix}}}"), &format!("{}_{suffix}", self.table));
        }
        let sql = AssertSqlSafe(sql);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it starts");
        runtime.block_on(async {
            if is_sqlite {
                let mut connection =
                    SqliteConnection::connect(&self.url).await.expect("a file can be opened");
                let row = sqlx::raw_sql(sql).fetch_optional(&mut connection).await.expect("it can be run");
                row.map(|row| row.get(0))
            } else {
                let options: sqlx::postgres::PgConnectOptions = self.url.parse().expect("an address");
                let options = options.extra_float_digits(None);
                let mut connection = PgConnection::connect_with(&options).await.expect("the server is there");
                let row = sqlx::raw_sql(sql).fetch_optional(&mut connection).await.expect("it can be run");
                row.map(|row| row.get(0))
            }
        })
    }
}

const CONTENT: &str = "INSERT INTO {T} (id, event_name, event_version, fingerprint, event_type, process_type, source, \
     route, lane, partition_key, payload, occurred_at, created_at, aggregate_type, aggregate_id) \
     WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) \
     SELECT ('00000000-0000-7000-8000-' || substr(CAST(1000000000000 + n AS text), 2)){uuid}, 'cow_fed', 1, '0f3a', \
     'domain', 'broker', 'urn:evt:farm', 'broker', n % 7, 'Cow/' || n, '{}'{json}, \
     '2026-11-21T03:00:00.000Z'{instant}, '2026-11-21T03:00:00.000Z'{instant}, 'Cow', CAST(n AS text) FROM numbers";

const WORK: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane, state, attempts, dead_lettered_at, \
     last_error_at, last_error_code, last_error_text) SELECT seq, seq, route, lane, 'dead', 12, created_at, created_at, \
     '413', 'too large' FROM {T}";
