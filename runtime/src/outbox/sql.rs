//! The statements of a writer. Each names its columns.

use std::sync::LazyLock;

use crate::outbox::column::{COLUMNS, Column};
use crate::outbox::table::Table;

/// What makes a row a duplicate.
const UNLESS_STORED: &str =
    "ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING";

/// Inserts one row; its place is `$1`.
pub(crate) fn postgres_one(table: Table<'_>) -> String {
    static TEMPLATE: LazyLock<String> = LazyLock::new(|| {
        let content = postgres_one_content("");
        format!("{content} SELECT $1::bigint, content.seq, NULL::text FROM content")
    });
    table.fill(&TEMPLATE)
}

/// Inserts one row, or finds the one that it is a duplicate of.
pub(crate) fn postgres_one_keyed(table: Table<'_>) -> String {
    static TEMPLATE: LazyLock<String> = LazyLock::new(|| {
        let (content, event_name, key) =
            (postgres_one_content(UNLESS_STORED), number("event_name"), number("idempotency_key"));
        format!(
            "{content} SELECT $1::bigint, content.seq, NULL::text FROM content \
             UNION ALL SELECT $1::bigint, stored.seq, stored.id::text FROM {{T}} AS stored \
             WHERE stored.event_name = ${event_name}::text AND stored.idempotency_key = ${key}::text \
             AND NOT EXISTS (SELECT FROM content)"
        )
    });
    table.fill(&TEMPLATE)
}

fn postgres_one_content(unless: &str) -> String {
    let sent = |column: &Column| if column.is_int() { "bigint" } else { "text" };
    let values: Vec<_> = (2..)
        .zip(COLUMNS)
        .map(|(number, column)| format!("${number}::{}::{}", sent(column), column.postgres))
        .collect();
    let (names, values, route, lane) = (names(), values.join(", "), number("route"), number("lane"));
    format!(
        "WITH content AS (INSERT INTO {{T}} ({names}) VALUES ({values}) {unless} RETURNING seq), \
         work AS (INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
         SELECT content.seq, content.seq, ${route}::text, ${lane}::bigint::smallint FROM content)"
    )
}

/// Inserts rows that come as arrays, one a column. `generate_series` lets PostgreSQL plan for many rows, whatever number
/// of them it has seen: with few it would join them by nested loops.
pub(crate) fn postgres_many(table: Table<'_>) -> String {
    static TEMPLATE: LazyLock<String> = LazyLock::new(|| {
        let array = |column: &Column| if column.is_int() { "bigint[]" } else { "text[]" };
        let arrays: Vec<_> = (2..)
            .zip(COLUMNS)
            .map(|(number, column)| format!("unnest(${number}::{})", array(column)))
            .collect();
        let values: Vec<_> =
            COLUMNS.iter().map(|column| format!("given.{}::{}", column.name, column.postgres)).collect();
        let (arrays, names, values) = (arrays.join(", "), names(), values.join(", "));
        format!(
            "WITH given AS (SELECT given.id::uuid AS uuid, given.* FROM ROWS FROM (unnest($1::bigint[]), {arrays}, \
             generate_series(1, cardinality($1::bigint[]))) AS given(place, {names}, number)), \
             content AS (INSERT INTO {{T}} ({names}) SELECT {values} FROM given ORDER BY given.number \
             {UNLESS_STORED} RETURNING seq, id), \
             work AS (INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
             SELECT content.seq, content.seq, given.route, given.lane::smallint \
             FROM content JOIN given ON given.uuid = content.id) \
             SELECT given.place, coalesce(content.seq, stored.seq), stored.id::text \
             FROM given LEFT JOIN content ON content.id = given.uuid \
             LEFT JOIN LATERAL (SELECT t.seq, t.id FROM {{T}} AS t WHERE content.seq IS NULL \
             AND t.event_name = given.event_name AND t.idempotency_key = given.idempotency_key LIMIT 1) AS stored ON true"
        )
    });
    table.fill(&TEMPLATE)
}

/// Finds the rows that `$2` (names) and `$3` (keys) are duplicates of.
pub(crate) fn postgres_again(table: Table<'_>) -> String {
    table.fill(
        "SELECT given.place, stored.seq, stored.id::text \
         FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given(place, event_name, idempotency_key) \
         JOIN {T} AS stored ON stored.event_name = given.event_name \
         AND stored.idempotency_key = given.idempotency_key",
    )
}

/// Inserts one row, unless it is a duplicate.
pub(crate) fn sqlite_insert(table: Table<'_>) -> String {
    static TEMPLATE: LazyLock<String> = LazyLock::new(|| {
        let marks = vec!["?"; COLUMNS.len()].join(", ");
        let names = names();
        format!("INSERT INTO {{T}} ({names}) VALUES ({marks}) {UNLESS_STORED}")
    });
    table.fill(&TEMPLATE)
}

/// Inserts the row of work of what was inserted just before, if it was.
pub(crate) fn sqlite_work(table: Table<'_>) -> String {
    table.fill(
        "INSERT INTO {T_work} (seq, content_seq, route, lane) \
         SELECT last_insert_rowid(), last_insert_rowid(), ?, ? WHERE changes() = 1 RETURNING seq",
    )
}

/// Reads place and id of the row that a duplicate stands for.
pub(crate) fn sqlite_stored(table: Table<'_>) -> String {
    table.fill("SELECT seq, id FROM {T} WHERE event_name = ? AND idempotency_key = ?")
}

fn names() -> String {
    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// The number of the parameter that holds a column of a single row.
fn number(name: &str) -> usize {
    let at = COLUMNS.iter().position(|column| column.name == name);
    at.expect("it is one of the columns") + 2
}
