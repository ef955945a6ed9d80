//! The statements of a writer. Each names its columns.

mod postgres;

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use crate::outbox::column::COLUMNS;
use crate::outbox::table::Table;

pub(crate) use postgres::several;

/// A statement on one table, with parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Statement {
    /// Inserts one row, or finds the one that it is a duplicate of; its place is `$1`. Without arrays PostgreSQL plans
    /// once.
    PostgresOne(Form),
    /// Inserts rows, which come as arrays, one a column, and finds the duplicates among them.
    PostgresMany(Form),
    /// Finds the rows that `$2` (names) and `$3` (keys) are duplicates of.
    PostgresAgain,
    /// Inserts one row, unless it is a duplicate.
    SqliteInsert,
    /// Inserts the row of work of what was inserted just before, if it was.
    SqliteWork,
    /// Inserts the row of work of a row whose place is known.
    SqliteWorkAt,
    /// Both inserts in one statement, and a second one that reads the row's place, if it is new.
    SqliteAtomic,
    /// The same for [`SQLITE_MANY`] rows: ids and places of those that are new, as one row: who waits is woken for each.
    SqliteAtomicMany,
    /// Reads what a row, whose place comes first, is a duplicate of.
    SqliteStored,
}

/// What an insert has to do besides.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) keys: Keys,
    pub(crate) locks: Locks,
}

/// Whether rows have idempotency keys: without, none needs a search for duplicates.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Keys {
    None,
    Some,
}

/// Whether rows are strictly ordered.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Locks {
    None,
    Taken,
}

const STATEMENTS: usize = 15;

/// How many rows one statement of SQLite inserts at most. It has a number of parameters that never changes, so that it is
/// prepared once, and far fewer than SQLite's 32,766.
pub(crate) const SQLITE_MANY: usize = 50;

/// The texts of one table, each made when it is first asked for.
type Texts = [OnceLock<Arc<str>>; STATEMENTS];

/// How many tables are remembered: one for each tenant of a service, say.
const MOST_TABLES: usize = 1_000;

impl Statement {
    /// Its text for a table.
    pub(crate) fn text(self, table: Table<'_>) -> Arc<str> {
        let made = || table.fill(&self.template()).into();
        texts_of(table)[self.index()].get_or_init(made).clone()
    }

    /// Its text with holes for the names of the tables.
    fn template(self) -> String {
        match self {
            Self::PostgresOne(form) => postgres::one(form),
            Self::PostgresMany(form) => postgres::many(form),
            Self::PostgresAgain => postgres::AGAIN.to_owned(),
            Self::SqliteInsert => sqlite_insert(),
            Self::SqliteWork => SQLITE_WORK.to_owned(),
            Self::SqliteWorkAt => SQLITE_WORK_AT.to_owned(),
            Self::SqliteAtomic => sqlite_atomic(),
            Self::SqliteAtomicMany => sqlite_atomic_many(),
            Self::SqliteStored => SQLITE_STORED.to_owned(),
        }
    }

    /// Its place among the texts of a table.
    fn index(self) -> usize {
        match self {
            Self::PostgresOne(form) => form.index(),
            Self::PostgresMany(form) => 4 + form.index(),
            Self::PostgresAgain => 8,
            Self::SqliteInsert => 9,
            Self::SqliteWork => 10,
            Self::SqliteWorkAt => 11,
            Self::SqliteAtomic => 12,
            Self::SqliteStored => 13,
            Self::SqliteAtomicMany => 14,
        }
    }
}

impl Form {
    fn index(self) -> usize {
        2 * self.keys as usize + self.locks as usize
    }
}

fn texts_of(table: Table<'_>) -> Arc<Texts> {
    static TABLES: LazyLock<RwLock<HashMap<String, Arc<Texts>>>> = LazyLock::new(RwLock::default);
    let known = TABLES.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(texts) = known.get(table.text()) {
        return Arc::clone(texts);
    }
    drop(known);
    let mut known = TABLES.write().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST_TABLES {
        known.clear();
    }
    Arc::clone(known.entry(table.text().to_owned()).or_default())
}

const SQLITE_WORK: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane) \
     SELECT last_insert_rowid(), last_insert_rowid(), ?, ? WHERE changes() = 1 RETURNING ?, seq, NULL";

const SQLITE_WORK_AT: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane) VALUES (?1, ?1, ?2, ?3)";

const SQLITE_STORED: &str = "SELECT ?, seq, id FROM {T} WHERE event_name = ? AND idempotency_key = ?";

fn sqlite_insert() -> String {
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    format!("INSERT INTO {{T}} ({}) VALUES ({marks}) {}", names(), postgres::UNLESS_STORED)
}

/// What somebody stops waiting for is done whole or not at all: the trigger of a view does both.
fn sqlite_atomic() -> String {
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    format!("INSERT INTO {{T_enqueue}} ({}) VALUES ({marks}); SELECT seq FROM {{T}} WHERE id = ?", names())
}

fn sqlite_atomic_many() -> String {
    let row = format!("({})", vec!["?"; COLUMNS.len()].join(", "));
    let (rows, ids) = (vec![row; SQLITE_MANY].join(", "), vec!["?"; SQLITE_MANY].join(", "));
    format!(
        "INSERT INTO {{T_enqueue}} ({}) VALUES {rows}; \
         SELECT group_concat(id || ' ' || seq) FROM {{T}} WHERE id IN ({ids})",
        names()
    )
}

fn names() -> String {
    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}
