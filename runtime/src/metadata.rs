//! Metadata that every event of a process carries.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, RwLock};

use serde_json::{Map, Value};

use crate::error::BoxError;

/// Gives the defaults, each time that an event is emitted.
type Defaults = Arc<dyn Fn() -> Result<Map<String, Value>, BoxError> + Send + Sync>;

static DEFAULTS: RwLock<Option<Defaults>> = RwLock::new(None);

/// Sets what is merged under the metadata of every call. It never breaks an emit: where it fails or panics, that is
/// logged, and the event goes without.
///
/// It runs within the span `emit` of `tracing`: a `traceparent` that it makes of the current span is that of the emit, and
/// relays carry it to consumers.
///
/// ```
/// evt_runtime::metadata::set_defaults(|| {
///     let mut defaults = serde_json::Map::new();
///     defaults.insert("service".to_owned(), "barn".into());
///     Ok(defaults)
/// });
/// # evt_runtime::metadata::clear_defaults();
/// ```
pub fn set_defaults(defaults: impl Fn() -> Result<Map<String, Value>, BoxError> + Send + Sync + 'static) {
    *DEFAULTS.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Arc::new(defaults));
}

/// Takes the defaults away.
///
/// ```
/// use evt_runtime::metadata;
///
/// metadata::set_defaults(|| Err("no request".into()));
/// metadata::clear_defaults();
/// ```
pub fn clear_defaults() {
    *DEFAULTS.write().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
}

/// The defaults with `given` over them.
pub(crate) fn merged(given: Map<String, Value>) -> Map<String, Value> {
    let mut merged = current();
    merged.extend(given);
    merged
}

fn current() -> Map<String, Value> {
    // Nothing is locked while it runs: it may set other ones.
    let defaults = DEFAULTS.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
    let Some(defaults) = defaults else { return Map::new() };
    match catch_unwind(AssertUnwindSafe(|| defaults())) {
        Ok(Ok(map)) => map,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the metadata defaults failed: the event goes without");
            Map::new()
        }
        Err(_) => {
            tracing::warn!("the metadata defaults panicked: the event goes without");
            Map::new()
        }
    }
}
