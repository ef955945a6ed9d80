use std::collections::HashMap;

use uuid::Uuid;

use crate::connection::Inserted;
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::batch::{Batch, Checked};
use crate::outbox::{Dialect, Insert};

/// What a statement says of a row: its index among the caller's; its place in the outbox, null where it neither was
/// inserted nor its duplicate could be seen; and the id of the event that it is a duplicate of.
pub(crate) type Found = (i64, Option<i64>, Option<String>);

/// What became of rows that were written by [`Insert`]s: takes the rows that those give, and tells what else is to be
/// asked.
///
#[cfg_attr(feature = "rusqlite", doc = "```")]
#[cfg_attr(not(feature = "rusqlite"), doc = "```ignore")]
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::outbox::{self, Answers, Dialect, Insert};
/// use evt_runtime::{Emission, Inserted};
/// use rusqlite::params_from_iter;
///
/// let mut connection = rusqlite::Connection::open_in_memory()?;
/// outbox::migrate_sync(&mut connection, "evt_outbox")?;
/// let feed = || Emission::new(CowFed::of(2.5)).idempotency_key("feeding-7").envelope();
/// let rows = [feed()?, feed()?];
///
/// // What a driver of your own does with one statement.
/// let run = |insert: Insert| {
///     let mut statement = connection.prepare(&insert.sql)?;
///     let found = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
///     statement.query_map(params_from_iter(insert.params), found)?.collect::<rusqlite::Result<Vec<_>>>()
/// };
/// let mut answers = Answers::new(&rows);
/// for insert in Insert::all(Dialect::Sqlite, &rows)? {
///     answers.take(run(insert)?)?;
/// }
/// for insert in answers.again(Dialect::Sqlite)? {
///     answers.take(run(insert)?)?;
/// }
/// let id = rows[0].id;
/// assert_eq!(answers.all()?, [Inserted::New { id, seq: 1 }, Inserted::Duplicate { id, seq: 1 }]);
/// # Ok::<(), evt_runtime::BoxError>(())
/// ```
#[derive(Debug)]
pub struct Answers<'r> {
    rows: &'r [Envelope],
    answers: Vec<Option<Inserted>>,
}

impl<'r> Answers<'r> {
    /// None yet.
    #[must_use]
    pub fn new(rows: &'r [Envelope]) -> Self {
        Self { rows, answers: vec![None; rows.len()] }
    }

    fn set(&mut self, place: usize, answer: Inserted) {
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = Some(answer);
        }
    }

    /// Takes the rows that a statement gave: their three columns, as [`Insert::all`] tells them.
    ///
    /// # Errors
    /// An id that is no UUID.
    pub fn take(
        &mut self,
        found: impl IntoIterator<Item = (i64, Option<i64>, Option<String>)>,
    ) -> Result<(), EmitError> {
        for (place, seq, duplicate_of) in found {
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            let (Some(row), Some(seq)) = (self.rows.get(place), seq) else { continue };
            let answer = match duplicate_of {
                None => Inserted::New { id: row.id, seq },
                Some(id) => Inserted::Duplicate { id: parse_id(&id)?, seq },
            };
            self.set(place, answer);
        }
        Ok(())
    }

    /// The statements that find what rows are duplicates of that have no answer yet, to be run like the first ones: on
    /// PostgreSQL those of what another transaction committed meanwhile, on SQLite all.
    ///
    /// # Errors
    /// As [`Insert::all`].
    pub fn again(&mut self, dialect: Dialect) -> Result<Vec<Insert<'r>>, EmitError> {
        if self.answers.iter().all(Option::is_some) {
            return Ok(Vec::new());
        }
        let batches = Batch::by_table(self.rows, dialect)?;
        Ok(match dialect {
            Dialect::Postgres => self.postgres_again(&batches),
            Dialect::Sqlite => {
                let left = batches.iter().flat_map(|batch| {
                    let left = self.left(batch);
                    left.into_iter().map(|row| Insert::sqlite_again(batch.table, row)).collect::<Vec<_>>()
                });
                left.collect()
            }
        })
    }

    pub(crate) fn postgres_again(&mut self, batches: &[Batch<'r>]) -> Vec<Insert<'r>> {
        let again = batches.iter().map(|batch| (batch, self.left(batch)));
        let again = again.filter(|(_, left)| !left.is_empty());
        again.map(|(batch, left)| Insert::postgres_again(batch, &left)).collect()
    }

    /// Answers the rows of `batch` that repeat one that was inserted by it, and gives those that are left.
    fn left<'b>(&mut self, batch: &'b Batch<'r>) -> Vec<&'b Checked<'r>> {
        let unanswered = |answers: &Self, row: &Checked<'r>| answers.answers[row.place].is_none();
        if !batch.rows.iter().any(|row| unanswered(self, row)) {
            return Vec::new();
        }
        let inserted: HashMap<_, _> = batch
            .rows
            .iter()
            .filter_map(|row| match self.answers[row.place] {
                Some(Inserted::New { id, seq }) => Some((identity(row), Inserted::Duplicate { id, seq })),
                Some(Inserted::Duplicate { .. }) | None => None,
            })
            .collect();
        let mut left = Vec::new();
        for row in &batch.rows {
            // A row without a key is no duplicate: something else kept it out, which `all` tells.
            if unanswered(self, row) && row.envelope.idempotency_key.is_some() {
                match inserted.get(&identity(row)) {
                    Some(answer) => self.set(row.place, *answer),
                    None => left.push(row),
                }
            }
        }
        left
    }

    /// All of them, in the caller's order.
    ///
    /// # Errors
    /// A row that was not stored and is no duplicate: a trigger kept it out, say.
    pub fn all(self) -> Result<Vec<Inserted>, EmitError> {
        let all: Option<Vec<_>> = self.answers.into_iter().collect();
        all.ok_or_else(|| {
            EmitError::Database(
                "a row was not stored: a trigger kept it out, or its duplicate was removed meanwhile".into(),
            )
        })
    }
}

fn identity<'r>(row: &Checked<'r>) -> (&'static str, Option<&'r str>) {
    (row.envelope.definition.name, row.envelope.idempotency_key.as_deref())
}

/// An id that the database holds.
fn parse_id(text: &str) -> Result<Uuid, EmitError> {
    text.parse()
        .map_err(|_| EmitError::Database(format!("the outbox holds `{text}`, which is no UUID").into()))
}
