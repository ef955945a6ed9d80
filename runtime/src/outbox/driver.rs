//! One file for each driver.

#[cfg(feature = "rusqlite")]
mod rusqlite;
#[cfg(feature = "sqlx-postgres")]
mod sqlx_postgres;
#[cfg(feature = "sqlx-sqlite")]
mod sqlx_sqlite;
#[cfg(feature = "tokio-postgres")]
mod tokio_postgres;

#[cfg(any(feature = "sqlx-postgres", feature = "tokio-postgres"))]
use crate::outbox::Batch;

/// The table that PostgreSQL misses, by the SQLSTATE and the message of an error: it says which in words alone, and those
/// are in the language of the server.
#[cfg(any(feature = "sqlx-postgres", feature = "tokio-postgres"))]
fn missing_table(code: &str, message: &str, batches: &[Batch<'_>]) -> Option<String> {
    const UNDEFINED_TABLE: &str = "42P01";
    if code != UNDEFINED_TABLE {
        return None;
    }
    let tables = || batches.iter().map(|batch| batch.table.text());
    let named = tables().filter(|table| message.contains(table)).max_by_key(|table| table.len());
    named.or_else(|| tables().next()).map(str::to_owned)
}

/// How SQLite begins to say the same.
#[cfg(any(feature = "rusqlite", feature = "sqlx-sqlite"))]
const NO_SUCH_TABLE: &str = "no such table";
