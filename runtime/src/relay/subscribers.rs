//! Stored events on their way to the handlers of this process.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Delivery, Message, Outcome, Transport};
use crate::definition::{Definition, OnDeadLetter, ProcessType};
use crate::envelope::{AggregateRef, Envelope};
use crate::handler::{self, HandlerPanic};

/// Runs the handlers that want an event, in order of registration. The first one that fails ends the attempt, and all of
/// them run again at the next one.
#[derive(Debug, Default)]
pub(super) struct Subscribers {
    /// What is known of the versions that were seen: as many as there are.
    definitions: Mutex<BTreeMap<(String, u32, String), &'static Definition>>,
}

impl Transport for Subscribers {
    fn destination(&self) -> String {
        "subscribers".to_owned()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(self.run(message))
    }
}

impl Subscribers {
    async fn run(&self, message: &Message) -> Outcome {
        let Some(definition) = self.definition(message) else {
            let text = format!("the process type `{}` is not known to this program", message.process_type);
            return Outcome::refused("process_type", text);
        };
        let envelope = Arc::new(envelope(message, definition));
        for subscriber in handler::subscribers(&message.event_name, definition.process_type) {
            if let Err(error) = subscriber.deliver(&envelope).await {
                let code = if error.is::<HandlerPanic>() { "panic" } else { "handler" };
                return Outcome::refused(code, error.to_string());
            }
        }
        Outcome::Accepted
    }

    /// What the row says of its event. It is kept for ever: there are no more of them than versions.
    fn definition(&self, message: &Message) -> Option<&'static Definition> {
        let process_type = ProcessType::parse(&message.process_type)?;
        let key = (message.event_name.clone(), message.event_version, message.fingerprint.clone());
        let mut definitions = self.definitions.lock().unwrap_or_else(PoisonError::into_inner);
        Some(definitions.entry(key).or_insert_with(|| Box::leak(Box::new(definition(message, process_type)))))
    }
}

fn definition(message: &Message, process_type: ProcessType) -> Definition {
    let kept = |text: &str| -> &'static str { text.to_owned().leak() };
    Definition {
        name: kept(&message.event_name),
        version: message.event_version,
        fingerprint: kept(&message.fingerprint),
        event_type: kept(&message.event_type),
        process_type,
        domain: message.domain.as_deref().map(kept),
        subject: message.subject.as_deref().map(kept),
        source: kept(&message.source),
        table: "",
        strict: false,
        on_dead_letter: OnDeadLetter::Continue,
        pii: &[],
    }
}

fn envelope(message: &Message, definition: &'static Definition) -> Envelope {
    let aggregate = message.aggregate_type.clone().zip(message.aggregate_id.clone());
    let version = message.aggregate_version;
    Envelope {
        id: message.id,
        definition,
        payload: message.payload.clone(),
        metadata: message.metadata.clone(),
        occurred_at: message.occurred_at,
        idempotency_key: message.idempotency_key.clone(),
        aggregate: aggregate.map(|(aggregate_type, id)| AggregateRef { aggregate_type, id, version }),
        partition_key: message.partition_key.clone(),
        table: String::new(),
    }
}
