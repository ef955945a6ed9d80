use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};
use uuid::Uuid;

use super::OutboxError;

/// A row that a database gave: 64-bit numbers and texts, read column by column.
pub(crate) struct Answer {
    row: Row,
    at: usize,
}

enum Row {
    Postgres(PgRow),
    Sqlite(SqliteRow),
}

impl From<PgRow> for Answer {
    fn from(row: PgRow) -> Self {
        Self { row: Row::Postgres(row), at: 0 }
    }
}

impl From<SqliteRow> for Answer {
    fn from(row: SqliteRow) -> Self {
        Self { row: Row::Sqlite(row), at: 0 }
    }
}

impl Answer {
    pub(crate) fn int(&mut self) -> Result<i64, OutboxError> {
        self.next()
    }

    pub(crate) fn maybe_int(&mut self) -> Result<Option<i64>, OutboxError> {
        self.next()
    }

    pub(crate) fn truth(&mut self) -> Result<bool, OutboxError> {
        Ok(self.int()? != 0)
    }

    pub(crate) fn text(&mut self) -> Result<String, OutboxError> {
        self.next()
    }

    pub(crate) fn maybe_text(&mut self) -> Result<Option<String>, OutboxError> {
        self.next()
    }

    pub(crate) fn uuid(&mut self) -> Result<Uuid, OutboxError> {
        id(self.text()?)
    }

    pub(crate) fn maybe_uuid(&mut self) -> Result<Option<Uuid>, OutboxError> {
        self.maybe_text()?.map(id).transpose()
    }

    pub(crate) fn time(&mut self) -> Result<Timestamp, OutboxError> {
        instant(self.text()?)
    }

    pub(crate) fn maybe_time(&mut self) -> Result<Option<Timestamp>, OutboxError> {
        self.maybe_text()?.map(instant).transpose()
    }

    fn next<T>(&mut self) -> Result<T, OutboxError>
    where
        T: for<'r> Decode<'r, Postgres> + for<'r> Decode<'r, Sqlite> + Type<Postgres> + Type<Sqlite>,
    {
        let at = self.at;
        self.at += 1;
        let value = match &self.row {
            Row::Postgres(row) => row.try_get(at),
            Row::Sqlite(row) => row.try_get(at),
        };
        value.map_err(|error| OutboxError::Database(error.into()))
    }
}

fn instant(text: String) -> Result<Timestamp, OutboxError> {
    text.parse().map_err(|_| OutboxError::Unreadable { what: "an instant", text })
}

fn id(text: String) -> Result<Uuid, OutboxError> {
    text.parse().map_err(|_| OutboxError::Unreadable { what: "an id", text })
}
