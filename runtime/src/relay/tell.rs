//! What a relay tells of its work: counts, and events of `tracing`. Never what a payload holds.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::Instant;
use tracing::Span;
use uuid::Uuid;

use super::Message;
use super::batch::Batch;
use super::counts::Counts;
use super::hand::{Fate, Settle};
use super::standing::Phase;

/// See the module.
#[derive(Debug)]
pub(crate) struct Teller {
    counts: Counts,
    destination: String,
    /// What is in hand.
    named: BTreeMap<i64, Named>,
    said: Option<String>,
}

/// What is told of a row.
#[derive(Debug)]
struct Named {
    id: Uuid,
    event: String,
    version: u32,
    /// That of the batch that it was handed over in.
    span: Span,
}

impl Teller {
    /// The relay has begun.
    pub(crate) fn new(counts: Counts, destination: String) -> Self {
        counts.numbers().standing.enter(Phase::Running);
        Self { counts, destination, named: BTreeMap::new(), said: None }
    }

    /// The leases were renewed.
    pub(crate) fn leased(&self, lanes: usize, takeovers: u64, good_until: Option<Instant>) {
        let numbers = self.counts.numbers();
        numbers.lanes.store(lanes as u64, Ordering::Relaxed);
        numbers.takeovers.store(takeovers, Ordering::Relaxed);
        numbers.standing.renewed(good_until);
    }

    pub(crate) fn database_answered(&self) {
        self.counts.numbers().standing.database_answered();
    }

    pub(crate) fn database_failed(&self) {
        self.counts.numbers().standing.database_failed();
    }

    /// The relay hands nothing over any more.
    pub(crate) fn stopping(&self) {
        self.counts.numbers().standing.enter(Phase::Stopping);
    }

    /// These are handed over together.
    pub(crate) fn taken(&mut self, messages: &[Message]) -> Arc<Batch> {
        let batch = Arc::new(Batch::new(&self.destination, messages.len(), self.counts.clone()));
        for message in messages {
            let (id, event, version) = (message.id, message.event_name.clone(), message.event_version);
            self.named.insert(message.seq, Named { id, event, version, span: batch.span.clone() });
        }
        batch
    }

    /// The destination had it before.
    pub(crate) fn duplicate(&self, seq: i64) {
        self.counts.numbers().duplicates.fetch_add(1, Ordering::Relaxed);
        if let Some(Named { id, event, version, span }) = self.named.get(&seq) {
            span.in_scope(|| tracing::debug!(%id, event, version, "duplicate"));
        }
    }

    pub(crate) fn settled(&mut self, settles: &[Settle]) {
        for settle in settles {
            let named = self.named.remove(&settle.seq);
            let Named { id, event, version, span } = named.unwrap_or_else(Named::nobody);
            let numbers = self.counts.numbers();
            match &settle.fate {
                Fate::Published => {
                    numbers.published.fetch_add(1, Ordering::Relaxed);
                    span.in_scope(|| tracing::debug!(%id, event, version, "published"));
                }
                Fate::Retried { code, .. } => {
                    numbers.retried.fetch_add(1, Ordering::Relaxed);
                    span.in_scope(|| tracing::info!(%id, event, version, code, "refused"));
                }
                Fate::Dead { reason, code, .. } => {
                    numbers.dead.fetch_add(1, Ordering::Relaxed);
                    span.in_scope(|| tracing::error!(%id, event, version, code, reason, "dead-lettered"));
                }
            }
        }
    }

    /// So many rows are in hand, these.
    pub(crate) fn in_hand(&mut self, count: usize, is_in_hand: impl Fn(i64) -> bool) {
        self.counts.numbers().in_hand.store(count as u64, Ordering::Relaxed);
        // Others were let go, or lost with their lane.
        if self.named.len() > count {
            self.named.retain(|seq, _| is_in_hand(*seq));
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
        self.counts.numbers().is_open.store(said.is_some(), Ordering::Relaxed);
        let list: Vec<_> = said
            .iter()
            .map(|said| serde_json::json!({ "connection": self.destination, "error": said }))
            .collect();
        Some(serde_json::Value::from(list).to_string())
    }
}

impl Named {
    fn nobody() -> Self {
        Self { id: Uuid::nil(), event: String::new(), version: 0, span: Span::none() }
    }
}

/// A relay that nobody drives any more has stopped, however that came.
impl Drop for Teller {
    fn drop(&mut self) {
        self.stopping();
    }
}
