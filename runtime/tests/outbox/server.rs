//! A PostgreSQL for the tests: the one that `EVT_TEST_POSTGRES` names, else one that is started from installed binaries
//! and ends with this process.

use std::io::{BufRead as _, BufReader};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use evt_runtime::outbox;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// Where a test works: a schema of its own.
pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) schema: String,
    /// The outbox table in that schema.
    pub(crate) table: String,
}

impl Place {
    /// A schema with an outbox; `None` where there is no PostgreSQL.
    pub(crate) async fn new() -> Option<Self> {
        let place = Self::empty().await?;
        outbox::migrate(&mut place.connect().await, &place.table).await.unwrap();
        Some(place)
    }

    /// A schema without one.
    pub(crate) async fn empty() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let url = url()?.to_owned();
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let place = Self { url, table: format!("{schema}.evt_outbox"), schema };
        place.run(&format!("CREATE SCHEMA {}", place.schema)).await;
        Some(place)
    }

    pub(crate) async fn connect(&self) -> PgConnection {
        PgConnection::connect(&self.url).await.unwrap()
    }

    pub(crate) async fn client(&self) -> tokio_postgres::Client {
        let (client, connection) = tokio_postgres::connect(&self.url, tokio_postgres::NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// Lets the outbox take half a second over each row of a partition key.
    pub(crate) async fn slow_down(&self, key: &str) {
        let (schema, table) = (&self.schema, &self.table);
        self.run(&format!(
            "CREATE FUNCTION {schema}.slow() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN PERFORM pg_sleep(0.5); RETURN NULL; END'; \
             CREATE TRIGGER slow AFTER INSERT ON {table} FOR EACH ROW \
             WHEN (NEW.partition_key = '{key}') EXECUTE FUNCTION {schema}.slow()"
        ))
        .await;
    }

    pub(crate) async fn run(&self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.connect().await).await.unwrap();
    }

    /// Rows of one text column; `{T}` stands for the outbox table.
    pub(crate) async fn texts(&self, sql: &str) -> Vec<String> {
        let sql = sql.replace("{T}", &self.table);
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut self.connect().await).await.unwrap()
    }
}

fn url() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(String, Option<ChildStdin>)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match variable("EVT_TEST_POSTGRES") {
        Some(url) => Some((url, None)),
        None => start().map(|(url, stdin)| (url, Some(stdin))),
    });
    if server.is_none() {
        skip();
    }
    server.as_ref().map(|(url, _)| url.as_str())
}

/// The server ends when its standard input is closed, which the end of this process does.
fn start() -> Option<(String, ChildStdin)> {
    const SCRIPT: &str = include_str!("server.sh");
    #[expect(clippy::disallowed_methods, reason = "the tests start a server")]
    let mut command = Command::new("sh");
    let server = command.args(["-c", SCRIPT, "sh", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = server.spawn().ok()?;
    let (stdin, stdout) = (child.stdin.take()?, child.stdout.take()?);
    let mut folder = String::new();
    BufReader::new(stdout).read_line(&mut folder).ok()?;
    let folder = folder.trim_end();
    (!folder.is_empty()).then(|| (format!("postgres:///postgres?user=postgres&host={folder}"), stdin))
}

#[expect(clippy::print_stderr, reason = "a test that did not run must be seen")]
fn skip() {
    assert!(
        variable("EVT_FORBID_SKIPS").is_none(),
        "no PostgreSQL: install one, or name one in EVT_TEST_POSTGRES"
    );
    eprintln!("SKIPPED: no PostgreSQL (install one, or name one in EVT_TEST_POSTGRES)");
}

#[expect(clippy::disallowed_methods, reason = "the environment says which server to use")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
