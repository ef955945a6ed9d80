use std::collections::HashMap;

use uuid::Uuid;

use crate::connection::Inserted;
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::batch::{Batch, Checked};

/// What PostgreSQL says of one row.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) place: i64,
    /// `None` where neither the row was inserted nor its duplicate could be seen.
    pub(crate) seq: Option<i64>,
    /// `None` where the row is new.
    pub(crate) duplicate_of: Option<String>,
}

/// The answers to the caller's rows, by place.
#[derive(Debug)]
pub(crate) struct Answers<'r> {
    rows: &'r [Envelope],
    answers: Vec<Option<Inserted>>,
}

impl<'r> Answers<'r> {
    pub(crate) fn new(rows: &'r [Envelope]) -> Self {
        Self { rows, answers: vec![None; rows.len()] }
    }

    pub(crate) fn set(&mut self, place: usize, answer: Inserted) {
        if let Some(slot) = self.answers.get_mut(place) {
            *slot = Some(answer);
        }
    }

    /// Takes in what a statement found.
    pub(crate) fn take(&mut self, found: Vec<Found>) -> Result<(), EmitError> {
        for found in found {
            let place = usize::try_from(found.place).unwrap_or(usize::MAX);
            let (Some(row), Some(seq)) = (self.rows.get(place), found.seq) else { continue };
            let answer = match found.duplicate_of {
                None => Inserted::New { id: row.id, seq },
                Some(id) => Inserted::Duplicate { id: parse_id(&id)?, seq },
            };
            self.set(place, answer);
        }
        Ok(())
    }

    /// Answers the rows of `batch` that repeat one that was inserted by it, and gives those that are left.
    pub(crate) fn left<'b>(&mut self, batch: &'b Batch<'r>) -> Vec<&'b Checked<'r>> {
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
    pub(crate) fn all(self) -> Result<Vec<Inserted>, EmitError> {
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
pub(crate) fn parse_id(text: &str) -> Result<Uuid, EmitError> {
    text.parse()
        .map_err(|_| EmitError::Database(format!("the outbox holds `{text}`, which is no UUID").into()))
}
