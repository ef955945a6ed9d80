//! A producer, and how records pass it.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::error::RDKafkaErrorCode;
use rdkafka::producer::{Producer as _, PurgeConfig, ThreadedProducer};
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::super::link::Alive;
use super::answer::{self, Failure};
use super::ear::{Answer, Ear, End};
use super::record::Record;
use super::settings::Settings;
use crate::relay::Outcome;

/// How long the answers to what has been sent are waited for once a producer is wanted no more.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Clone)]
pub(super) struct Session(Arc<Held>);

/// A producer whose end is waited for elsewhere, since librdkafka ends its threads first.
struct Held(Option<ThreadedProducer<Ear>>);

impl Drop for Held {
    fn drop(&mut self) {
        let producer = self.0.take();
        if let Ok(runtime) = Handle::try_current() {
            // Its end is waited for, too.
            drop(runtime.spawn_blocking(move || drop(producer)));
        }
    }
}

impl Alive for Session {
    fn is_alive(&self) -> bool {
        self.ear().ended().borrow().is_none()
    }
}

/// Makes a producer, which connects by itself.
pub(super) async fn start(settings: &Settings) -> Result<Session, Outcome> {
    let settings = settings.clone();
    let made = spawn_blocking(move || settings.complete().create_with_context(Ear::new())).await;
    match made {
        Ok(Ok(producer)) => Ok(Session(Arc::new(Held(Some(producer))))),
        Ok(Err(error)) => Err(answer::of_start(&error)),
        Err(_) => Err(Outcome::unavailable("kafka", "no producer could be made")),
    }
}

impl Session {
    /// Sends a record, and waits for the acknowledgement of all replicas in sync.
    pub(super) async fn send(&self, record: &Record<'_>) -> Result<(), Failure> {
        let heard = self.hand_over(record).map_err(|code| self.failed(code))?;
        let mut flight = Flight { session: self, is_over: false };
        let answer = self.answer(heard).await;
        flight.is_over = true;
        answer.map_err(|code| self.failed(code))
    }

    fn hand_over(&self, record: &Record<'_>) -> Result<oneshot::Receiver<Answer>, RDKafkaErrorCode> {
        if !self.is_alive() {
            return Err(RDKafkaErrorCode::PurgeQueue);
        }
        let (told, heard) = oneshot::channel();
        let sent = self.producer().send(record.told(Box::new(told)));
        sent.map(|()| heard).map_err(|(error, _)| answer::code(&error))
    }

    async fn answer(&self, mut heard: oneshot::Receiver<Answer>) -> Answer {
        let mut end = self.ear().ended();
        tokio::select! {
            biased;
            answer = &mut heard => return said(answer),
            _ = end.wait_for(Option::is_some) => {}
        }
        // What was not sent by now must not be sent later: nobody will know of it.
        self.purge(PurgeConfig::default().queue());
        match timeout(LAST_WORDS, &mut heard).await {
            Ok(answer) => said(answer),
            Err(_) => {
                self.purge(PurgeConfig::default().queue().inflight());
                said(heard.await)
            }
        }
    }

    fn failed(&self, code: RDKafkaErrorCode) -> Failure {
        if let Some((code, said)) = self.producer().client().fatal_error() {
            self.ear().end(End::Broken(answer::of_fatal(code, said)));
        }
        if !answer::is_swept(code) {
            return answer::of(code);
        }
        match self.ear().ended().borrow().clone() {
            Some(End::Lost(outcome)) => Failure { outcome, is_certain: true },
            Some(End::Broken(outcome)) => Failure { outcome, is_certain: false },
            None => answer::of(code),
        }
    }

    fn purge(&self, what: PurgeConfig) {
        self.producer().purge(what.non_blocking());
    }

    fn ear(&self) -> &Ear {
        self.producer().client().context()
    }

    fn producer(&self) -> &ThreadedProducer<Ear> {
        self.0.0.as_ref().expect("only its drop takes it")
    }
}

/// Every record is answered, before its producer ends.
fn said(answer: Result<Answer, oneshot::error::RecvError>) -> Answer {
    answer.unwrap_or(Err(RDKafkaErrorCode::PurgeInflight))
}

/// A record whose answer is waited for. If that ends before, the record must not be sent later, perhaps behind a newer one
/// of its key: its producer is given up, which takes back all that was not sent.
struct Flight<'s> {
    session: &'s Session,
    is_over: bool,
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let said = "the producer was given up with another record";
        self.session.ear().end(End::Broken(Outcome::unavailable("kafka", said)));
        self.session.purge(PurgeConfig::default().queue().inflight());
    }
}
