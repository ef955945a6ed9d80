//! What the tables look like, by version.
//!
//! A step that raises `compatible_from` makes the statements of the writers before it fail, which do not look at the
//! layout: by a `CHECK … NOT VALID` (PostgreSQL) or a trigger that raises (SQLite), called `{I_newer_writers}`, over a
//! column that they do not name. By that name they know why ([`NEWER_WRITERS`]).

use crate::outbox::migrate::MigrateError;
use crate::outbox::table::Table;
use crate::outbox::{Dialect, Migrated};

crate::words! {
    /// A part of a layout.
    ///
    /// ```
    /// assert_eq!(evt_runtime::outbox::Part::Index.as_str(), "index");
    /// ```
    Part {
        /// A table.
        Table = "table",
        /// An index.
        Index = "index",
        /// A view.
        View = "view",
        /// A trigger.
        Trigger = "trigger",
    }
}

/// The layout of the tables that this crate writes to.
pub const LAYOUT: u32 = 1;

/// What the name of the constraint ends in that keeps older writers out.
pub(crate) const NEWER_WRITERS: &str = "_newer_writers";

/// The step to each layout, from 1: statements, one blank line apart.
const POSTGRES: [&str; 1] = [include_str!("layout/1.postgres.sql")];
const SQLITE: [&str; 1] = [include_str!("layout/1.sqlite.sql")];

/// The statements that create the tables of an outbox, for those who run them with a tool of their own.
///
/// # Errors
/// A table's name that cannot be.
///
/// ```
/// use evt_runtime::outbox::{Dialect, migration_sql};
/// let statements = migration_sql(Dialect::Postgres, "tenant.evt_outbox")?;
/// assert!(statements.iter().any(|sql| sql.starts_with(r#"CREATE TABLE "tenant"."evt_outbox" ("#)));
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
pub fn migration_sql(dialect: Dialect, table: &str) -> Result<Vec<String>, MigrateError> {
    Ok(steps(dialect, parse(dialect, table)?, 0))
}

/// What a PostgreSQL role must be granted that writes events and [looks](super::check) whether it can, and nothing else.
///
/// # Errors
/// A table's name that cannot be.
///
/// ```
/// let grants = evt_runtime::outbox::grants_sql("evt_outbox", "farm")?;
/// assert_eq!(grants[1], r#"GRANT INSERT, SELECT (seq) ON "evt_outbox_work" TO "farm""#);
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
pub fn grants_sql(table: &str, role: &str) -> Result<Vec<String>, MigrateError> {
    granted(table, role, &WRITER)
}

/// What a PostgreSQL role must be granted that does all that operators do: [`operator`](super::operator).
///
/// # Errors
/// A table's name that cannot be.
///
/// ```
/// let grants = evt_runtime::outbox::operator_grants_sql("evt_outbox", "anna")?;
/// assert_eq!(grants[0], r#"GRANT SELECT, INSERT, DELETE ON "evt_outbox" TO "anna""#);
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
pub fn operator_grants_sql(table: &str, role: &str) -> Result<Vec<String>, MigrateError> {
    granted(table, role, &OPERATOR)
}

/// What a PostgreSQL role must be granted that runs a relay.
///
/// # Errors
/// A table's name that cannot be.
///
/// ```
/// let grants = evt_runtime::outbox::relay_grants_sql("evt_outbox", "relay")?;
/// assert_eq!(grants[0], r#"GRANT SELECT ON "evt_outbox" TO "relay""#);
/// # Ok::<(), evt_runtime::outbox::MigrateError>(())
/// ```
pub fn relay_grants_sql(table: &str, role: &str) -> Result<Vec<String>, MigrateError> {
    granted(table, role, &RELAY)
}

fn granted(table: &str, role: &str, rights: &[(&str, &str)]) -> Result<Vec<String>, MigrateError> {
    let table = parse(Dialect::Postgres, table)?;
    let role = role.replace('"', "\"\"");
    let schema = table.schema().map(|schema| format!("GRANT USAGE ON SCHEMA {schema}"));
    let grants = rights.iter().map(|(rights, of)| format!("GRANT {rights} ON {}", table.fill(of)));
    Ok(schema.into_iter().chain(grants).map(|grant| format!("{grant} TO \"{role}\"")).collect())
}

const WRITER: [(&str, &str); 3] = [
    ("INSERT, SELECT (seq, id, event_name, route, lane, idempotency_key)", "{T}"),
    ("INSERT, SELECT (seq)", "{T_work}"),
    ("SELECT", "{T_layout}"),
];

const OPERATOR: [(&str, &str); 11] = [
    ("SELECT, INSERT, DELETE", "{T}"),
    ("SELECT, INSERT, UPDATE, DELETE", "{T_work}"),
    ("SELECT, INSERT, DELETE", "{T_published}"),
    ("SELECT, UPDATE", "{T_lane}"),
    ("SELECT, INSERT, UPDATE, DELETE", "{T_key}"),
    ("SELECT, INSERT, DELETE", "{T_attempt}"),
    ("SELECT, INSERT, UPDATE", "{T_audit}"),
    ("SELECT, INSERT, DELETE", "{T_pause}"),
    ("SELECT", "{T_relay}"),
    ("SELECT", "{T_layout}"),
    ("SELECT", "{T_rows}"),
];

const RELAY: [(&str, &str); 11] = [
    ("SELECT", "{T}"),
    ("SELECT, UPDATE, DELETE", "{T_work}"),
    ("SELECT, INSERT", "{T_published}"),
    ("SELECT, UPDATE", "{T_lane}"),
    ("SELECT, INSERT, UPDATE, DELETE", "{T_key}"),
    ("SELECT, INSERT", "{T_attempt}"),
    ("SELECT, INSERT, UPDATE", "{T_audit}"),
    ("SELECT", "{T_pause}"),
    ("SELECT, INSERT, UPDATE, DELETE", "{T_relay}"),
    ("SELECT", "{T_layout}"),
    ("SELECT", "{T_rows}"),
];

pub(crate) fn parse(dialect: Dialect, table: &str) -> Result<Table<'_>, MigrateError> {
    Table::parse(table, dialect).map_err(|reason| MigrateError::Table { table: table.to_owned(), reason })
}

/// The layout that a database has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) version: i64,
    pub(crate) compatible_from: i64,
}

impl Stored {
    pub(crate) fn version(self) -> u32 {
        u32::try_from(self.version).unwrap_or(u32::MAX)
    }

    /// Whether this program cannot live with it.
    pub(crate) fn is_too_new(self) -> bool {
        self.compatible_from > i64::from(LAYOUT)
    }
}

/// What is to be asked and run, in one transaction.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration<'n> {
    pub(crate) dialect: Dialect,
    pub(crate) table: Table<'n>,
}

impl<'n> Migration<'n> {
    pub(crate) fn new(dialect: Dialect, table: &'n str) -> Result<Self, MigrateError> {
        Ok(Self::of(dialect, parse(dialect, table)?))
    }

    pub(crate) fn of(dialect: Dialect, table: Table<'n>) -> Self {
        Self { dialect, table }
    }

    /// Lets one migration of a database wait for another; SQLite's transaction does that by itself.
    pub(crate) const POSTGRES_LOCK: &'static str = "SELECT pg_advisory_xact_lock(7308895158383075442)";

    /// Lets readers and a writer of an SQLite file work at once, from now on; in memory it changes nothing. Outside of a
    /// transaction.
    pub(crate) const SQLITE_JOURNAL: &'static str = "PRAGMA journal_mode = WAL";

    /// How often that is tried while others migrate or write.
    pub(crate) const SQLITE_ATTEMPTS: usize = 100;

    /// Counts, as a 64-bit number, whether there is a layout to read.
    pub(crate) fn is_there(self) -> String {
        match self.dialect {
            Dialect::Postgres => format!("SELECT count(to_regclass({}))", self.table.literal("_layout")),
            Dialect::Sqlite => {
                let name = self.table.bare_literal("_layout");
                format!(
                    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = {name} COLLATE NOCASE"
                )
            }
        }
    }

    /// Reads it: two 64-bit numbers.
    pub(crate) fn stored(self) -> String {
        self.table.fill(
            "SELECT CAST(version AS bigint), CAST(compatible_from AS bigint) FROM {T_layout} \
             ORDER BY version DESC LIMIT 1",
        )
    }

    /// What is left to run on a database that has `stored`.
    pub(crate) fn rest(self, stored: Option<Stored>) -> Result<(Vec<String>, Migrated), MigrateError> {
        let Some(stored) = stored else {
            let migrated = Migrated { before: None, now: LAYOUT };
            return Ok((steps(self.dialect, self.table, 0), migrated));
        };
        let version = stored.version();
        if stored.is_too_new() {
            return Err(MigrateError::TooNew { table: self.table.text().to_owned(), version, known: LAYOUT });
        }
        let migrated = Migrated { before: Some(version), now: version.max(LAYOUT) };
        Ok((steps(self.dialect, self.table, version), migrated))
    }
}

fn steps(dialect: Dialect, table: Table<'_>, after: u32) -> Vec<String> {
    let done = usize::try_from(after).unwrap_or(usize::MAX);
    templates(dialect).skip(done).flatten().map(|statement| table.fill(statement)).collect()
}

/// The statements of each step, with holes for the names.
fn templates(dialect: Dialect) -> impl Iterator<Item = impl Iterator<Item = &'static str>> {
    let all = match dialect {
        Dialect::Postgres => &POSTGRES,
        Dialect::Sqlite => &SQLITE,
    };
    all.iter().map(|step| step.trim_end().split("\n\n"))
}

/// How a statement begins that makes something, up to its name.
#[cfg(feature = "operator")]
const MAKES: [(&str, Part); 5] = [
    ("CREATE TABLE {T", Part::Table),
    ("CREATE INDEX {I", Part::Index),
    ("CREATE UNIQUE INDEX {I", Part::Index),
    ("CREATE VIEW {T", Part::View),
    ("CREATE TRIGGER {I", Part::Trigger),
];

/// What the steps up to `layout` make: kind, bare name, and the statement.
#[cfg(feature = "operator")]
pub(crate) fn made(dialect: Dialect, table: Table<'_>, layout: u32) -> Vec<(Part, String, String)> {
    let steps = usize::try_from(layout).unwrap_or(usize::MAX);
    let made = templates(dialect).take(steps).flatten().filter_map(|statement| {
        let (part, rest) =
            MAKES.iter().find_map(|(begin, part)| statement.strip_prefix(begin).map(|rest| (*part, rest)))?;
        let (suffix, _) = rest.split_once('}')?;
        Some((part, table.bare(suffix), table.fill(statement)))
    });
    made.collect()
}

#[cfg(test)]
mod tests {
    use super::{Dialect, Migration, Part, Stored, made, parse};

    #[test]
    fn all_that_a_layout_makes_is_known_by_name() {
        for dialect in [Dialect::Postgres, Dialect::Sqlite] {
            let made = made(dialect, parse(dialect, "evt_outbox").unwrap(), super::LAYOUT);
            let statements = super::migration_sql(dialect, "evt_outbox").unwrap();
            let creates = statements.iter().filter(|sql| sql.starts_with("CREATE ")).count();
            assert_eq!(made.len(), creates);
            let has = |kind, name: &str| made.iter().any(|(part, made, _)| *part == kind && made == name);
            assert!(has(Part::Table, "evt_outbox") && has(Part::Index, "evt_outbox_work_lane"));
            assert!(has(Part::View, "evt_outbox_rows"));
        }
    }

    #[test]
    fn a_database_is_refused_only_when_it_asks_for_a_newer_program() {
        let migration = Migration::new(Dialect::Sqlite, "evt_outbox").unwrap();
        let newer = Stored { version: 9, compatible_from: 1 };
        let (left, migrated) = migration.rest(Some(newer)).unwrap();
        assert_eq!((left.len(), migrated.now), (0, 9));
        let too_new = Stored { version: 9, compatible_from: 2 };
        assert_eq!(
            migration.rest(Some(too_new)).unwrap_err().to_string(),
            "the outbox `evt_outbox` has layout 9, this program knows layout 1: use a newer version of it"
        );
    }
}
