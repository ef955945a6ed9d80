//! The statements of a writer. Each names its columns.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock, PoisonError, RwLock};

use crate::outbox::column::{COLUMNS, Column};
use crate::outbox::table::Table;

/// A statement, with parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Statement {
    /// Inserts one row without a key; its place is `$1`.
    PostgresOne,
    /// Inserts one row, or finds the one that it is a duplicate of.
    PostgresOneKeyed,
    /// Inserts rows without keys, which come as arrays, one a column.
    PostgresMany,
    /// Inserts rows that come as arrays, and finds the duplicates among them.
    PostgresManyKeyed,
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
    /// Reads place and id of the row that a duplicate stands for.
    SqliteStored,
}

const STATEMENTS: usize = Statement::SqliteStored as usize + 1;

/// The texts of one table, each made when it is first asked for.
type Texts = [OnceLock<Arc<str>>; STATEMENTS];

/// How many tables are remembered: one for each tenant of a service, say.
const MOST_TABLES: usize = 1_000;

impl Statement {
    /// Its text for a table.
    pub(crate) fn text(self, table: Table<'_>) -> Arc<str> {
        let made = || table.fill(&self.template()).into();
        texts_of(table)[self as usize].get_or_init(made).clone()
    }

    /// Its text with holes for the names of the tables.
    fn template(self) -> String {
        match self {
            Self::PostgresOne => postgres_one(),
            Self::PostgresOneKeyed => postgres_one_keyed(),
            Self::PostgresMany => postgres_many(),
            Self::PostgresManyKeyed => postgres_many_keyed(),
            Self::PostgresAgain => POSTGRES_AGAIN.to_owned(),
            Self::SqliteInsert => sqlite_insert(),
            Self::SqliteWork => SQLITE_WORK.to_owned(),
            Self::SqliteWorkAt => SQLITE_WORK_AT.to_owned(),
            Self::SqliteAtomic => sqlite_atomic(),
            Self::SqliteStored => SQLITE_STORED.to_owned(),
        }
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

/// What makes a row a duplicate.
const UNLESS_STORED: &str =
    "ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING";

const POSTGRES_AGAIN: &str = "SELECT given.place, stored.seq, stored.id::text \
     FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given(place, event_name, idempotency_key) \
     JOIN {T} AS stored ON stored.event_name = given.event_name \
     AND stored.idempotency_key = given.idempotency_key";

const SQLITE_WORK: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane) \
     SELECT last_insert_rowid(), last_insert_rowid(), ?, ? WHERE changes() = 1 RETURNING seq";

const SQLITE_WORK_AT: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane) VALUES (?1, ?1, ?2, ?3)";

const SQLITE_STORED: &str = "SELECT seq, id FROM {T} WHERE event_name = ? AND idempotency_key = ?";

fn postgres_one() -> String {
    let (content, work) = (postgres_one_content(""), postgres_one_work());
    format!("WITH content AS ({content}) {work} RETURNING $1::bigint, seq, NULL::text")
}

fn postgres_one_keyed() -> String {
    let (content, work) = (postgres_one_content(UNLESS_STORED), postgres_one_work());
    let (event_name, key) = (number("event_name"), number("idempotency_key"));
    format!(
        "WITH content AS ({content}), work AS ({work}) \
         SELECT $1::bigint, content.seq, NULL::text FROM content \
         UNION ALL SELECT $1::bigint, stored.seq, stored.id::text FROM {{T}} AS stored \
         WHERE stored.event_name = ${event_name}::text AND stored.idempotency_key = ${key}::text \
         AND NOT EXISTS (SELECT FROM content)"
    )
}

fn postgres_one_content(unless: &str) -> String {
    let values: Vec<_> = (2..)
        .zip(COLUMNS)
        .map(|(number, column)| format!("${number}::{}::{}", sent(column), column.postgres))
        .collect();
    format!("INSERT INTO {{T}} ({}) VALUES ({}) {unless} RETURNING seq", names(), values.join(", "))
}

fn postgres_one_work() -> String {
    let (route, lane) = (number("route"), number("lane"));
    format!(
        "INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
         SELECT content.seq, content.seq, ${route}::text, ${lane}::bigint::smallint FROM content"
    )
}

/// Rows get their `seq` in the order in which they come, so that the smallest belongs to the first.
fn postgres_many() -> String {
    let (content, work) = (postgres_many_content(""), POSTGRES_MANY_WORK);
    format!(
        "WITH content AS ({content}), work AS ({work}) \
         SELECT ($1::bigint[])[row_number() OVER (ORDER BY content.seq)], content.seq, NULL::text FROM content"
    )
}

fn postgres_many_keyed() -> String {
    let (content, work) = (postgres_many_content(UNLESS_STORED), POSTGRES_MANY_WORK);
    let columns = ["id", "event_name", "idempotency_key"];
    let [ids, event_names, keys] = columns.map(|name| format!("${}::text[]", number(name)));
    // `generate_series` lets PostgreSQL plan for many rows, whatever number of them it has seen: with few it would join
    // them by nested loops.
    format!(
        "WITH content AS ({content}), work AS ({work}) \
         SELECT given.place, coalesce(content.seq, stored.seq), stored.id::text \
         FROM ROWS FROM (unnest($1::bigint[]), unnest({ids}), unnest({event_names}), unnest({keys}), \
         generate_series(1, cardinality($1::bigint[]))) AS given(place, id, event_name, idempotency_key, number) \
         LEFT JOIN content ON content.id = given.id::uuid \
         LEFT JOIN LATERAL (SELECT t.seq, t.id FROM {{T}} AS t WHERE content.seq IS NULL \
         AND t.event_name = given.event_name AND t.idempotency_key = given.idempotency_key LIMIT 1) AS stored ON true"
    )
}

fn postgres_many_content(unless: &str) -> String {
    let arrays: Vec<_> =
        (2..).zip(COLUMNS).map(|(number, column)| format!("unnest(${number}::{}[])", sent(column))).collect();
    let values: Vec<_> =
        COLUMNS.iter().map(|column| format!("given.{}::{}", column.name, column.postgres)).collect();
    let (arrays, names, values) = (arrays.join(", "), names(), values.join(", "));
    format!(
        "INSERT INTO {{T}} ({names}) SELECT {values} FROM ROWS FROM ({arrays}) WITH ORDINALITY \
         AS given({names}, number) ORDER BY given.number {unless} RETURNING seq, id, route, lane"
    )
}

const POSTGRES_MANY_WORK: &str = "INSERT INTO {T_work} (seq, content_seq, route, lane) \
     SELECT content.seq, content.seq, content.route, content.lane FROM content";

fn sqlite_insert() -> String {
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    format!("INSERT INTO {{T}} ({}) VALUES ({marks}) {UNLESS_STORED}", names())
}

/// What somebody stops waiting for is done whole or not at all: the trigger of a view does both.
fn sqlite_atomic() -> String {
    let marks = vec!["?"; COLUMNS.len()].join(", ");
    format!("INSERT INTO {{T_enqueue}} ({}) VALUES ({marks}); SELECT seq FROM {{T}} WHERE id = ?", names())
}

/// The type that a column is sent as.
fn sent(column: &Column) -> &'static str {
    if column.is_int() { "bigint" } else { "text" }
}

fn names() -> String {
    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// The number of the parameter that holds a column.
fn number(name: &str) -> usize {
    let at = COLUMNS.iter().position(|column| column.name == name);
    at.expect("it is one of the columns") + 2
}
