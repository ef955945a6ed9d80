//! What a relay tells of its work: counts, and events of `tracing`. Never what a payload holds.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use uuid::Uuid;

use super::Message;
use super::hand::{Fate, Settle};

/// What a relay has done since it began.
///
/// ```
/// use evt_runtime::relay::Counts;
///
/// assert_eq!(Counts::default().published(), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Counts(Arc<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    published: AtomicU64,
    retried: AtomicU64,
    dead: AtomicU64,
    takeovers: AtomicU64,
    lanes: AtomicU64,
    is_open: AtomicBool,
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl Counts {
            $($(#[$doc])*
            ///
            /// ```
            #[doc = concat!("assert_eq!(evt_runtime::relay::Counts::default().", stringify!($name), "(), 0);")]
            /// ```
            #[must_use]
            pub fn $name(&self) -> u64 {
                self.0.$name.load(Ordering::Relaxed)
            })*
        }
    };
}

numbers! {
    /// How many rows were published.
    published;
    /// How many attempts were refused and are made again.
    retried;
    /// How many rows became dead letters.
    dead;
    /// How many lanes were taken over from relays that had ended disorderly.
    takeovers;
    /// How many lanes it has now.
    lanes;
}

impl Counts {
    /// Whether the broker does not answer, so that nothing is handed over.
    ///
    /// ```
    /// assert!(!evt_runtime::relay::Counts::default().is_broker_down());
    /// ```
    #[must_use]
    pub fn is_broker_down(&self) -> bool {
        self.0.is_open.load(Ordering::Relaxed)
    }
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Teller {
    counts: Counts,
    destination: String,
    /// What is in hand.
    names: BTreeMap<i64, (Uuid, String, u32)>,
    said: Option<String>,
}

impl Teller {
    pub(crate) fn new(counts: Counts, destination: String) -> Self {
        Self { counts, destination, names: BTreeMap::new(), said: None }
    }

    pub(crate) fn lanes(&self, lanes: usize, takeovers: u64) {
        self.counts.0.lanes.store(lanes as u64, Ordering::Relaxed);
        self.counts.0.takeovers.store(takeovers, Ordering::Relaxed);
    }

    pub(crate) fn taken(&mut self, messages: &[Message]) {
        if messages.is_empty() {
            return;
        }
        tracing::debug!(rows = messages.len(), "batch");
        for message in messages {
            self.names.insert(message.seq, (message.id, message.event_name.clone(), message.event_version));
        }
    }

    pub(crate) fn settled(&mut self, settles: &[Settle]) {
        for settle in settles {
            let (id, event, version) = self.names.remove(&settle.seq).unwrap_or_default();
            let numbers = &self.counts.0;
            match &settle.fate {
                Fate::Published => {
                    numbers.published.fetch_add(1, Ordering::Relaxed);
                    tracing::debug!(%id, event, version, "published");
                }
                Fate::Retried { code, .. } => {
                    numbers.retried.fetch_add(1, Ordering::Relaxed);
                    tracing::info!(%id, event, version, code, "refused");
                }
                Fate::Dead { reason, code, .. } => {
                    numbers.dead.fetch_add(1, Ordering::Relaxed);
                    tracing::error!(%id, event, version, code, reason, "dead-lettered");
                }
            }
        }
    }

    /// The broker answers, or has said this. Gives what other processes are to see, if that is news: a JSON list.
    pub(crate) fn breaker(&mut self, said: Option<&str>) -> Option<String> {
        if self.said.as_deref() == said {
            return None;
        }
        if self.said.is_some() != said.is_some() {
            let destination = &self.destination;
            match said {
                Some(said) => tracing::warn!(destination, said, "nothing is handed over"),
                None => tracing::info!(destination, "the broker answers again"),
            }
        }
        self.said = said.map(str::to_owned);
        self.counts.0.is_open.store(said.is_some(), Ordering::Relaxed);
        let list: Vec<_> = said
            .iter()
            .map(|said| serde_json::json!({ "connection": self.destination, "error": said }))
            .collect();
        Some(serde_json::Value::from(list).to_string())
    }
}
