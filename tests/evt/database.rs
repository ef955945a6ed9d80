//! The outbox of a newcomer's project in a real database: an SQLite file, or a PostgreSQL database of its own.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::newcomer::{evt, newcomer, words};
use crate::project::{Project, Run};
use crate::server::shared;
use crate::stored::store;

/// A project with a migrated outbox.
pub(crate) struct Farm {
    pub(crate) project: Project,
    pub(crate) url: String,
    /// The PostgreSQL database, which is gone when it is dropped, and the server's address.
    database: Option<(String, String)>,
}

impl Farm {
    pub(crate) fn sqlite() -> Self {
        let project = newcomer();
        let path = project.path("evt.db");
        Self::sqlite_at(project, &path)
    }

    /// The same with the file somewhere else.
    pub(crate) fn sqlite_at(project: Project, path: &Path) -> Self {
        Self { project, url: format!("sqlite:{}", path.display()), database: None }.migrated()
    }

    /// `None` where there is no PostgreSQL.
    pub(crate) fn postgres() -> Option<Self> {
        Some(Self::on(shared()?, ""))
    }

    /// In a database of its own on a server, made with options.
    pub(crate) fn on(server: &str, options: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let database = format!("evt_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        run(server, &format!("CREATE DATABASE {database} {options}"));
        let url = named(server, &database);
        Self { project: newcomer(), url, database: Some((database, server.to_owned())) }.migrated()
    }

    /// In a PostgreSQL database that lasts no longer than its server does.
    pub(crate) fn at(url: String) -> Self {
        Self { project: newcomer(), url, database: None }.migrated()
    }

    fn migrated(self) -> Self {
        self.evt("outbox migrate").exits(0);
        self
    }

    /// Runs a command of the outbox.
    pub(crate) fn evt(&self, line: &str) -> Run {
        evt(&self.project, &format!("{line} --database {}", self.url))
    }

    /// The same, with a text on its standard input.
    pub(crate) fn piped(&self, line: &str, text: &str) -> Run {
        let line = format!("{line} --database {}", self.url);
        self.project.piped(&words(&line), text)
    }

    /// Stores one event.
    pub(crate) fn store(&self) {
        store(&self.project, &self.url, "evt_outbox");
    }

    /// Runs statements.
    pub(crate) fn run(&self, sql: &str) {
        run(&self.url, sql);
    }

    /// The name of the PostgreSQL database.
    pub(crate) fn database(&self) -> &str {
        self.database.as_ref().map(|(database, _)| database).expect("it is a PostgreSQL")
    }

    /// What of two texts is that of its database.
    pub(crate) fn either<'t>(&self, sqlite: &'t str, postgres: &'t str) -> &'t str {
        if self.database.is_none() { sqlite } else { postgres }
    }
}

impl Drop for Farm {
    fn drop(&mut self) {
        if let Some((database, server)) = &self.database {
            run(server, &format!("DROP DATABASE {database} WITH (FORCE)"));
        }
    }
}

/// The address of another database of the same server.
fn named(url: &str, database: &str) -> String {
    let options: PgConnectOptions = url.parse().expect("the server has an address");
    let (begin, rest) = url.split_once("://").expect("an address has a scheme");
    let from = rest.find('/').map_or(rest.len(), |slash| slash + 1);
    let to = rest.find('?').unwrap_or(rest.len());
    assert!(options.get_database().is_some() && from <= to, "{url} names a database");
    format!("{begin}://{}{database}{}", &rest[..from], &rest[to..])
}

/// Runs statements in a database.
fn run(url: &str, sql: &str) {
    let done = wait(async {
        if url.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(url).await?;
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
            return connection.close().await;
        }
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await?;
        connection.close().await
    });
    done.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Waits for a database.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be started").block_on(work)
}
