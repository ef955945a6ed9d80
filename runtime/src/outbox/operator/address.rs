//! The address of a database.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};

use super::session::Pool;
use super::{Outbox, OutboxError};

/// Where a PostgreSQL database is, for a program that connects by itself.
///
/// ```
/// use evt_runtime::outbox::operator::Outbox;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let outbox = Outbox::open("postgres://anna:secret@db.farm/farm?sslmode=require", "evt_outbox")?;
/// let address = outbox.postgres_address().ok_or("it is no PostgreSQL")?;
/// assert_eq!((address.host.as_deref(), address.port), (Some("db.farm"), 5432));
/// assert_eq!((address.user.as_str(), address.database.as_str()), ("anna", "farm"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresAddress {
    /// The host; `None` where the address names a socket.
    pub host: Option<String>,
    /// The port.
    pub port: u16,
    /// The role.
    pub user: String,
    /// The database.
    pub database: String,
    /// How far TLS goes, as libpq writes it: `prefer`, `verify-full` …
    pub ssl_mode: &'static str,
}

impl Outbox {
    /// Where the database is; `None` where that is no PostgreSQL.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// assert_eq!(Outbox::open("sqlite:farm.db", "evt_outbox")?.postgres_address(), None);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn postgres_address(&self) -> Option<PostgresAddress> {
        let Pool::Postgres(pool) = &self.pool else { return None };
        let options = pool.connect_options();
        let host = options.get_host();
        let is_socket = options.get_socket().is_some() || host.starts_with('/');
        let user = options.get_username();
        Some(PostgresAddress {
            host: (!is_socket).then(|| host.to_owned()),
            port: options.get_port(),
            user: user.to_owned(),
            database: options.get_database().unwrap_or(user).to_owned(),
            ssl_mode: ssl_mode(options.get_ssl_mode()),
        })
    }
}

fn ssl_mode(mode: PgSslMode) -> &'static str {
    match mode {
        PgSslMode::Disable => "disable",
        PgSslMode::Allow => "allow",
        PgSslMode::Prefer => "prefer",
        PgSslMode::Require => "require",
        PgSslMode::VerifyCa => "verify-ca",
        PgSslMode::VerifyFull => "verify-full",
    }
}

/// How long a statement waits for somebody else's: SQLite for another writer, PostgreSQL for a lock.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// One for what is done, one for what is renewed or watched meanwhile.
const MOST_CONNECTIONS: u32 = 4;

/// The connections to the database at `url`, and where that is. None is made yet.
pub(super) fn pool(url: &str, timeout: Duration) -> Result<(Pool, String), OutboxError> {
    let refused = |reason: String| OutboxError::Address { reason };
    match url.split_once(':') {
        Some(("postgres" | "postgresql", _)) => {
            let options = PgConnectOptions::from_str(url).map_err(|error| refused(unspoken(url, &error)))?;
            if options.get_database().is_some_and(|database| database.contains('@')) {
                // It is the rest of a password, which nobody may see.
                return Err(refused(
                    "has an `@` behind a `/`: in a password `/` is written as `%2F`".to_owned(),
                ));
            }
            let options =
                options.statement_cache_capacity(0).extra_float_digits(None).application_name("evt");
            let place = postgres_place(&options);
            let pool = PgPoolOptions::new().max_connections(MOST_CONNECTIONS).acquire_timeout(timeout);
            Ok((Pool::Postgres(pool.connect_lazy_with(options)), place))
        }
        Some(("sqlite", _)) => {
            let options =
                SqliteConnectOptions::from_str(url).map_err(|error| refused(unspoken(url, &error)))?;
            let options = options.busy_timeout(BUSY_TIMEOUT).synchronous(SqliteSynchronous::Full);
            let place = sqlite_place(&options);
            // Each connection to a database in memory is a database of its own.
            let is_in_memory = url.contains(":memory:") || url.contains("mode=memory");
            let most = if is_in_memory { 1 } else { MOST_CONNECTIONS };
            let pool = SqlitePoolOptions::new().max_connections(most).acquire_timeout(timeout);
            let pool = if is_in_memory { pool.idle_timeout(None).max_lifetime(None) } else { pool };
            Ok((Pool::Sqlite(pool.connect_lazy_with(options)), place))
        }
        _ => Err(refused("begins with neither `postgres:` nor `sqlite:`".to_owned())),
    }
}

/// What is wrong with an address, unless that repeats a part of it.
fn unspoken(url: &str, error: &sqlx::Error) -> String {
    let told = match error {
        sqlx::Error::Configuration(reason) => reason.to_string(),
        other => other.to_string(),
    };
    let secret = url.split_once("://").and_then(|(_, rest)| rest.rsplit_once('@')).map(|(secret, _)| secret);
    let repeats =
        secret.is_some_and(|secret| secret.split(':').any(|part| !part.is_empty() && told.contains(part)));
    if repeats { "cannot be read".to_owned() } else { format!("cannot be read: {told}") }
}

/// Where a PostgreSQL database is, without a password.
pub(super) fn postgres_place(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    let (user, database) = (options.get_username(), options.get_database());
    format!("postgres://{user}@{host}/{}", database.unwrap_or(user))
}

/// Where an SQLite database is.
pub(super) fn sqlite_place(options: &SqliteConnectOptions) -> String {
    format!("sqlite:{}", options.get_filename().display())
}
