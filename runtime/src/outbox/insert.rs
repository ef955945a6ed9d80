use std::borrow::Cow;
use std::sync::Arc;

use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::Dialect;
use crate::outbox::batch::{Batch, Checked};
use crate::outbox::column::COLUMNS;
use crate::outbox::sql::Statement;
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
    /// PostgreSQL: for each table one that takes locks, where an event is strictly ordered, and one that inserts. That
    /// one gives rows of three columns: the index in `rows` (`bigint`), the place in the outbox (`bigint`), and the id of
    /// the event (`text`) that stood there before, null where the row is new. An index that does not come is a duplicate
    /// of what another transaction committed meanwhile.
    ///
    /// SQLite: two for each row. The second gives the place in the outbox, or no row for a duplicate.
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
                placed.into_iter().flat_map(|(_, table, row)| Self::sqlite(table, row)).collect()
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
        (!slots.is_empty()).then(|| Self { sql: sql.into(), params: vec![Param::Ints(slots)] })
    }

    /// Inserts all rows of a batch and finds the duplicates among them.
    pub(crate) fn postgres(batch: &Batch<'r>) -> Self {
        if let [row] = &batch.rows[..] {
            return Self::postgres_one(batch.table, row);
        }
        let places = batch.rows.iter().map(|row| i64::try_from(row.place).ok()).collect();
        let columns = COLUMNS.iter().map(|column| {
            let values = batch.rows.iter().map(column.value);
            if column.is_int() {
                Param::Ints(values.map(Scalar::int).collect())
            } else {
                Param::Texts(values.map(Scalar::text).collect())
            }
        });
        let params = std::iter::once(Param::Ints(places)).chain(columns).collect();
        let is_keyed = batch.rows.iter().any(|row| row.envelope.idempotency_key.is_some());
        let statement = if is_keyed { Statement::PostgresManyKeyed } else { Statement::PostgresMany };
        Self { sql: statement.text(batch.table), params }
    }

    /// Without arrays PostgreSQL plans once, and a row without a key needs no search for duplicates.
    fn postgres_one(table: Table<'r>, row: &Checked<'r>) -> Self {
        let statement = match row.envelope.idempotency_key {
            None => Statement::PostgresOne,
            Some(_) => Statement::PostgresOneKeyed,
        };
        let params = std::iter::once(Param::Int(i64::try_from(row.place).ok())).chain(scalars(row)).collect();
        Self { sql: statement.text(table), params }
    }

    /// Finds the duplicates that the insert could not see, because their writers committed while it waited for them.
    pub(crate) fn postgres_again(batch: &Batch<'r>, left: &[&Checked<'r>]) -> Self {
        let names = left.iter().map(|row| Some(Cow::Borrowed(row.envelope.definition.name))).collect();
        let keys =
            left.iter().map(|row| row.envelope.idempotency_key.as_deref().map(Cow::Borrowed)).collect();
        let places = left.iter().map(|row| i64::try_from(row.place).ok()).collect();
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

/// The values of its row of work.
pub(crate) fn sqlite_work<'r>(row: &Checked<'r>) -> Vec<Param<'r>> {
    vec![Param::Text(Some(Cow::Borrowed(row.route))), Param::Int(Some(row.lane.into()))]
}
