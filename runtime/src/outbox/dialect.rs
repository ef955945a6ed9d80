/// Whose SQL it is.
///
/// ```
/// use evt_runtime::outbox::{Dialect, migration_sql};
/// assert_ne!(migration_sql(Dialect::Postgres, "evt_outbox")?, migration_sql(Dialect::Sqlite, "evt_outbox")?);
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL 13 and later.
    Postgres,
    /// SQLite 3.37 and later.
    Sqlite,
}
