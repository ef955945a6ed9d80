use std::future::Future;

use uuid::Uuid;

use crate::envelope::Envelope;
use crate::error::EmitError;

/// What became of a row that was to be inserted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inserted {
    /// It stands in the outbox.
    New {
        /// Its identity.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
    /// One of the same event and idempotency key stood there before.
    Duplicate {
        /// The identity of the one that stands there.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
}

/// A connection or a transaction that events are written through. Everything goes through it, so that events commit
/// and roll back with the caller's own work.
pub trait Connection: Send {
    /// Writes rows in the given order; gives one answer a row.
    fn insert(&mut self, rows: &[Envelope]) -> impl Future<Output = Result<Vec<Inserted>, EmitError>> + Send;

    /// Is told of an event that is not stored, once it was delivered in this process. Only a
    /// [`Recorder`](crate::Recorder) wants to know.
    fn observe(&mut self, delivered: &Envelope) {
        let _ = delivered;
    }
}

/// The same for drivers that block.
pub trait SyncConnection {
    /// Writes rows in the given order; gives one answer a row.
    ///
    /// # Errors
    /// What the database says.
    fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError>;

    /// Is told of an event that is not stored, once it was delivered in this process. Only a
    /// [`Recorder`](crate::Recorder) wants to know.
    fn observe_sync(&mut self, delivered: &Envelope) {
        let _ = delivered;
    }
}
