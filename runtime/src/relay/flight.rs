//! Messages on their way to the transport.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tracing::Instrument as _;

use super::batch::Batch;
use super::failpoint::pass;
use super::{Message, Outcome, Transport};

/// How long the messages of one key are handed over one after the other before others get a turn.
const SLICE: Duration = Duration::from_millis(50);

/// What is heard of messages on their way.
#[derive(Debug)]
pub(crate) enum Heard {
    Answer(i64, Outcome),
    /// These were not tried.
    LetGo(Vec<i64>),
}

/// Until when messages may be handed over.
#[derive(Debug)]
pub(crate) struct Gate {
    began: Instant,
    /// Milliseconds since it began.
    until: AtomicU64,
    /// Grows each time that it is shut: who passed it before must not pass again.
    shut: AtomicU64,
}

impl Gate {
    fn new() -> Self {
        Self { began: Instant::now(), until: AtomicU64::new(0), shut: AtomicU64::new(0) }
    }

    /// Lets messages pass until then.
    pub(crate) fn open_until(&self, until: Instant) {
        let until = until.saturating_duration_since(self.began).as_millis();
        self.until.store(u64::try_from(until).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Stops what is on its way here.
    pub(crate) fn shut(&self) {
        self.shut.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether what comes now may be handed over.
    pub(crate) fn lets_pass(&self) -> bool {
        self.began.elapsed() < Duration::from_millis(self.until.load(Ordering::Relaxed))
    }

    fn is_open(&self, pass: u64) -> bool {
        self.lets_pass() && self.shut.load(Ordering::Relaxed) == pass
    }
}

/// See the module.
pub(crate) struct Flights {
    transport: Arc<dyn Transport>,
    pub(crate) gate: Arc<Gate>,
    /// How long an answer may take.
    patience: Duration,
    tasks: JoinSet<()>,
    to: UnboundedSender<Heard>,
    heard: UnboundedReceiver<Heard>,
}

impl Flights {
    pub(crate) fn new(transport: Arc<dyn Transport>, patience: Duration) -> Self {
        let (to, heard) = unbounded_channel();
        Self { transport, gate: Arc::new(Gate::new()), patience, tasks: JoinSet::new(), to, heard }
    }

    /// What is heard next.
    pub(crate) async fn next(&mut self) -> Heard {
        self.heard.recv().await.expect("a sender is held here")
    }

    /// What was heard already.
    pub(crate) fn ready(&mut self) -> Option<Heard> {
        while self.tasks.try_join_next().is_some() {}
        self.heard.try_recv().ok()
    }

    /// Hands messages over, those of one key one after the other.
    pub(crate) fn start(&mut self, messages: Vec<Message>, batch: &Arc<Batch>) {
        let way = Way {
            transport: Arc::clone(&self.transport),
            gate: Arc::clone(&self.gate),
            pass: self.gate.shut.load(Ordering::Relaxed),
            patience: self.patience,
            to: self.to.clone(),
            _batch: Arc::clone(batch),
        };
        if messages.len() > 1 && self.transport.deliver_all(&[]).is_some() {
            self.tasks.spawn(way.all(messages).instrument(batch.span.clone()));
            return;
        }
        for chain in chains(messages) {
            self.tasks.spawn(way.clone().one_by_one(chain).instrument(batch.span.clone()));
        }
    }
}

/// What a task needs.
#[derive(Clone)]
struct Way {
    transport: Arc<dyn Transport>,
    gate: Arc<Gate>,
    pass: u64,
    patience: Duration,
    to: UnboundedSender<Heard>,
    /// It ends with the last task.
    _batch: Arc<Batch>,
}

impl Way {
    async fn one_by_one(self, chain: Vec<Message>) {
        let began = Instant::now();
        let mut chain = chain.into_iter();
        while let Some(message) = chain.next() {
            let is_late = chain.len() > 0 && began.elapsed() > SLICE;
            if is_late || !self.gate.is_open(self.pass) {
                return self.let_go(std::iter::once(message).chain(chain));
            }
            pass!(HandingOver);
            let outcome = self.deliver(&message).await;
            pass!(Answered);
            let is_accepted = outcome.is_accepted();
            self.tell(Heard::Answer(message.seq, outcome));
            if !is_accepted {
                break;
            }
        }
        self.let_go(chain);
    }

    /// Hands over one message. A transport that panics has refused it.
    async fn deliver(&self, message: &Message) -> Outcome {
        let Ok(mut delivery) = catch_unwind(AssertUnwindSafe(|| self.transport.deliver(message))) else {
            return Outcome::refused("panic", PANICKED);
        };
        let caught = std::future::poll_fn(|context| {
            let polled = catch_unwind(AssertUnwindSafe(|| delivery.as_mut().poll(context)));
            polled.unwrap_or_else(|_| Poll::Ready(Outcome::refused("panic", PANICKED)))
        });
        timeout(self.patience, caught).await.unwrap_or_else(|_| self.silent())
    }

    fn silent(&self) -> Outcome {
        let seconds = self.patience.as_secs_f64();
        Outcome::unavailable("timeout", format!("no answer within {seconds} s"))
    }

    /// Hands over all at once. What was not answered is let go.
    async fn all(self, messages: Vec<Message>) {
        if !self.gate.is_open(self.pass) {
            return self.let_go(messages.into_iter());
        }
        pass!(HandingOver);
        let Some(answers) = self.deliver_all(&messages).await else {
            // One of them is at fault: alone it is known by its panic.
            for chain in chains(messages) {
                self.clone().one_by_one(chain).await;
            }
            return;
        };
        pass!(Answered);
        let mut messages = messages.into_iter();
        // The answers first: the other way round, one message more is taken than is answered.
        for (outcome, message) in answers.into_iter().zip(messages.by_ref()) {
            self.tell(Heard::Answer(message.seq, outcome));
        }
        self.let_go(messages);
    }

    /// Hands all of them over; `None` where the transport panics.
    async fn deliver_all(&self, messages: &[Message]) -> Option<Vec<Outcome>> {
        let started = catch_unwind(AssertUnwindSafe(|| self.transport.deliver_all(messages)));
        let Some(mut delivery) = started.ok()? else { return Some(Vec::new()) };
        let caught = std::future::poll_fn(|context| {
            let polled = catch_unwind(AssertUnwindSafe(|| delivery.as_mut().poll(context).map(Some)));
            polled.unwrap_or(Poll::Ready(None))
        });
        timeout(self.patience, caught).await.unwrap_or_else(|_| Some(vec![self.silent()]))
    }

    fn let_go(&self, rest: impl Iterator<Item = Message>) {
        let rest: Vec<_> = rest.map(|message| message.seq).collect();
        if !rest.is_empty() {
            self.tell(Heard::LetGo(rest));
        }
    }

    /// Nobody listens where the relay has ended.
    fn tell(&self, heard: Heard) {
        drop(self.to.send(heard));
    }
}

const PANICKED: &str = "the transport panicked while it sent this message";

/// The messages of each key in their order, each one without a key for itself.
fn chains(messages: Vec<Message>) -> Vec<Vec<Message>> {
    let mut chains: Vec<Vec<Message>> = Vec::new();
    let mut of_key: BTreeMap<String, usize> = BTreeMap::new();
    for message in messages {
        match &message.partition_key {
            None => chains.push(vec![message]),
            Some(key) => match of_key.get(key) {
                Some(place) => chains[*place].push(message),
                None => {
                    of_key.insert(key.clone(), chains.len());
                    chains.push(vec![message]);
                }
            },
        }
    }
    chains
}
