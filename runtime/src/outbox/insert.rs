use std::borrow::Cow;

use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::Dialect;
use crate::outbox::batch::{Batch, Checked};
use crate::outbox::column::COLUMNS;
use crate::outbox::table::Table;

/// A statement with its parameters, for drivers that this crate has no feature for. Where a
/// [`Connection`](crate::Connection) exists, events are emitted through it instead.
///
/// ```
/// use evt_runtime::outbox::{Dialect, Insert};
/// use evt_runtime::Envelope;
///
/// fn statements(rows: &[Envelope]) -> Result<Vec<Insert<'_>>, evt_runtime::EmitError> {
///     Insert::all(Dialect::Postgres, rows)
/// }
/// assert!(statements(&[])?.is_empty());
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Insert<'r> {
    /// The statement.
    pub sql: String,
    /// What stands for `$1`, `$2` … on PostgreSQL, for `?1`, `?2` … on SQLite.
    pub params: Vec<Param<'r>>,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Param<'r> {
    /// `bigint`.
    Int(Option<i64>),
    /// `text`.
    Text(Option<Cow<'r, str>>),
    /// `bigint[]`, on PostgreSQL.
    Ints(Vec<Option<i64>>),
    /// `text[]`, on PostgreSQL.
    Texts(Vec<Option<Cow<'r, str>>>),
}

/// One value of one row.
pub(crate) enum Scalar<'r> {
    Int(Option<i64>),
    Text(Option<Cow<'r, str>>),
}

impl<'r> Insert<'r> {
    /// The statements that write `rows`, to be run in this order inside the caller's transaction.
    ///
    /// PostgreSQL: for each table one that takes locks, where an event is strictly ordered, and one that inserts. That
    /// one gives rows of three columns: the index in `rows` (`bigint`), the place in the outbox (`bigint`), and the id of
    /// the event (`text`) that stood there before, null where the row is new. An index that does not come is a duplicate
    /// of what another transaction committed meanwhile.
    ///
    /// SQLite: one for each row. It gives the place in the outbox, or no row for a duplicate.
    ///
    /// # Errors
    /// A payload that is too large, an event that is not stored, a table's name that cannot be.
    pub fn all(dialect: Dialect, rows: &'r [Envelope]) -> Result<Vec<Self>, EmitError> {
        let batches = Batch::by_table(rows, dialect)?;
        Ok(match dialect {
            Dialect::Postgres => batches
                .iter()
                .flat_map(|batch| [Self::postgres_locks(batch), Some(Self::postgres(batch))])
                .flatten()
                .collect(),
            Dialect::Sqlite => {
                let mut placed: Vec<_> = batches
                    .iter()
                    .flat_map(|batch| batch.rows.iter().map(|row| (row.place, batch.table, row)))
                    .collect();
                placed.sort_by_key(|(place, ..)| *place);
                placed.into_iter().map(|(_, table, row)| Self::sqlite(table, row)).collect()
            }
        })
    }

    /// Takes the locks of strictly ordered rows until the transaction ends: on the table's identity, so that a name with
    /// a schema and one without mean the same.
    pub(crate) fn postgres_locks(batch: &Batch<'r>) -> Option<Self> {
        let slots: Vec<_> = batch.lock_slots().into_iter().map(|slot| Some(slot.into())).collect();
        let table = batch.table.literal("");
        let sql = format!(
            "SELECT count(pg_advisory_xact_lock({table}::regclass::oid::integer, slot::integer)) \
             FROM unnest($1::bigint[]) AS slot"
        );
        (!slots.is_empty()).then(|| Self { sql, params: vec![Param::Ints(slots)] })
    }

    /// Inserts all rows of a batch and finds the duplicates among them.
    pub(crate) fn postgres(batch: &Batch<'r>) -> Self {
        let places = batch.rows.iter().map(|row| i64::try_from(row.place).ok()).collect();
        let columns = COLUMNS.iter().map(|column| {
            let values = batch.rows.iter().map(column.value);
            if matches!(column.postgres, "integer" | "smallint" | "bigint") {
                Param::Ints(values.map(Scalar::int).collect())
            } else {
                Param::Texts(values.map(Scalar::text).collect())
            }
        });
        let params: Vec<_> = std::iter::once(Param::Ints(places)).chain(columns).collect();
        Self { sql: postgres_sql(batch.table, &params), params }
    }

    /// Finds the duplicates that the insert could not see, because their writers committed while it waited for them.
    pub(crate) fn postgres_again(batch: &Batch<'r>, left: &[&Checked<'r>]) -> Self {
        let names = left.iter().map(|row| Some(Cow::Borrowed(row.envelope.definition.name))).collect();
        let keys =
            left.iter().map(|row| row.envelope.idempotency_key.as_deref().map(Cow::Borrowed)).collect();
        let places = left.iter().map(|row| i64::try_from(row.place).ok()).collect();
        let sql = batch.table.fill(
            "SELECT given.place, stored.seq, stored.id::text \
             FROM unnest($1::bigint[], $2::text[], $3::text[]) AS given(place, event_name, idempotency_key) \
             JOIN {T} AS stored ON stored.event_name = given.event_name \
             AND stored.idempotency_key = given.idempotency_key",
        );
        Self { sql, params: vec![Param::Ints(places), Param::Texts(names), Param::Texts(keys)] }
    }

    /// Inserts one row; a trigger gives it its row of work.
    pub(crate) fn sqlite(table: Table<'r>, row: &Checked<'r>) -> Self {
        Self { sql: sqlite_sql(table), params: sqlite_params(row) }
    }
}

impl<'r> Scalar<'r> {
    fn int(self) -> Option<i64> {
        match self {
            Self::Int(value) => value,
            Self::Text(_) => None,
        }
    }

    fn text(self) -> Option<Cow<'r, str>> {
        match self {
            Self::Text(value) => value,
            Self::Int(_) => None,
        }
    }
}

fn names() -> String {
    COLUMNS.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

fn postgres_sql(table: Table<'_>, params: &[Param<'_>]) -> String {
    let arrays: Vec<_> = (1..)
        .zip(params)
        .map(|(number, param)| match param {
            Param::Ints(_) | Param::Int(_) => format!("${number}::bigint[]"),
            Param::Texts(_) | Param::Text(_) => format!("${number}::text[]"),
        })
        .collect();
    let values: Vec<_> =
        COLUMNS.iter().map(|column| format!("given.{}::{}", column.name, column.postgres)).collect();
    let (arrays, names, values) = (arrays.join(", "), names(), values.join(", "));
    table.fill(&format!(
        "WITH given AS (SELECT * FROM unnest({arrays}) AS given(place, {names})), \
         content AS (INSERT INTO {{T}} ({names}) SELECT {values} FROM given ORDER BY given.place \
         ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING \
         RETURNING seq, id), \
         work AS (INSERT INTO {{T_work}} (seq, content_seq, route, lane) \
         SELECT content.seq, content.seq, given.route, given.lane::smallint \
         FROM content JOIN given ON given.id::uuid = content.id) \
         SELECT given.place, coalesce(content.seq, stored.seq), stored.id::text \
         FROM given LEFT JOIN content ON content.id = given.id::uuid \
         LEFT JOIN LATERAL (SELECT t.seq, t.id FROM {{T}} AS t WHERE content.seq IS NULL \
         AND t.event_name = given.event_name AND t.idempotency_key = given.idempotency_key LIMIT 1) AS stored ON true"
    ))
}

pub(crate) fn sqlite_sql(table: Table<'_>) -> String {
    let marks: Vec<_> = (1..=COLUMNS.len()).map(|number| format!("?{number}")).collect();
    let (names, marks) = (names(), marks.join(", "));
    table.fill(&format!(
        "INSERT INTO {{T}} ({names}) VALUES ({marks}) \
         ON CONFLICT (event_name, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING RETURNING seq"
    ))
}

pub(crate) fn sqlite_params<'r>(row: &Checked<'r>) -> Vec<Param<'r>> {
    let values = COLUMNS.iter().map(|column| (column.value)(row));
    values
        .map(|value| match value {
            Scalar::Int(value) => Param::Int(value),
            Scalar::Text(value) => Param::Text(value),
        })
        .collect()
}

/// Reads place and id of the row that a duplicate stands for.
pub(crate) fn sqlite_stored_sql(table: Table<'_>) -> String {
    table.fill("SELECT seq, id FROM {T} WHERE event_name = ?1 AND idempotency_key = ?2")
}
