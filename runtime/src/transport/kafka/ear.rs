//! What is heard of a producer.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rdkafka::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::producer::{DeliveryResult, NoCustomPartitioner, ProducerContext};
use tokio::sync::{oneshot, watch};

use super::answer;
use crate::relay::Outcome;

/// What became of a record.
pub(super) type Answer = Result<(), RDKafkaErrorCode>;
/// Who waits for that.
pub(super) type Told = Box<oneshot::Sender<Answer>>;

/// Why a producer is wanted no more.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// No broker can be reached, or none lets us in.
    Lost(Outcome),
    /// One record ended it, or nobody waited for one any more. The others have done nothing.
    Broken(Outcome),
}

/// For how long all brokers must be away before a new producer waits for them no more. That they are is said as soon as each
/// was tried once, also where a name has another address that answers.
const AWAY: Duration = Duration::from_millis(500);

/// See the module.
pub(super) struct Ear {
    end: watch::Sender<Option<End>>,
    rumours: Mutex<Rumours>,
}

/// What is said of connections.
#[derive(Default)]
struct Rumours {
    /// Why the last one failed.
    complaint: Option<String>,
    /// Since when all brokers are said to be away.
    away: Option<Instant>,
    /// Whether a record was acknowledged.
    is_proven: bool,
}

impl Rumours {
    /// It is said that all brokers are away. Is that the end? A producer that had brokers finds them less well again than a
    /// new one does.
    fn are_away(&mut self, now: Instant) -> bool {
        let since = *self.away.get_or_insert(now);
        self.is_proven || now.duration_since(since) >= AWAY
    }
}

impl Ear {
    pub(super) fn new() -> Self {
        Self { end: watch::Sender::new(None), rumours: Mutex::default() }
    }

    /// The producer is wanted no more. What was said first counts.
    pub(super) fn end(&self, end: End) {
        self.end.send_if_modified(|slot| {
            let is_first = slot.is_none();
            slot.get_or_insert(end);
            is_first
        });
    }

    pub(super) fn ended(&self) -> watch::Receiver<Option<End>> {
        self.end.subscribe()
    }

    fn rumours(&self) -> MutexGuard<'_, Rumours> {
        self.rumours.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn all_are_away(&self, said: &str) {
        let mut rumours = self.rumours();
        if rumours.are_away(Instant::now()) {
            let why = rumours.complaint.as_deref().unwrap_or(said);
            self.end(End::Lost(Outcome::unavailable("connection", why)));
        }
    }
}

impl ClientContext for Ear {
    /// Errors are answers too, or are mended without anybody's doing.
    fn log(&self, level: RDKafkaLogLevel, facility: &str, line: &str) {
        match level {
            RDKafkaLogLevel::Emerg
            | RDKafkaLogLevel::Alert
            | RDKafkaLogLevel::Critical
            | RDKafkaLogLevel::Error => tracing::warn!(target: "librdkafka", "{facility}: {line}"),
            RDKafkaLogLevel::Warning
            | RDKafkaLogLevel::Notice
            | RDKafkaLogLevel::Info
            | RDKafkaLogLevel::Debug => tracing::debug!(target: "librdkafka", "{facility}: {line}"),
        }
    }

    fn error(&self, error: KafkaError, said: &str) {
        match error.rdkafka_error_code() {
            Some(RDKafkaErrorCode::Authentication) => {
                self.end(End::Lost(Outcome::unavailable("auth", said)));
            }
            Some(RDKafkaErrorCode::AllBrokersDown) => self.all_are_away(said),
            Some(
                RDKafkaErrorCode::BrokerTransportFailure
                | RDKafkaErrorCode::OperationTimedOut
                | RDKafkaErrorCode::Resolve
                | RDKafkaErrorCode::SSL,
            ) => self.rumours().complaint = Some(said.to_owned()),
            // All else is told to each record, too.
            _ => {}
        }
    }
}

impl ProducerContext<NoCustomPartitioner> for Ear {
    type DeliveryOpaque = Told;

    fn delivery(&self, result: &DeliveryResult<'_>, told: Told) {
        let answer = result.as_ref().map(|_| ()).map_err(|(error, _)| answer::code(error));
        if answer.is_ok() {
            self.rumours().is_proven = true;
        }
        // Nobody waits for what was given up.
        let _ = told.send(answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_producer_is_given_time_and_one_that_had_brokers_is_not() {
        let (mut rumours, began) = (Rumours::default(), Instant::now());
        let mut said = |milliseconds| rumours.are_away(began + Duration::from_millis(milliseconds));
        assert_eq!([0, 1, 499, 500, 900].map(&mut said), [false, false, false, true, true]);
        assert!(Rumours { is_proven: true, ..Rumours::default() }.are_away(began));
    }

    #[test]
    fn what_was_said_last_of_a_connection_is_why_none_is_there() {
        let ear = Ear::new();
        ear.error(KafkaError::Global(RDKafkaErrorCode::SSL), "no trust");
        let away = || ear.error(KafkaError::Global(RDKafkaErrorCode::AllBrokersDown), "1/1 brokers are down");
        away();
        assert!(ear.ended().borrow().is_none());
        ear.rumours().away = Instant::now().checked_sub(AWAY);
        away();
        let end = ear.ended().borrow().clone();
        let Some(End::Lost(outcome)) = end else { panic!("{end:?}") };
        assert_eq!(outcome, Outcome::unavailable("connection", "no trust"));
    }
}
