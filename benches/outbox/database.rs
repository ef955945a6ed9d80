//! A database of the benchmark's own, gone when it is dropped.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use evt_runtime::outbox::Dialect;
use sqlx::postgres::PgConnectOptions;

use crate::Outcome;
use crate::client::Client;
use crate::server;

/// The outbox table.
pub(crate) const TABLE: &str = "evt_outbox";

/// Of which kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A database with an outbox.
pub(crate) struct Database {
    pub(crate) kind: Kind,
    pub(crate) url: String,
    place: Place,
}

enum Place {
    Folder(PathBuf),
    Name(String),
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }

    pub(crate) fn dialect(self) -> Dialect {
        match self {
            Self::Sqlite => Dialect::Sqlite,
            Self::Postgres => Dialect::Postgres,
        }
    }
}

impl Database {
    /// Makes one, with the tables of an empty outbox.
    pub(crate) fn make(kind: Kind) -> Outcome<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("evt_bench_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let database = match kind {
            Kind::Sqlite => Self::sqlite(&name)?,
            Kind::Postgres => Self::postgres(name)?,
        };
        database.client()?.migrate()?;
        Ok(database)
    }

    fn sqlite(name: &str) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outbox-bench").join(name);
        fs::create_dir_all(&folder)?;
        let url = format!("sqlite:{}", folder.join("evt.db").display());
        Ok(Self { kind: Kind::Sqlite, url, place: Place::Folder(folder) })
    }

    fn postgres(name: String) -> Outcome<Self> {
        let server = server::url()?;
        Client::connect(server)?.run(&format!("CREATE DATABASE {name}"))?;
        let url = named(server, &name)?;
        Ok(Self { kind: Kind::Postgres, url, place: Place::Name(name) })
    }

    /// A connection to it.
    pub(crate) fn client(&self) -> Outcome<Client> {
        Client::connect(&self.url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let gone = match &self.place {
            Place::Folder(folder) => fs::remove_dir_all(folder).map_err(Into::into),
            Place::Name(name) => server::url()
                .and_then(Client::connect)
                .and_then(|mut server| server.run(&format!("DROP DATABASE {name} WITH (FORCE)"))),
        };
        if let Err(error) = gone {
            eprintln!("left behind: {}: {error}", self.url);
        }
    }
}

/// The address of another database of the same server.
fn named(url: &str, database: &str) -> Outcome<String> {
    url.parse::<PgConnectOptions>()?;
    let (scheme, rest) = url.split_once("://").ok_or("an address has a scheme")?;
    let (place, query) = rest.split_once('?').map_or((rest, None), |(place, query)| (place, Some(query)));
    let host = place.split('/').next().unwrap_or_default();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{scheme}://{host}/{database}{query}"))
}
