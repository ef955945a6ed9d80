use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the statements that write events are kept prepared on a PostgreSQL connection: by sqlx, and by tokio-postgres
/// where there are `PreparedStatements`.
///
/// ```
/// use evt_runtime::outbox::Prepared;
///
/// assert_eq!(Prepared::default(), Prepared::OnConnections);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prepared {
    /// They are prepared once on each connection: from then on an insert is one round trip.
    #[default]
    OnConnections,
    /// Nothing stays on a connection: an insert is two round trips. A pooler that gives each transaction another
    /// connection (PgBouncer's `pool_mode = transaction`, without `max_prepared_statements`) needs that, and that events
    /// are written inside of a transaction.
    Never,
}

static NEVER: AtomicBool = AtomicBool::new(false);

/// Sets that for this process. sqlx's `statement_cache_capacity(0)` alone does not do it: with that, each insert leaves a
/// prepared statement on the server.
///
/// ```
/// use evt_runtime::outbox::{self, Prepared};
///
/// outbox::set_prepared(Prepared::Never);
/// ```
pub fn set_prepared(prepared: Prepared) {
    NEVER.store(prepared == Prepared::Never, Ordering::Relaxed);
}

pub(crate) fn prepared() -> Prepared {
    if NEVER.load(Ordering::Relaxed) { Prepared::Never } else { Prepared::OnConnections }
}
