//! What the rules work with: sending, waiting for arrivals, noting what is wrong.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use super::{Arrival, Violation, Violations};
use crate::relay::{Message, Outcome, Transport};

/// How long an accepted message may take to arrive.
const WAY: Duration = Duration::from_secs(10);
/// How long an answer may take.
const ANSWER: Duration = Duration::from_secs(30);
/// How long between two looks.
const LOOK: Duration = Duration::from_millis(20);

/// See the module.
pub(super) struct Bench<'t, R> {
    pub(super) transport: &'t dyn Transport,
    pub(super) secrets: &'t [&'t str],
    arrived: R,
    violations: Vec<Violation>,
}

impl<'t, R: AsyncFnMut() -> Vec<Arrival>> Bench<'t, R> {
    pub(super) fn new(transport: &'t dyn Transport, secrets: &'t [&'t str], arrived: R) -> Self {
        Self { transport, secrets, arrived, violations: Vec::new() }
    }

    /// Notes a violation, once.
    pub(super) fn note(&mut self, rule: &'static str, text: impl Into<String>) {
        let violation = Violation { rule, text: text.into() };
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }

    /// Sends a message.
    pub(super) async fn send(&mut self, message: &Message) -> Outcome {
        let outcome = answer(self.transport, message).await;
        self.heard(&outcome);
        outcome
    }

    /// What comes in time.
    pub(super) async fn within<T>(&mut self, coming: impl Future<Output = T>) -> Option<T> {
        let come = timeout(ANSWER, coming).await.ok();
        if come.is_none() {
            self.note("answers", LATE);
        }
        come
    }

    /// Sends messages one after the other, as long as they are accepted. Gives those that were.
    pub(super) async fn send_each<'m>(
        &mut self,
        rule: &'static str,
        messages: &'m [Message],
    ) -> Vec<&'m Message> {
        let mut sent = Vec::new();
        for message in messages {
            let outcome = self.send(message).await;
            if !self.expect_accepted(rule, &outcome) {
                break;
            }
            sent.push(message);
        }
        sent
    }

    /// Notes what is wrong with any answer.
    pub(super) fn heard(&mut self, outcome: &Outcome) {
        let (code, text) = match outcome {
            Outcome::Accepted | Outcome::Duplicate => return,
            Outcome::Refused { code, text } | Outcome::Unavailable { code, text, .. } => (code, text),
        };
        if code == NO_ANSWER {
            self.note("answers", text.clone());
        }
        let is_told = |secret: &&&str| text.contains(**secret) || code.contains(**secret);
        if let Some(secret) = self.secrets.iter().find(is_told) {
            let said = text.replace(*secret, "***");
            self.note("secret", format!("an answer repeats a secret: `{said}`"));
        }
    }

    /// Whether it was accepted: noted where not.
    pub(super) fn expect_accepted(&mut self, rule: &'static str, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Accepted | Outcome::Duplicate => return true,
            Outcome::Refused { code, text } => self.note(rule, format!("refused: {code}: {text}")),
            Outcome::Unavailable { code, text, .. } => {
                self.note(rule, format!("unavailable: {code}: {text}"));
            }
        }
        false
    }

    /// All arrivals of these messages, once each of them has arrived. Who does not arrive is noted.
    pub(super) async fn arrivals(&mut self, messages: &[&Message]) -> Vec<Arrival> {
        let wanted: BTreeSet<_> = messages.iter().map(|message| message.id.to_string()).collect();
        let until = Instant::now() + WAY;
        loop {
            let mut arrivals = (self.arrived)().await;
            arrivals.retain(|arrival| wanted.contains(&arrival.id));
            let seen: BTreeSet<_> = arrivals.iter().map(|arrival| &arrival.id).collect();
            let missing = wanted.len() - seen.len();
            if missing > 0 && Instant::now() < until {
                sleep(LOOK).await;
                continue;
            }
            if missing > 0 {
                let all = wanted.len();
                self.note("arrives", format!("{missing} of {all} accepted messages did not arrive"));
            }
            return arrivals;
        }
    }

    /// What was found.
    pub(super) fn end(self) -> Result<(), Violations> {
        if self.violations.is_empty() { Ok(()) } else { Err(Violations(self.violations)) }
    }
}

/// The code of an answer that did not come.
const NO_ANSWER: &str = "no answer in time";
const LATE: &str = "no answer within 30 s";

/// The answer about a message.
pub(super) async fn answer(transport: &dyn Transport, message: &Message) -> Outcome {
    let late = || Outcome::unavailable(NO_ANSWER, LATE);
    timeout(ANSWER, transport.deliver(message)).await.unwrap_or_else(|_| late())
}

/// The results of futures that run at the same time.
pub(super) async fn at_once<T>(mut futures: Vec<Pin<Box<dyn Future<Output = T> + '_>>>) -> Vec<T> {
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        for (future, result) in futures.iter_mut().zip(&mut results).filter(|(_, result)| result.is_none()) {
            if let Poll::Ready(value) = future.as_mut().poll(context) {
                *result = Some(value);
            }
        }
        if results.iter().all(Option::is_some) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    results.into_iter().flatten().collect()
}
