//! A PostgreSQL whose log can be read, and a reader of it: what a connector for change-data capture stands on.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

use crate::database::{Farm, wait};
use crate::server::Server;

/// A server of a test's own; `None` where there is no PostgreSQL.
pub(crate) fn server() -> Option<Server> {
    let mut server = Server::own()?;
    for setting in ["wal_level = logical", "max_replication_slots = 100"] {
        run(&server.url(), &format!("ALTER SYSTEM SET {setting}")).expect("the server has settings");
    }
    for (order, answer) in [("stop", "stopped"), ("start", "started")] {
        assert_eq!(server.order(order).as_deref(), Some(answer));
    }
    Some(server)
}

/// A project with a database of this name in a server that the tests here share.
pub(crate) fn farm(name: &str) -> Option<Farm> {
    static SERVER: OnceLock<Option<Server>> = OnceLock::new();
    let server = SERVER.get_or_init(server).as_ref()?.url();
    let _alone = alone();
    run(&server, &format!("CREATE DATABASE {name}")).expect("a database can be made");
    Some(Farm::at(server.replacen("/postgres?", &format!("/{name}?"), 1)))
}

/// A slot is handed over to when all transactions that began before it have ended: none that takes long may begin while
/// one is made, in any database of the server.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the statements of a script one by one, as psql does; gives the first refusal.
pub(crate) fn script(url: &str, script: &str) -> Result<(), String> {
    let _alone = alone();
    script.split(";\n").filter(|sql| !sql.trim().is_empty()).try_for_each(|sql| run(url, sql))
}

pub(crate) fn run(url: &str, sql: &str) -> Result<(), String> {
    let done = wait(async {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    });
    done.map_err(|error: sqlx::Error| error.to_string())
}

/// A transaction that has a number, and stays open.
pub(crate) struct Open {
    runtime: tokio::runtime::Runtime,
    connection: PgConnection,
}

impl Open {
    pub(crate) fn begin(url: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be started");
        let connection = runtime.block_on(async {
            let mut connection = PgConnection::connect(url).await?;
            sqlx::raw_sql("BEGIN; SELECT pg_current_xact_id()").execute(&mut connection).await?;
            Ok::<_, sqlx::Error>(connection)
        });
        Self { runtime, connection: connection.expect("a transaction can be begun") }
    }

    pub(crate) fn end(mut self) {
        let ended = self.runtime.block_on(sqlx::raw_sql("ROLLBACK").execute(&mut self.connection));
        ended.expect("a transaction can be ended");
    }
}

/// The only value of the only row, as a text.
pub(crate) fn text(url: &str, sql: &str) -> String {
    let row = wait(async {
        let mut connection = PgConnection::connect(url).await?;
        let row = sqlx::query_scalar(AssertSqlSafe(format!("SELECT ({sql})::text")));
        let row = row.fetch_one(&mut connection).await;
        connection.close().await?;
        row
    });
    row.unwrap_or_else(|error: sqlx::Error| panic!("{sql}: {error}"))
}

/// What a slot has to say.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    /// The kinds of messages: `B`, `I`, `C` …
    pub(crate) kinds: Vec<char>,
    /// The inserted rows, by the names of their columns; what is NULL is left out.
    pub(crate) rows: Vec<BTreeMap<String, String>>,
    /// Every column that the rows have.
    pub(crate) columns: Vec<String>,
}

/// What a slot has to say, without confirming it. The publication is called as the slot is.
pub(crate) fn peek(url: &str, slot: &str) -> Stream {
    let sql = format!(
        "SELECT data FROM pg_logical_slot_peek_binary_changes('{slot}', NULL, NULL, 'proto_version', '1', \
         'publication_names', '{slot}')"
    );
    let messages = wait(async {
        let mut connection = PgConnection::connect(url).await?;
        let messages = sqlx::query(AssertSqlSafe(sql)).fetch_all(&mut connection).await;
        connection.close().await?;
        messages
    });
    let messages = messages.unwrap_or_else(|error: sqlx::Error| panic!("{slot} can be read: {error}"));
    let mut stream = Stream::default();
    for message in messages {
        stream.read(&message.get::<Vec<u8>, _>(0));
    }
    stream
}

impl Stream {
    /// Reads a message. Source: <https://www.postgresql.org/docs/15/protocol-logicalrep-message-formats.html>
    fn read(&mut self, message: &[u8]) {
        let mut bytes = Bytes(message);
        let kind = char::from(bytes.take(1)[0]);
        self.kinds.push(kind);
        bytes.take(if "RI".contains(kind) { 4 } else { 0 });
        if kind == 'R' {
            for _ in 0..2 {
                bytes.word();
            }
            bytes.take(1);
            self.columns = (0..bytes.short()).map(|_| bytes.column()).collect();
        }
        if kind == 'I' {
            assert_eq!(bytes.take(1), b"N");
            let values: Vec<_> = (0..bytes.short()).map(|_| bytes.value()).collect();
            let row = self.columns.iter().cloned().zip(values);
            self.rows.push(row.filter_map(|(name, value)| Some((name, value?))).collect());
        }
    }
}

struct Bytes<'b>(&'b [u8]);

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(count);
        self.0 = rest;
        taken
    }

    fn short(&mut self) -> u16 {
        u16::from_be_bytes(self.take(2).try_into().expect("it has two bytes"))
    }

    fn word(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0).expect("a word ends");
        let word = String::from_utf8_lossy(self.take(end)).into_owned();
        self.take(1);
        word
    }

    fn column(&mut self) -> String {
        self.take(1);
        let name = self.word();
        self.take(8);
        name
    }

    fn value(&mut self) -> Option<String> {
        match self.take(1) {
            b"n" => None,
            b"t" => {
                let size = u32::from_be_bytes(self.take(4).try_into().expect("it has four bytes"));
                let size = usize::try_from(size).expect("it fits into memory");
                Some(String::from_utf8_lossy(self.take(size)).into_owned())
            }
            kind => panic!("a value of an insert is not {kind:?}"),
        }
    }
}
