use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use super::panic::{caught, caught_future};
use super::registry::HandlerId;
use crate::envelope::Envelope;
use crate::error::BoxError;

/// A payload as the emitter has it.
pub(super) type Payload = dyn Any + Send + Sync;

/// An async handler on its way.
pub(super) type Running = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send>>;

/// How a handler is called. It takes the payload as it is where that is the type that it wants, else reads it.
pub(super) enum Call {
    Sync(Box<SyncCall>),
    Async(Box<AsyncCall>),
}

type SyncCall = dyn Fn(Option<&Payload>, &Envelope) -> Result<(), BoxError> + Send + Sync;
type AsyncCall = dyn Fn(Option<Arc<Payload>>, Arc<Envelope>) -> Result<Running, BoxError> + Send + Sync;

/// A handler that wants an event.
#[derive(Clone)]
pub struct Subscriber {
    pub(super) id: HandlerId,
    pub(super) call: Arc<Call>,
}

impl Subscriber {
    /// Which handler it is.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{ProcessType, handler};
    ///
    /// let id = handler::on::<CowFed>(|_, _| Ok(()));
    /// assert_eq!(handler::subscribers("cow_fed", ProcessType::Durable)[0].id(), id);
    /// ```
    #[must_use]
    pub fn id(&self) -> HandlerId {
        self.id
    }

    /// Runs the handler: what a relay does with a stored event. A handler that is not async runs when this is polled.
    ///
    /// # Errors
    /// What the handler said, a [`HandlerPanic`](super::HandlerPanic), or the misfits of a payload that is not of its
    /// event's latest version.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use std::sync::Arc;
    /// use evt_runtime::{Emission, ProcessType, handler};
    ///
    /// # async fn relay() -> Result<(), evt_runtime::BoxError> {
    /// let envelope = Arc::new(Emission::new(CowFed::of(2.5)).envelope()?);
    /// for subscriber in handler::subscribers("cow_fed", ProcessType::Durable) {
    ///     subscriber.deliver(&envelope).await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub async fn deliver(&self, envelope: &Arc<Envelope>) -> Result<(), BoxError> {
        match self.start(None, envelope) {
            Some(handler) => caught_future(handler?).await,
            None => self.run(None, envelope),
        }
    }

    /// Runs the handler in the caller's stack.
    pub(super) fn run(&self, payload: Option<&Payload>, envelope: &Envelope) -> Result<(), BoxError> {
        match &*self.call {
            Call::Sync(handler) => caught(|| handler(payload, envelope)),
            Call::Async(_) => {
                Err("an async handler cannot run in the caller's stack: register it with `handler::on`"
                    .into())
            }
        }
    }

    /// An async handler on its way; `None` for one that is not async.
    pub(super) fn start(
        &self,
        payload: Option<Arc<Payload>>,
        envelope: &Arc<Envelope>,
    ) -> Option<Result<Running, BoxError>> {
        match &*self.call {
            Call::Sync(_) => None,
            Call::Async(handler) => Some(caught(|| handler(payload, Arc::clone(envelope)))),
        }
    }
}

impl fmt::Debug for Subscriber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscriber").field("id", &self.id).finish_non_exhaustive()
    }
}
