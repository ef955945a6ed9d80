//! Transports that do one thing wrong, to see that it is found.

use std::future::ready;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use evt_runtime::relay::{Deliveries, Delivery, Message, Outcome, Transport};
use evt_runtime::transport::cloud_event;
use evt_runtime::transport::conformance::Arrival;

/// What is done wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    Batches,
    TellsSecret,
    RenamesItself,
    ReadsNumbers,
    LosesEveryFifth,
    Overtakes,
    OvertakesElsewhere,
    RefusesTwice,
    HangsAfterDrop,
    SplitsHeaders,
    CutsHeaders,
    DropsHeaders,
    LargeIsUnavailable,
    BatchesSometimes,
    BatchGoesOn,
    AnswersTooOften,
    NeverAnswers,
    RepeatsPassword,
}

/// Keeps what it is given, and makes one mistake.
pub(crate) struct Faulty {
    fault: Fault,
    arrivals: Mutex<Vec<Arrival>>,
    /// An arrival that is held back until the next one.
    held: Mutex<Option<Arrival>>,
    /// How often something was asked of it.
    count: AtomicUsize,
}

impl Faulty {
    pub(crate) fn new(fault: Fault) -> Self {
        Self { fault, arrivals: Mutex::default(), held: Mutex::default(), count: AtomicUsize::new(0) }
    }

    pub(crate) fn arrivals(&self) -> Vec<Arrival> {
        let held = self.held.lock().unwrap().take();
        let mut arrivals = self.arrivals.lock().unwrap();
        arrivals.extend(held);
        arrivals.clone()
    }

    fn count(&self) -> usize {
        self.count.fetch_add(1, Ordering::Relaxed)
    }

    fn take(&self, message: &Message) -> Outcome {
        let count = self.count();
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let arrival = self.arrival(message);
        let is_large = message.payload.len() > 1 << 19;
        let is_seen = arrivals.iter().any(|before| before.id == arrival.id);
        match self.fault {
            Fault::LargeIsUnavailable if is_large => return Outcome::unavailable("size", "too large"),
            Fault::BatchGoesOn if is_large => return Outcome::refused("size", "too large"),
            Fault::RefusesTwice if is_seen => return Outcome::refused("duplicate", "it is there"),
            Fault::RepeatsPassword if is_large => return Outcome::refused("size", "anna:hunter2 may not"),
            Fault::LosesEveryFifth if count.is_multiple_of(5) => {}
            Fault::Overtakes if is_of(message, "order") && self.hold(&arrival) => {}
            Fault::OvertakesElsewhere if is_of(message, "at once 3") && self.hold(&arrival) => {}
            _ => {
                arrivals.push(arrival);
                if is_of(message, "order") || is_of(message, "at once 3") {
                    arrivals.extend(self.held.lock().unwrap().take());
                }
            }
        }
        Outcome::Accepted
    }

    /// Holds back an arrival, where none is.
    fn hold(&self, arrival: &Arrival) -> bool {
        let mut held = self.held.lock().unwrap();
        let is_held = held.is_none();
        held.get_or_insert_with(|| arrival.clone());
        is_held
    }

    fn arrival(&self, message: &Message) -> Arrival {
        let payload = match self.fault {
            Fault::ReadsNumbers => {
                serde_json::from_str::<serde_json::Value>(&message.payload).unwrap().to_string()
            }
            _ => message.payload.clone(),
        };
        let mut arrival = Arrival::new(message.id, payload);
        for (name, value) in cloud_event::attributes(message) {
            let plain = |sign: char| sign.is_ascii_graphic();
            match self.fault {
                Fault::SplitsHeaders if value.contains('\n') => {
                    let (first, second) = value.split_once("\nevt-injected: ").unwrap_or((&value, ""));
                    arrival = arrival.header(format!("ce-{name}"), first);
                    arrival = arrival.header("evt-injected", second);
                }
                Fault::CutsHeaders => {
                    arrival = arrival.header(name, value.split('\0').next().unwrap_or_default());
                }
                Fault::DropsHeaders if !value.chars().all(plain) => {}
                _ => arrival = arrival.header(format!("ce-{name}"), cloud_event::header_value(&value)),
            }
        }
        arrival
    }
}

fn is_of(message: &Message, key: &str) -> bool {
    message.partition_key.as_deref() == Some(key)
}

impl Transport for Faulty {
    fn destination(&self) -> String {
        match self.fault {
            Fault::TellsSecret => "kept://anna:hunter2@memory".to_owned(),
            Fault::RenamesItself => format!("kept://memory/{}", self.count()),
            _ => "kept://memory".to_owned(),
        }
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        match self.fault {
            Fault::NeverAnswers => return Box::pin(std::future::pending()),
            // A lock that is never given back.
            Fault::HangsAfterDrop if is_of(message, "dropped") => return Box::pin(std::future::pending()),
            _ => {}
        }
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.take(message)
        })
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        let is_offered = match self.fault {
            Fault::Batches | Fault::BatchGoesOn | Fault::AnswersTooOften => true,
            Fault::BatchesSometimes => !messages.is_empty(),
            _ => false,
        };
        let more = (self.fault == Fault::AnswersTooOften).then_some(Outcome::Accepted);
        let answers = || messages.iter().map(|message| self.take(message)).chain(more).collect();
        is_offered.then(|| -> Deliveries<'a> { Box::pin(ready(answers())) })
    }
}
