use std::borrow::Cow;
use std::sync::Arc;

use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::Dialect;
use crate::outbox::batch::{Batch, Checked};
use crate::outbox::column::COLUMNS;
use crate::outbox::sql::{Form, Locks, Statement, several};
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
    pub sql: Arc<str>,
    /// What stands for `$1`, `$2` … on PostgreSQL, for each `?` on SQLite.
    pub params: Vec<Param<'r>>,
}

/// One parameter.
///
/// ```
/// use evt_runtime::outbox::Param;
/// let key = Param::Text(Some("Cow/7".into()));
/// assert_ne!(key, Param::Text(None));
/// ```
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
    /// PostgreSQL: one, which needs no transaction. SQLite: two for each row.
    ///
    /// They give rows of three columns, which [`Answers`](super::Answers) make sense of: the index in `rows` (`bigint`), the
    /// place in the outbox (`bigint`), and the id of the event (`text`) that stood there before, null where the row is
    /// new. Where an index does not come, or without a place, the row is a duplicate that the statement could not see.
    ///
    /// # Errors
    /// A payload that is too large, an event that is not stored, a table's name that cannot be.
    pub fn all(dialect: Dialect, rows: &'r [Envelope]) -> Result<Vec<Self>, EmitError> {
        let batches = Batch::by_table(rows, dialect)?;
        Ok(match dialect {
            Dialect::Postgres => Self::postgres(&batches).into_iter().collect(),
            Dialect::Sqlite => {
                let mut placed: Vec<_> = batches
                    .iter()
                    .flat_map(|batch| batch.rows.iter().map(|row| (row.place, batch.table, row)))
                    .collect();
                placed.sort_by_key(|(place, ..)| *place);
                placed.into_iter().flat_map(|(_, table, row)| Self::sqlite(table, row)).collect()
            }
        })
    }

    /// Takes the locks of strictly ordered rows until the transaction ends, inserts all rows of all tables, and finds the
    /// duplicates among them; `None` where there are no rows.
    pub(crate) fn postgres(batches: &[Batch<'r>]) -> Option<Self> {
        let locks: Vec<_> = batches.iter().flat_map(Batch::locks).collect();
        let taken = if locks.is_empty() { Locks::None } else { Locks::Taken };
        let form = |batch: &Batch<'_>| Form { keys: batch.keys(), locks: taken };
        let (sql, mut params) = match batches {
            [] => return None,
            [Batch { table, rows }] if rows.len() == 1 => {
                (Statement::PostgresOne(form(&batches[0])).text(*table), one(&rows[0]))
            }
            [batch] => (Statement::PostgresMany(form(batch)).text(batch.table), many(batch)),
            _ => {
                let tables: Vec<_> = batches.iter().map(|batch| (batch.table, batch.keys())).collect();
                (several(&tables, taken).into(), batches.iter().flat_map(many).collect())
            }
        };
        if let Locks::Taken = taken {
            let (names, slots) = locks.into_iter().unzip();
            params.extend([Param::Texts(names), Param::Ints(slots)]);
        }
        Some(Self { sql, params })
    }

    /// Finds the duplicates that the insert could not see, because their writers committed while it waited for them.
    pub(crate) fn postgres_again(batch: &Batch<'r>, left: &[&Checked<'r>]) -> Self {
        let names = left.iter().map(|row| Some(Cow::Borrowed(row.envelope.definition.name))).collect();
        let keys =
            left.iter().map(|row| row.envelope.idempotency_key.as_deref().map(Cow::Borrowed)).collect();
        let places = left.iter().map(|row| Some(row.number())).collect();
        Self {
            sql: Statement::PostgresAgain.text(batch.table),
            params: vec![Param::Ints(places), Param::Texts(names), Param::Texts(keys)],
        }
    }

    /// Inserts one row, and its row of work where that one is new.
    pub(crate) fn sqlite(table: Table<'r>, row: &Checked<'r>) -> [Self; 2] {
        let insert = Self { sql: Statement::SqliteInsert.text(table), params: scalars(row).collect() };
        let work = Self { sql: Statement::SqliteWork.text(table), params: sqlite_work(row) };
        [insert, work]
    }

    /// Finds the row that one is a duplicate of.
    pub(crate) fn sqlite_again(table: Table<'r>, row: &Checked<'r>) -> Self {
        let name = Param::Text(Some(Cow::Borrowed(row.envelope.definition.name)));
        let key = Param::Text(row.envelope.idempotency_key.as_deref().map(Cow::Borrowed));
        let sql = Statement::SqliteStored.text(table);
        Self { sql, params: vec![Param::Int(Some(row.number())), name, key] }
    }
}

/// The place of a row, and its values.
fn one<'r>(row: &Checked<'r>) -> Vec<Param<'r>> {
    std::iter::once(Param::Int(Some(row.number()))).chain(scalars(row)).collect()
}

/// The places of rows, and their values as arrays.
fn many<'r>(batch: &Batch<'r>) -> Vec<Param<'r>> {
    let places = batch.rows.iter().map(|row| Some(row.number())).collect();
    let columns = COLUMNS.iter().map(|column| {
        let values = batch.rows.iter().map(column.value);
        if column.is_int() {
            Param::Ints(values.map(Scalar::int).collect())
        } else {
            Param::Texts(values.map(Scalar::text).collect())
        }
    });
    std::iter::once(Param::Ints(places)).chain(columns).collect()
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

/// The values of one row.
pub(crate) fn scalars<'r>(row: &Checked<'r>) -> impl Iterator<Item = Param<'r>> {
    COLUMNS.iter().map(|column| match (column.value)(row) {
        Scalar::Int(value) => Param::Int(value),
        Scalar::Text(value) => Param::Text(value),
    })
}

/// The values of its row of work, and its place.
fn sqlite_work<'r>(row: &Checked<'r>) -> Vec<Param<'r>> {
    let place = Param::Int(Some(row.number()));
    vec![Param::Text(Some(Cow::Borrowed(row.route))), Param::Int(Some(row.lane.into())), place]
}
