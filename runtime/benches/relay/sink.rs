use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use evt_runtime::relay::{Delivery, Message, Outcome, Transport};

/// The key that the sink can be told to refuse.
pub(crate) const HOT: &str = "Cow/hot";

/// Accepts what it gets, and knows when.
#[derive(Clone, Default)]
pub(crate) struct Sink {
    count: Arc<AtomicU64>,
    /// How long it takes over each message.
    delay: Duration,
    refuses_hot: bool,
    /// By place in the outbox, where somebody wants to know.
    arrivals: Option<Arc<Mutex<HashMap<i64, Instant>>>>,
}

impl Sink {
    /// One that takes its time.
    pub(crate) fn slow(delay: Duration) -> Self {
        Self { delay, ..Self::default() }
    }

    /// One that writes down when each row arrives.
    pub(crate) fn watched() -> Self {
        Self { arrivals: Some(Arc::default()), ..Self::default() }
    }

    /// The same, without the rows of one key.
    pub(crate) fn refusing_hot(self) -> Self {
        Self { refuses_hot: true, ..self }
    }

    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// When a row arrived.
    pub(crate) fn arrival(&self, seq: i64) -> Option<Instant> {
        let arrivals = self.arrivals.as_ref()?;
        arrivals.lock().unwrap_or_else(PoisonError::into_inner).get(&seq).copied()
    }

    fn take(&self, message: &Message) -> Outcome {
        if self.refuses_hot && message.partition_key.as_deref() == Some(HOT) {
            return Outcome::refused("422", "not this one");
        }
        if let Some(arrivals) = &self.arrivals {
            let mut arrivals = arrivals.lock().unwrap_or_else(PoisonError::into_inner);
            arrivals.entry(message.seq).or_insert_with(Instant::now);
        }
        self.count.fetch_add(1, Ordering::Relaxed);
        Outcome::Accepted
    }
}

impl Transport for Sink {
    fn destination(&self) -> String {
        "sink:".to_owned()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        if self.delay.is_zero() {
            return Box::pin(std::future::ready(self.take(message)));
        }
        Box::pin(async {
            tokio::time::sleep(self.delay).await;
            self.take(message)
        })
    }
}
