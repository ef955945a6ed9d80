use std::future::Future;

use uuid::Uuid;

use crate::envelope::Envelope;
use crate::error::EmitError;

/// What became of a row that was to be inserted.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Emission, Inserted, Recorder, SyncConnection};
///
/// let row = Emission::new(CowFed::of(2.5)).envelope()?;
/// let inserted = Recorder::new().insert_sync(std::slice::from_ref(&row))?;
/// assert_eq!(inserted, [Inserted::New { id: row.id, seq: 1 }]);
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
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
///
/// ```
/// use evt_runtime::{Connection, EmitError, Envelope, Inserted, Recorder};
///
/// /// A connection that says what it writes.
/// struct Loud(Recorder);
///
/// impl Connection for Loud {
///     async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
///         println!("{} rows", rows.len());
///         self.0.insert(rows).await
///     }
/// }
/// ```
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
///
/// ```
/// use evt_runtime::{EmitError, Envelope, Inserted, Recorder, SyncConnection};
///
/// /// A connection that says what it writes.
/// struct Loud(Recorder);
///
/// impl SyncConnection for Loud {
///     fn insert_sync(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
///         println!("{} rows", rows.len());
///         self.0.insert_sync(rows)
///     }
/// }
/// ```
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
