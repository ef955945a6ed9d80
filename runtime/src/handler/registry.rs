use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::subscriber::{Call, Subscriber};
use crate::definition::{Event, ProcessType};
use crate::envelope::Envelope;
use crate::error::BoxError;

static REGISTRY: RwLock<Registry> = RwLock::new(Registry {
    last: HandlerId(0),
    of_events: BTreeMap::new(),
    of_process_types: BTreeMap::new(),
});

/// The handlers of this process, each list in order of registration.
struct Registry {
    last: HandlerId,
    of_events: BTreeMap<&'static str, Vec<Subscriber>>,
    of_process_types: BTreeMap<ProcessType, Vec<Subscriber>>,
}

/// A handler that was registered. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HandlerId(u64);

/// What a handler wants to see.
enum Topic {
    Event(&'static str),
    ProcessType(ProcessType),
}

/// Registers a handler for one event.
///
/// It runs in the caller's stack for an `inline` event, on a thread where it may block for a `background` one, and is
/// kept for a relay where the event is stored: `.emit` does not run it then (see the [module](crate::handler)).
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::GateOpened;
/// use evt_runtime::handler;
///
/// handler::on::<GateOpened>(|event, envelope| {
///     println!("{} kg went through at {}", event.weight, envelope.occurred_at);
///     Ok(())
/// });
/// ```
pub fn on<E: Event>(
    handler: impl Fn(&E, &Envelope) -> Result<(), BoxError> + Send + Sync + 'static,
) -> HandlerId {
    let call = Call::Sync(Box::new(move |payload, envelope| {
        match payload.and_then(|payload| payload.downcast_ref()) {
            Some(event) => handler(event, envelope),
            None => handler(&envelope.payload_as::<E>()?, envelope),
        }
    }));
    add(&topic_of::<E>(), call)
}

/// Registers an async handler for one event: `background` ones, and such as a relay delivers.
///
/// It cannot run in the caller's stack: an `inline` event that has such a handler is refused at `.emit`.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::MilkWeighed;
/// use evt_runtime::handler;
/// # async fn send(_: f64) {}
///
/// handler::on_background::<MilkWeighed, _, _>(|event, _| async move {
///     send(event.weight).await;
///     Ok(())
/// });
/// ```
pub fn on_background<E, H, F>(handler: H) -> HandlerId
where
    E: Event,
    H: Fn(Arc<E>, Arc<Envelope>) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), BoxError>> + Send + 'static,
{
    let call = Call::Async(Box::new(move |payload, envelope| {
        let event = match payload.map(Arc::downcast) {
            Some(Ok(event)) => event,
            Some(Err(_)) | None => Arc::new(envelope.payload_as::<E>()?),
        };
        Ok(Box::pin(handler(event, envelope)))
    }));
    add(&topic_of::<E>(), call)
}

/// Registers a handler for all events of a process type.
///
/// ```
/// use evt_runtime::{ProcessType, handler};
///
/// handler::on_process_type(ProcessType::Inline, |envelope| {
///     println!("{} {}", envelope.definition.name, envelope.payload);
///     Ok(())
/// });
/// ```
pub fn on_process_type(
    process_type: ProcessType,
    handler: impl Fn(&Envelope) -> Result<(), BoxError> + Send + Sync + 'static,
) -> HandlerId {
    warn_of_telemetry(process_type, None);
    add(&Topic::ProcessType(process_type), Call::Sync(Box::new(move |_, envelope| handler(envelope))))
}

/// The handlers that want `event` when it is delivered as `process_type`, in order of registration. A relay asks here
/// for stored events; one without subscribers it leaves alone.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// use evt_runtime::{ProcessType, handler};
///
/// assert!(handler::subscribers("cow_fed", ProcessType::Durable).is_empty());
/// handler::on::<CowFed>(|_, _| Ok(()));
/// handler::on_process_type(ProcessType::Durable, |_| Ok(()));
/// assert_eq!(handler::subscribers("cow_fed", ProcessType::Durable).len(), 2);
/// ```
#[must_use]
pub fn subscribers(event: &str, process_type: ProcessType) -> Vec<Subscriber> {
    let registry = REGISTRY.read().unwrap_or_else(PoisonError::into_inner);
    let of_event = registry.of_events.get(event);
    let of_process_type = registry.of_process_types.get(&process_type);
    let mut subscribers: Vec<_> = of_event.into_iter().chain(of_process_type).flatten().cloned().collect();
    subscribers.sort_by_key(Subscriber::id);
    subscribers
}

/// The events that a relay of stored events finds handlers for; `None`: all, for a handler wants whatever is stored.
#[cfg(feature = "relay")]
pub(crate) fn served() -> Option<Vec<String>> {
    let registry = REGISTRY.read().unwrap_or_else(PoisonError::into_inner);
    let stored = [ProcessType::Durable, ProcessType::Sourced];
    let wants_all =
        |of| registry.of_process_types.get(&of).is_some_and(|subscribers| !subscribers.is_empty());
    if stored.into_iter().any(wants_all) {
        return None;
    }
    let served = registry.of_events.iter().filter(|(_, subscribers)| !subscribers.is_empty());
    Some(served.map(|(name, _)| (*name).to_owned()).collect())
}

impl HandlerId {
    /// Takes the handler away. Events that are queued for it already reach it still.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// use evt_runtime::{ProcessType, handler};
    ///
    /// let id = handler::on::<CowFed>(|_, _| Ok(()));
    /// id.remove();
    /// assert!(handler::subscribers("cow_fed", ProcessType::Durable).is_empty());
    /// ```
    pub fn remove(self) {
        let mut registry = REGISTRY.write().unwrap_or_else(PoisonError::into_inner);
        let Registry { last: _, of_events, of_process_types } = &mut *registry;
        for subscribers in of_events.values_mut().chain(of_process_types.values_mut()) {
            subscribers.retain(|subscriber| subscriber.id != self);
        }
    }
}

fn topic_of<E: Event>() -> Topic {
    let definition = E::definition();
    warn_of_telemetry(definition.process_type, Some(definition.name));
    Topic::Event(definition.name)
}

fn warn_of_telemetry(process_type: ProcessType, event: Option<&'static str>) {
    if process_type == ProcessType::Telemetry {
        tracing::warn!(target: "evt", event, "telemetry events are traced: this handler will not run");
    }
}

fn add(topic: &Topic, call: Call) -> HandlerId {
    let mut registry = REGISTRY.write().unwrap_or_else(PoisonError::into_inner);
    let id = HandlerId(registry.last.0 + 1);
    registry.last = id;
    let subscribers = match *topic {
        Topic::Event(name) => registry.of_events.entry(name).or_default(),
        Topic::ProcessType(process_type) => registry.of_process_types.entry(process_type).or_default(),
    };
    subscribers.push(Subscriber { id, call: Arc::new(call) });
    id
}
