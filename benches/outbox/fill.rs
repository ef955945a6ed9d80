//! The rows that are there before anything is measured.

use crate::Outcome;
use crate::arguments::Arguments;
use crate::database::{Database, Kind};
use crate::filled::Filled;

/// Fills an outbox with published and dead rows, and lets the database look at them.
pub(crate) fn fill(database: &Database, arguments: &Arguments) -> Outcome<()> {
    eprintln!("{}: filling in {} published rows", database.kind.name(), arguments.rows);
    let filled = Filled {
        published: arguments.rows,
        dead: arguments.dead(),
        retrying: 0,
        discarded: 0,
        pending: 0,
        aggregates: (arguments.rows / 20).max(1),
    };
    let mut client = database.client()?;
    for statement in filled.statements(database.kind.dialect()) {
        client.run(&statement)?;
    }
    client.run(match database.kind {
        Kind::Sqlite => "ANALYZE",
        Kind::Postgres => "VACUUM ANALYZE",
    })?;
    client.run(match database.kind {
        Kind::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
        Kind::Postgres => "CHECKPOINT",
    })
}
