//! What a database says, in the words of an operator.

use super::{Outbox, OutboxError};
use crate::outbox::Dialect;

/// SQLSTATE, or its first letters, and SQLite's primary code.
const UNDEFINED_TABLE: &[&str] = &["42P01"];
const UNDEFINED_SCHEMA: &[&str] = &["3F000"];
const DENIED: &[&str] = &["42501"];
const TIMED_OUT: &[&str] = &["57014"];
const BUSY: &[&str] = &["55P03", "40P01", "40001", "53300"];
const READ_ONLY: &[&str] = &["25006"];
const FULL: &[&str] = &["53100", "53200"];
const SHUT: &[&str] = &["28", "3D000", "57P01", "57P02", "57P03", "08"];

const SQLITE_PERM: u32 = 3;
pub(super) const SQLITE_BUSY: u32 = 5;
const SQLITE_LOCKED: u32 = 6;
const SQLITE_READONLY: u32 = 8;
const SQLITE_INTERRUPT: u32 = 9;
const SQLITE_IOERR: u32 = 10;
const SQLITE_CORRUPT: u32 = 11;
const SQLITE_FULL: u32 = 13;
const SQLITE_CANTOPEN: u32 = 14;
const SQLITE_AUTH: u32 = 23;
const SQLITE_NOTADB: u32 = 26;

impl Outbox {
    /// Which of our errors it is.
    pub(super) fn refused(&self, error: sqlx::Error) -> OutboxError {
        let unreachable = |reason: String| OutboxError::Unreachable { place: self.place.clone(), reason };
        match &error {
            sqlx::Error::Database(said) => {
                let (code, reason) = (said.code().unwrap_or_default(), said.message().to_owned());
                match self.dialect() {
                    Dialect::Postgres => self.refused_by_postgres(&code, reason),
                    Dialect::Sqlite => self.refused_by_sqlite(&code, reason),
                }
                .unwrap_or_else(|| OutboxError::Database(error.into()))
            }
            sqlx::Error::Io(io) => unreachable(io.to_string()),
            sqlx::Error::Tls(tls) => unreachable(tls.to_string()),
            sqlx::Error::PoolTimedOut => {
                unreachable(format!("no connection within {} s", self.pool.acquire_timeout().as_secs()))
            }
            _ => OutboxError::Database(error.into()),
        }
    }

    fn refused_by_postgres(&self, code: &str, reason: String) -> Option<OutboxError> {
        let is = |codes: &[&str]| codes.iter().any(|known| code.starts_with(known));
        Some(if is(UNDEFINED_TABLE) {
            self.not_migrated()
        } else if is(UNDEFINED_SCHEMA) {
            OutboxError::NoSchema { place: self.place.clone(), reason }
        } else if is(DENIED) {
            OutboxError::Denied { reason }
        } else if is(TIMED_OUT) {
            self.timed_out()
        } else if is(BUSY) {
            OutboxError::Busy { reason }
        } else if is(READ_ONLY) {
            OutboxError::ReadOnly { reason }
        } else if is(FULL) {
            OutboxError::Full { reason }
        } else if is(SHUT) {
            OutboxError::Unreachable { place: self.place.clone(), reason }
        } else {
            return None;
        })
    }

    fn refused_by_sqlite(&self, code: &str, reason: String) -> Option<OutboxError> {
        if reason.starts_with("no such table") {
            return Some(self.not_migrated());
        }
        Some(match code.parse::<u32>().ok()? & 0xff {
            SQLITE_PERM | SQLITE_AUTH => OutboxError::Denied { reason },
            SQLITE_BUSY | SQLITE_LOCKED => OutboxError::Busy { reason },
            SQLITE_READONLY => OutboxError::ReadOnly { reason },
            SQLITE_INTERRUPT => self.timed_out(),
            SQLITE_FULL => OutboxError::Full { reason },
            SQLITE_IOERR | SQLITE_CORRUPT | SQLITE_CANTOPEN | SQLITE_NOTADB => {
                OutboxError::Unreachable { place: self.place.clone(), reason }
            }
            _ => return None,
        })
    }

    pub(super) fn not_migrated(&self) -> OutboxError {
        OutboxError::NotMigrated { table: self.table_name.clone(), place: self.place.clone() }
    }

    fn timed_out(&self) -> OutboxError {
        OutboxError::TimedOut { seconds: self.statement_timeout.as_secs() }
    }
}
