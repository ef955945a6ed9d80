use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use evt_runtime::relay::{Deliveries, Delivery, Message, Outcome, Transport};

/// A broker that writes down what it accepts, and answers as a test says.
#[derive(Clone)]
pub(crate) struct Broker {
    destination: &'static str,
    state: Arc<Mutex<Journal>>,
    /// Whoever holds it keeps answers back.
    gate: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Journal {
    arrived: Vec<Message>,
    /// By the note in the payload.
    answers: BTreeMap<String, Outcome>,
    all: Option<Outcome>,
    /// How many of the messages that it is given at once it answers for, if it takes them so.
    answered: Option<usize>,
}

impl Default for Broker {
    fn default() -> Self {
        Self::at("journal:")
    }
}

impl Broker {
    pub(crate) fn at(destination: &'static str) -> Self {
        Self { destination, state: Arc::default(), gate: Arc::default() }
    }

    fn state(&self) -> MutexGuard<'_, Journal> {
        self.state.lock().unwrap()
    }

    /// Answers so to the message with this note.
    pub(crate) fn answer(&self, note: &str, outcome: Outcome) {
        self.state().answers.insert(note.to_owned(), outcome);
    }

    /// Answers so to every message, or as before.
    pub(crate) fn answer_all(&self, outcome: Option<Outcome>) {
        self.state().all = outcome;
    }

    /// Takes all messages at once, and answers for no more of them than this.
    pub(crate) fn answer_for(&self, count: usize) {
        self.state().answered = Some(count);
    }

    /// Keeps answers back until that is dropped.
    pub(crate) async fn hold(&self) -> impl Drop {
        Arc::clone(&self.gate).lock_owned().await
    }

    /// What was accepted, in that order.
    pub(crate) fn arrived(&self) -> Vec<Message> {
        self.state().arrived.clone()
    }

    /// The notes of what was accepted of a key.
    pub(crate) fn notes(&self, key: &str) -> Vec<String> {
        let state = self.state();
        let of_key = state.arrived.iter().filter(|message| message.partition_key.as_deref() == Some(key));
        of_key.map(note).collect()
    }
}

fn note(message: &Message) -> String {
    let payload: serde_json::Value = serde_json::from_str(&message.payload).unwrap();
    payload["note"].as_str().unwrap().to_owned()
}

impl Transport for Broker {
    fn destination(&self) -> String {
        self.destination.to_owned()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            drop(self.gate.lock().await);
            let mut state = self.state();
            let outcome = state.all.clone().or_else(|| state.answers.get(&note(message)).cloned());
            let outcome = outcome.unwrap_or(Outcome::Accepted);
            if outcome.is_accepted() {
                state.arrived.push(message.clone());
            }
            outcome
        })
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        let count = self.state().answered?;
        Some(Box::pin(async move {
            let mut outcomes = Vec::new();
            for message in messages.iter().take(count) {
                outcomes.push(self.deliver(message).await);
            }
            outcomes
        }))
    }
}
