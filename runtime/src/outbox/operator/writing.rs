use super::session::{Access, Session};
use super::{Outbox, OutboxError};
use crate::connection::{Connection, Inserted};
use crate::envelope::Envelope;
use crate::error::EmitError;

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

impl Connection for Writing<'_> {
    async fn insert(&mut self, rows: &[Envelope]) -> Result<Vec<Inserted>, EmitError> {
        self.0.insert(rows).await
    }
}
