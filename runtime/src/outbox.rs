//! The outbox: tables that events are written to inside the caller's own transaction, and published from afterwards.
//!
//! [`migrate`] creates them, and nothing else does; a service [`check`]s them when it starts. A
//! [`Connection`](crate::Connection) or a [`SyncConnection`](crate::SyncConnection) of a driver writes to them; each
//! driver is a feature of its own: `sqlx-postgres`, `sqlx-sqlite`, `tokio-postgres`, `rusqlite`. Any other driver can run
//! [`Insert`]s, whose rows [`Answers`] make sense of.
//!
//! On PostgreSQL a batch is one statement and one round trip, whatever its size and its tables; where events are strictly
//! ordered, it takes their locks too. So a connection without a transaction writes all of it or nothing, in the order in
//! which writers of a key commit, and whoever stops waiting leaves nothing half-written. A duplicate leaves the
//! transaction usable under READ COMMITTED. On SQLite a row is two prepared statements; begin transactions with
//! `BEGIN IMMEDIATE`, because a deferred one that read first is refused as soon as another connection writes; beside a
//! relay, by `begin_immediate` (feature `operator`), which finds the file free as soon as the relay does.

#![cfg_attr(
    not(all(
        feature = "sqlx-postgres",
        feature = "sqlx-sqlite",
        feature = "tokio-postgres",
        feature = "rusqlite"
    )),
    allow(dead_code, unused_imports, reason = "each driver uses its part")
)]

mod answers;
mod batch;
mod capture;
mod check;
mod column;
mod dialect;
mod driver;
mod insert;
mod lane;
mod layout;
mod limit;
mod migrate;
#[cfg(feature = "operator")]
pub mod operator;
mod prepared;
mod session;
mod sql;
mod table;

pub use answers::Answers;
pub use capture::{BadSlot, Slot, capture_sql};
pub use check::{CheckError, check, check_sync};
pub use dialect::Dialect;
#[cfg(feature = "tokio-postgres")]
pub use driver::{OnPrepared, PreparedStatements};
pub use insert::{Insert, Param};
pub use lane::lane;
pub use layout::{LAYOUT, Part, grants_sql, migration_sql, operator_grants_sql, relay_grants_sql};
pub use limit::set_max_payload;
pub use migrate::{Migrate, MigrateError, MigrateSync, Migrated, migrate, migrate_sync};
#[cfg(feature = "operator")]
pub use operator::begin::begin_immediate;
pub use prepared::{Prepared, set_prepared};

pub(crate) use answers::Found;
pub(crate) use batch::Batch;
