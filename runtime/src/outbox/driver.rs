//! One file for each driver.

#[cfg(feature = "rusqlite")]
mod rusqlite;
#[cfg(feature = "sqlx-postgres")]
pub(crate) mod sqlx_postgres;
#[cfg(feature = "sqlx-sqlite")]
mod sqlx_sqlite;
#[cfg(feature = "tokio-postgres")]
mod tokio_postgres;

#[cfg(feature = "tokio-postgres")]
pub use tokio_postgres::{OnPrepared, PreparedStatements};

use crate::error::EmitError;
use crate::outbox::Batch;
use crate::outbox::layout::{LAYOUT, NEWER_WRITERS};
use crate::outbox::table::Table;

/// What PostgreSQL means by an SQLSTATE and a message, where it is about the outbox as such. It says which table it misses
/// in words alone, and those are in the language of the server.
fn postgres_refusal(code: &str, message: &str, batches: &[Batch<'_>]) -> Option<EmitError> {
    const UNDEFINED_TABLE: &str = "42P01";
    let tables = || batches.iter().map(|batch| batch.table);
    if code != UNDEFINED_TABLE {
        return tables().find_map(|table| too_new(message, table));
    }
    let named =
        tables().filter(|table| message.contains(table.text())).max_by_key(|table| table.text().len());
    named.or_else(|| tables().next()).map(not_migrated)
}

/// What SQLite means by a message, where it is about the outbox as such.
fn sqlite_refusal(message: &str, table: Table<'_>) -> Option<EmitError> {
    if message.starts_with("no such table") { Some(not_migrated(table)) } else { too_new(message, table) }
}

fn not_migrated(table: Table<'_>) -> EmitError {
    EmitError::NotMigrated { table: table.text().to_owned() }
}

/// The constraint that keeps older writers out is named by the message, in every language.
fn too_new(message: &str, table: Table<'_>) -> Option<EmitError> {
    let keeps_out = message.contains(&table.bare(NEWER_WRITERS));
    keeps_out.then(|| EmitError::TooNew { table: table.text().to_owned(), known: LAYOUT })
}
