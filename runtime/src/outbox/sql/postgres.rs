//! The statements of PostgreSQL. A batch is one of them, whatever it holds: what is no transaction of the caller's is
//! one all the same, and nobody can stop half-way.
//!
//! Locks are taken by the statement that inserts. It reads them before it asks for the first `seq`, so that the writers
//! of a key are numbered in the order in which they commit; what it cannot see because it began before it had them is
//! looked for [again](AGAIN).

use crate::outbox::column::{COLUMNS, Column};
use crate::outbox::sql::{Form, Keys, Locks};
use crate::outbox::table::Table;

/// What makes a row a duplicate.
pub(super) const UNLESS_STORED: &str =
    "ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING";

pub(super) const AGAIN: &str = "SELECT given.place, stored.seq, stored.id::text \
     FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given(place, event_name, idempotency_key) \
     JOIN {T} AS stored ON stored.event_name = given.event_name \
     AND stored.idempotency_key = given.idempotency_key";

/// The transaction has its number before its rows have their `seq`: a relay that sees that all transactions before a number
/// have ended knows then that no row can appear before those that it has seen. PostgreSQL looks at a condition without
/// columns once, before it asks what is below it for a row.
const BEGUN: &str = "WHERE pg_current_xact_id() IS NOT NULL";

/// How many parameters the rows of a table have: their places and their columns.
const PARAMS: usize = COLUMNS.len() + 1;

/// The part of a statement that is one table's. Its parameters begin with the places of its rows.
#[derive(Clone, Copy)]
struct Part {
    number: usize,
    form: Form,
}

/// Inserts one row.
pub(super) fn one(form: Form) -> String {
    Part { number: 0, form }.one()
}

/// Inserts rows that come as arrays, one a column.
pub(super) fn many(form: Form) -> String {
    let part = Part { number: 0, form };
    format!("WITH {}{} {}", locked(form.locks, 1), part.insert_many(), part.select_many())
}

/// Inserts rows of several tables, each table's as arrays.
pub(crate) fn several(tables: &[(Table<'_>, Keys)], locks: Locks) -> String {
    let filled = |text: fn(Part) -> String, between| {
        let texts = tables.iter().enumerate().map(|(number, (table, keys))| {
            let form = Form { keys: *keys, locks };
            table.fill(&text(Part { number, form }))
        });
        texts.collect::<Vec<_>>().join(between)
    };
    let (inserts, selects) = (filled(Part::insert_many, ", "), filled(Part::select_many, " UNION ALL "));
    format!("WITH {}{inserts} {selects}", locked(locks, tables.len()))
}

/// Takes the locks, in one order over all tables, before there is a row to join with. Their tables and slots are the
/// last parameters. A table is locked by its identity: a name with a schema and one without mean the same.
fn locked(locks: Locks, tables: usize) -> String {
    match locks {
        Locks::None => String::new(),
        Locks::Taken => {
            let (names, slots) = (tables * PARAMS + 1, tables * PARAMS + 2);
            format!(
                "locked AS MATERIALIZED (SELECT count(pg_advisory_xact_lock(class, slot)) FROM (\
                 SELECT given.name::regclass::oid::integer AS class, given.slot::integer AS slot \
                 FROM unnest(${names}::text[], ${slots}::bigint[]) AS given(name, slot) ORDER BY 1, 2) AS lock), "
            )
        }
    }
}

impl Part {
    fn one(self) -> String {
        let (locked, content, work) = (locked(self.form.locks, 1), self.one_content(), self.one_work());
        let place = self.place();
        match self.form.keys {
            Keys::None => {
                format!(
                    "WITH {locked}content AS ({content}) {work} {BEGUN} \
                     RETURNING ${place}::bigint, seq, NULL::text"
                )
            }
            Keys::Some => {
                let (event_name, key) = (self.column("event_name"), self.column("idempotency_key"));
                format!(
                    "WITH {locked}content AS ({content}), work AS ({work}) \
                     SELECT ${place}::bigint, content.seq, NULL::text FROM content \
                     UNION ALL SELECT ${place}::bigint, stored.seq, stored.id::text FROM {{T}} AS stored \
                     WHERE stored.event_name = ${event_name}::text AND stored.idempotency_key = ${key}::text \
                     AND NOT EXISTS (SELECT FROM content)"
                )
            }
        }
    }

    fn one_content(self) -> String {
        let given = |(number, column): (usize, &Column)| match column.postgres {
            // A driver that is told no types sends what the column is.
            "text" => format!("${number}"),
            _ => cast(format!("${number}::{}", sent(column)), column),
        };
        let values: Vec<_> = self.columns().map(given).collect();
        let (names, values, unless) = (super::names(), values.join(", "), self.unless());
        let row = match self.form {
            // Without a plan for a `SELECT` it takes some 7 % less; the statement around it looks at `BEGUN` before.
            Form { locks: Locks::None, keys: Keys::None } => format!("VALUES ({values})"),
            Form { locks: Locks::None, keys: Keys::Some } => format!("SELECT {values} {BEGUN} {unless}"),
            Form { locks: Locks::Taken, .. } => format!("SELECT {values} FROM locked {BEGUN} {unless}"),
        };
        format!("INSERT INTO {{T}} ({names}) {row} RETURNING seq")
    }

    fn one_work(self) -> String {
        let (route, lane) = (self.column("route"), self.column("lane"));
        format!(
            "INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
             SELECT content.seq, content.seq, ${route}::text, ${lane}::bigint::smallint FROM content"
        )
    }

    /// Rows get their `seq` in the order in which they come, so that the smallest belongs to the first. Arrays that are
    /// unnested side by side give their rows one by one; as functions in `FROM` each would be stored first, and sorting
    /// them again would cost as much.
    fn insert_many(self) -> String {
        let array = |(number, column): (usize, &Column)| {
            format!("unnest(${number}::{}[]) AS {}", sent(column), column.name)
        };
        let arrays: Vec<_> = self.columns().map(array).collect();
        let values: Vec<_> =
            COLUMNS.iter().map(|column| cast(format!("given.{}", column.name), column)).collect();
        let from = match self.form.locks {
            Locks::None => "",
            Locks::Taken => "locked, ",
        };
        let (number, arrays, names, values) =
            (self.number, arrays.join(", "), super::names(), values.join(", "));
        let unless = self.unless();
        format!(
            "content{number} AS (INSERT INTO {{T}} ({names}) SELECT {values} \
             FROM {from}(SELECT {arrays}) AS given {BEGUN} {unless} \
             RETURNING seq, id, route, lane), \
             work{number} AS (INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
             SELECT content.seq, content.seq, content.route, content.lane FROM content{number} AS content)"
        )
    }

    fn select_many(self) -> String {
        let (number, places) = (self.number, self.place());
        match self.form.keys {
            Keys::None => format!(
                "SELECT (${places}::bigint[])[row_number() OVER (ORDER BY content.seq)], content.seq, NULL::text \
                 FROM content{number} AS content"
            ),
            Keys::Some => self.select_many_keyed(),
        }
    }

    /// `generate_series` lets PostgreSQL plan for many rows, whatever number of them it has seen: with few it would join
    /// them by nested loops.
    fn select_many_keyed(self) -> String {
        let (number, places) = (self.number, self.place());
        let columns = ["id", "event_name", "idempotency_key"];
        let [ids, event_names, keys] = columns.map(|name| format!("${}::text[]", self.column(name)));
        format!(
            "SELECT given.place, coalesce(content.seq, stored.seq), stored.id::text \
             FROM ROWS FROM (unnest(${places}::bigint[]), unnest({ids}), unnest({event_names}), unnest({keys}), \
             generate_series(1, cardinality(${places}::bigint[]))) \
             AS given(place, id, event_name, idempotency_key, number) \
             LEFT JOIN content{number} AS content ON content.id = given.id::uuid \
             LEFT JOIN LATERAL (SELECT t.seq, t.id FROM {{T}} AS t WHERE content.seq IS NULL \
             AND t.event_name = given.event_name AND t.idempotency_key = given.idempotency_key LIMIT 1) AS stored ON true"
        )
    }

    fn unless(self) -> &'static str {
        match self.form.keys {
            Keys::None => "",
            Keys::Some => UNLESS_STORED,
        }
    }

    /// The number of the parameter that holds the places.
    fn place(self) -> usize {
        self.number * PARAMS + 1
    }

    /// The columns with the numbers of their parameters.
    fn columns(self) -> impl Iterator<Item = (usize, &'static Column)> {
        (self.place() + 1..).zip(COLUMNS)
    }

    /// The number of the parameter that holds a column.
    fn column(self, name: &str) -> usize {
        let mut columns = self.columns();
        columns
            .find(|(_, column)| column.name == name)
            .map(|(number, _)| number)
            .expect("it is one of the columns")
    }
}

/// What is stored of what was sent; a cast to the same type would be parsed for nothing.
fn cast(given: String, column: &Column) -> String {
    if column.postgres == sent(column) { given } else { format!("{given}::{}", column.postgres) }
}

/// The type that a column is sent as.
fn sent(column: &Column) -> &'static str {
    if column.is_int() { "bigint" } else { "text" }
}
