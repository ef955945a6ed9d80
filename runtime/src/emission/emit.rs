use std::sync::Arc;

use tracing::{Instrument as _, Span};
use uuid::Uuid;

use super::{Emission, trace};
use crate::connection::{Connection, Inserted, SyncConnection};
use crate::definition::{Definition, Event};
use crate::envelope::Envelope;
use crate::error::EmitError;
use crate::handler;

/// What became of an event.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{Emission, Emitted, Recorder};
///
/// match Emission::new(CowFed::of(2.5)).emit_sync(&mut Recorder::new())? {
///     Emitted::Enqueued { id, seq } => println!("{id} stands at {seq}"),
///     Emitted::Duplicate { id, .. } => println!("{id} was there before"),
///     Emitted::Delivered { id } => println!("{id} is with its handlers"),
/// }
/// # Ok::<(), evt_runtime::EmitError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emitted {
    /// It stands in the outbox, if the transaction commits.
    Enqueued {
        /// Its identity.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
    /// One of the same event and idempotency key stood there before, and [`Emission::skip_duplicates`] was asked for.
    Duplicate {
        /// The identity of the one that stands there.
        id: Uuid,
        /// Its place.
        seq: i64,
    },
    /// Its handlers ran, were queued, or it was traced: nothing is stored.
    Delivered {
        /// Its identity.
        id: Uuid,
    },
}

/// What a duplicate is to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnDuplicate {
    Refuse,
    Skip,
}

impl<E: Event> Emission<E> {
    /// The event as it would be stored.
    ///
    /// # Errors
    /// A payload, metadata or key that does not fit, an aggregate that is missing.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{EmitError, Emission};
    ///
    /// let envelope = Emission::new(CowFed::of(2.5)).envelope()?;
    /// assert_eq!(envelope.payload, r#"{"weight":2.5}"#);
    /// let misfit = Emission::new(CowFed::of(-1.0)).envelope();
    /// assert!(matches!(misfit, Err(EmitError::Payload { event: "cow_fed", .. })));
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn envelope(&self) -> Result<Envelope, EmitError> {
        self.head.clone().seal(&self.payload)
    }

    /// Emits it through a connection or a transaction of the caller's: stored with the caller's own work, or handed to
    /// its handlers, as the definition says.
    ///
    /// # Errors
    /// What does not fit, a duplicate, a handler's error, what the database says.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{Connection, EmitError, Emission};
    ///
    /// async fn feed(transaction: &mut impl Connection) -> Result<(), EmitError> {
    ///     Emission::new(CowFed::of(2.5)).emit(transaction).await?;
    ///     Ok(())
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), EmitError> { feed(&mut evt_runtime::Recorder::new()).await }
    /// ```
    pub async fn emit<C: Connection>(self, connection: &mut C) -> Result<Emitted, EmitError> {
        let span = trace::one(E::definition());
        let emitted = self.emit_within(&span, connection).instrument(span.clone()).await;
        trace::ended(&span, emitted)
    }

    async fn emit_within<C: Connection>(self, span: &Span, connection: &mut C) -> Result<Emitted, EmitError> {
        let Self { payload, head, on_duplicate } = self;
        let envelope = head.seal(&payload)?;
        trace::sealed(span, &envelope);
        if !envelope.definition.process_type.is_stored() {
            let delivered = deliver(envelope, payload)?;
            connection.observe(&delivered);
            return Ok(Emitted::Delivered { id: delivered.id });
        }
        let inserted = connection.insert(std::slice::from_ref(&envelope)).await?;
        on_duplicate.answer(E::definition(), &inserted)
    }

    /// Like [`emit`](Self::emit), for drivers that block.
    ///
    /// # Errors
    /// As there.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{Emission, Recorder};
    ///
    /// Emission::new(CowFed::of(2.5)).emit_sync(&mut Recorder::new())?;
    /// # Ok::<(), evt_runtime::EmitError>(())
    /// ```
    pub fn emit_sync<C: SyncConnection>(self, connection: &mut C) -> Result<Emitted, EmitError> {
        let span = trace::one(E::definition());
        let emitted = span.in_scope(|| self.emit_sync_within(&span, connection));
        trace::ended(&span, emitted)
    }

    fn emit_sync_within<C: SyncConnection>(
        self,
        span: &Span,
        connection: &mut C,
    ) -> Result<Emitted, EmitError> {
        let Self { payload, head, on_duplicate } = self;
        let envelope = head.seal(&payload)?;
        trace::sealed(span, &envelope);
        if !envelope.definition.process_type.is_stored() {
            let delivered = deliver(envelope, payload)?;
            connection.observe_sync(&delivered);
            return Ok(Emitted::Delivered { id: delivered.id });
        }
        let inserted = connection.insert_sync(std::slice::from_ref(&envelope))?;
        on_duplicate.answer(E::definition(), &inserted)
    }
}

pub(super) fn deliver<E: Event>(envelope: Envelope, payload: E) -> Result<Arc<Envelope>, EmitError> {
    let envelope = Arc::new(envelope);
    handler::deliver(&envelope, payload)?;
    trace::emitted(envelope.definition, Emitted::Delivered { id: envelope.id });
    Ok(envelope)
}

impl OnDuplicate {
    pub(super) fn answer(self, of: &Definition, inserted: &[Inserted]) -> Result<Emitted, EmitError> {
        match (inserted, self) {
            ([Inserted::New { id, seq }], _) => {
                Ok(trace::emitted(of, Emitted::Enqueued { id: *id, seq: *seq }))
            }
            ([Inserted::Duplicate { id, seq }], Self::Skip) => {
                Ok(trace::emitted(of, Emitted::Duplicate { id: *id, seq: *seq }))
            }
            ([Inserted::Duplicate { id, seq }], Self::Refuse) => {
                Err(EmitError::Duplicate { event: of.name, id: *id, seq: *seq })
            }
            _ => Err(EmitError::Database("the outbox gave no answer for the row".into())),
        }
    }
}
