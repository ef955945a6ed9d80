use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Poll;

use super::subscriber::Running;
use crate::error::BoxError;

/// A handler panicked; the text is what it said.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::GateOpened;
/// use evt_runtime::handler::HandlerPanic;
/// use evt_runtime::{EmitError, Emission, Recorder, handler};
///
/// handler::on::<GateOpened>(|_, _| panic!("the hinge broke"));
/// match Emission::new(GateOpened::of(1.0)).emit_sync(&mut Recorder::new()) {
///     Err(EmitError::Handler { source, .. }) => {
///         let panic = source.downcast_ref::<HandlerPanic>();
///         assert_eq!(panic, Some(&HandlerPanic("the hinge broke".to_owned())));
///     }
///     other => unreachable!("{other:?}"),
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it panicked: {0}")]
pub struct HandlerPanic(pub String);

/// Runs `handler`; its panic is an error.
pub(super) fn caught<T>(handler: impl FnOnce() -> Result<T, BoxError>) -> Result<T, BoxError> {
    catch_unwind(AssertUnwindSafe(handler)).unwrap_or_else(|panic| Err(said(panic.as_ref()).into()))
}

/// Runs `handler` to its end; its panic is an error.
pub(super) async fn caught_future(mut handler: Running) -> Result<(), BoxError> {
    poll_fn(|context| {
        let polled = catch_unwind(AssertUnwindSafe(|| handler.as_mut().poll(context)));
        polled.unwrap_or_else(|panic| Poll::Ready(Err(said(panic.as_ref()).into())))
    })
    .await
}

fn said(panic: &(dyn Any + Send)) -> HandlerPanic {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    HandlerPanic(text.unwrap_or_else(|| "it did not say why".to_owned()))
}
