use super::session::{Access, Session};
use super::{Outbox, OutboxError};
use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::outbox::batch::admit;

/// A transaction that writes events, for programs whose only work that is. Dropped, it rolls back.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::Emission;
/// use evt_runtime::outbox::operator::{Outbox, Writing};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
/// outbox.migrate().await?;
/// let mut writing: Writing<'_> = outbox.write().await?;
/// Emission::new(CowFed::of(2.5)).emit(&mut writing).await?;
/// writing.commit().await?;
/// assert_eq!(outbox.stats().await?.pending, 1);
/// # Ok(())
/// # }
/// ```
pub struct Writing<'o>(Session<'o>);

impl Outbox {
    /// Begins a transaction that writes events.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError, Writing};
    ///
    /// async fn begin(outbox: &Outbox) -> Result<Writing<'_>, OutboxError> {
    ///     outbox.write().await
    /// }
    /// ```
    pub async fn write(&self) -> Result<Writing<'_>, OutboxError> {
        Ok(Writing(self.session(Access::Write).await?))
    }
}

impl Writing<'_> {
    /// Writes events, in one round trip on PostgreSQL. A duplicate is no error.
    ///
    /// # Errors
    /// What the database says; [`OutboxError::Event`] where one of them cannot be stored. The transaction is of no use
    /// then.
    ///
    /// ```
    /// use evt_runtime::Envelope;
    /// use evt_runtime::outbox::operator::{OutboxError, Writing};
    ///
    /// async fn copy(writing: &mut Writing<'_>, events: &[Envelope]) -> Result<usize, OutboxError> {
    ///     Ok(writing.put(events).await?.len())
    /// }
    /// ```
    pub async fn put(&mut self, events: &[Envelope]) -> Result<Vec<Inserted>, OutboxError> {
        self.0.insert(events).await.map_err(|error| match error {
            EmitError::Database(error) => match error.downcast::<sqlx::Error>() {
                Ok(error) => self.0.refused(*error),
                Err(error) => OutboxError::Database(error),
            },
            EmitError::NotMigrated { .. } => self.0.not_migrated(),
            error => OutboxError::Event(error),
        })
    }

    /// Keeps what was written.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{OutboxError, Writing};
    ///
    /// async fn keep(writing: Writing<'_>) -> Result<(), OutboxError> {
    ///     writing.commit().await
    /// }
    /// ```
    pub async fn commit(self) -> Result<(), OutboxError> {
        self.0.commit().await
    }
}

/// Whether an envelope that was made by hand can be stored: [`emit`](crate::Emission::emit) looks itself. The payload and
/// the metadata are taken to be JSON.
///
/// # Errors
/// The first thing that stands in the way.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::outbox::operator::check_envelope;
///
/// let mut envelope = evt_runtime::Emission::new(CowFed::of(2.5)).envelope()?;
/// check_envelope(&envelope)?;
/// envelope.idempotency_key = Some("\0".to_owned());
/// let error = check_envelope(&envelope).unwrap_err();
/// assert_eq!(error.to_string(), "`idempotency_key` of `cow_fed` holds U+0000");
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
pub fn check_envelope(envelope: &Envelope) -> Result<(), EmitError> {
    envelope.check()?;
    admit(envelope).map(|_| ())
}

impl Connection for Writing<'_> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        self.0.insert(rows).await
    }
}
