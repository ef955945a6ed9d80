//! A PostgreSQL for the tests: the one that `EVT_TEST_POSTGRES` names, else one that is started from installed binaries
//! and ends with this process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{ChildStdin, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use evt_runtime::outbox;
use sqlx::postgres::PgConnectOptions;
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
        Some(Self::at(url()?).await)
    }

    /// A schema without one, on any server.
    pub(crate) async fn at(url: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let url = url.to_owned();
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let place = Self { url, table: format!("{schema}.evt_outbox"), schema };
        place.run(&format!("CREATE SCHEMA {}", place.schema)).await;
        place
    }

    pub(crate) async fn connect(&self) -> PgConnection {
        connect(&self.url).await
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
        sqlx::query_scalar(AssertSqlSafe(sql))
            .persistent(false)
            .fetch_all(&mut self.connect().await)
            .await
            .unwrap()
    }
}

/// A connection to a server, or to a pooler, which refuses what sqlx asks for otherwise.
pub(crate) async fn connect(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    PgConnection::connect_with(&options.extra_float_digits(None)).await.unwrap()
}

/// A server that is started from installed binaries. It ends when its standard input is closed, which the end of this
/// process does.
pub(crate) struct Server {
    folder: String,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Server {
    /// A server of a test's own, for what would disturb others; `None` where there is no PostgreSQL.
    pub(crate) fn own() -> Option<Self> {
        let server = Self::start();
        if server.is_none() {
            skip(NO_POSTGRES);
        }
        server
    }

    fn start() -> Option<Self> {
        const SCRIPT: &str = include_str!("server.sh");
        #[expect(clippy::disallowed_methods, reason = "the tests start a server")]
        let mut command = Command::new("sh");
        let server = command.args(["-c", SCRIPT, "sh", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = server.spawn().ok()?;
        let (stdin, stdout) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut server = Self { folder: String::new(), stdin, stdout };
        server.folder = server.answer();
        (!server.folder.is_empty()).then_some(server)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres:///postgres?user=postgres&host={}", self.folder)
    }

    /// The folder of its socket.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// Has its script do something.
    pub(crate) fn order(&mut self, order: &str) -> String {
        writeln!(self.stdin, "{order}").unwrap();
        self.answer()
    }

    /// Puts a pooler in transaction mode before it, and gives the pooler's address; `None` where there is none.
    pub(crate) fn pooler(&mut self) -> Option<String> {
        if self.order("pooler") == "missing" {
            skip("no PgBouncer: install one");
            return None;
        }
        Some(format!("{}&port=6432", self.url()))
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }
}

fn url() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(String, Option<Server>)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match variable("EVT_TEST_POSTGRES") {
        Some(url) => Some((url, None)),
        None => Server::start().map(|server| (server.url(), Some(server))),
    });
    if server.is_none() {
        skip(NO_POSTGRES);
    }
    server.as_ref().map(|(url, _)| url.as_str())
}

const NO_POSTGRES: &str = "no PostgreSQL: install one, or name one in EVT_TEST_POSTGRES";

#[expect(clippy::print_stderr, reason = "a test that did not run must be seen")]
fn skip(why: &str) {
    assert!(variable("EVT_FORBID_SKIPS").is_none(), "{why}");
    eprintln!("SKIPPED: {why}");
}

#[expect(clippy::disallowed_methods, reason = "the environment says which server to use")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
