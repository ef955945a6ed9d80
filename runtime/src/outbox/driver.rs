//! One file for each driver.

#[cfg(feature = "rusqlite")]
mod rusqlite;
#[cfg(feature = "sqlx-postgres")]
mod sqlx_postgres;
#[cfg(feature = "sqlx-sqlite")]
mod sqlx_sqlite;
#[cfg(feature = "tokio-postgres")]
mod tokio_postgres;

/// The SQLSTATE of PostgreSQL for a table that is not there.
#[cfg(any(feature = "sqlx-postgres", feature = "tokio-postgres"))]
const UNDEFINED_TABLE: &str = "42P01";

/// How SQLite begins to say the same.
#[cfg(any(feature = "rusqlite", feature = "sqlx-sqlite"))]
const NO_SUCH_TABLE: &str = "no such table";
