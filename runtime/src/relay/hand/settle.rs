//! What becomes of rows.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::super::Outcome;
use super::super::breaker::Probe;
use super::{Hand, Held};

/// What becomes of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Published,
    Retried { after: Duration, code: String, text: String },
    Dead { reason: &'static str, code: String, text: String },
}

/// What is to be written down of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settle {
    pub(crate) seq: i64,
    pub(crate) lane: u32,
    pub(crate) key: Option<Arc<str>>,
    /// How often it had been refused: who finds another number came too late.
    pub(crate) attempts: u32,
    /// Whether its key halts when it dies.
    pub(crate) halts: bool,
    /// Whether its key waits for it.
    pub(crate) is_head: bool,
    pub(crate) fate: Fate,
}

impl Hand {
    /// What the broker said of a row.
    pub(crate) fn answer(&mut self, seq: i64, outcome: Outcome, now: Instant) {
        let Some(held) = self.rows.get(&seq) else { return };
        if self.fates.contains_key(&seq) {
            return;
        }
        let fate = match outcome {
            Outcome::Accepted | Outcome::Duplicate => {
                self.doubts.accepted(seq);
                self.breaker.answered();
                Fate::Published
            }
            Outcome::Refused { code, text } => {
                self.breaker.answered();
                self.failed(held.attempts, seq, code, text)
            }
            Outcome::Unavailable { code, text, is_down: false, .. } if self.doubts.is_its_own(seq) => {
                self.failed(held.attempts, seq, code, text)
            }
            Outcome::Unavailable { code, text, retry_after, .. } => {
                let probe = held.key.clone().map_or(Probe::Row(seq), Probe::Key);
                self.breaker.failed(now, format!("{code}: {text}"), retry_after, probe);
                return self.let_go(&[seq]);
            }
        };
        self.fates.insert(seq, fate);
    }

    /// A row in hand cannot be handed over. The broker knows nothing of it.
    pub(crate) fn refuse(&mut self, seq: i64, code: String, text: String) {
        let Some(attempts) = self.rows.get(&seq).map(|held| held.attempts) else { return };
        let fate = self.failed(attempts, seq, code, text);
        self.fates.insert(seq, fate);
    }

    fn failed(&self, attempts: u32, seq: i64, code: String, text: String) -> Fate {
        let backoff = self.limits.backoff;
        let number = attempts + 1;
        if number >= backoff.max_attempts {
            return Fate::Dead { reason: "max_attempts", code, text };
        }
        Fate::Retried { after: backoff.after(number, seq), code, text }
    }

    /// Rows that nobody has tried are not in hand any more.
    pub(crate) fn let_go(&mut self, seqs: &[i64]) {
        for seq in seqs {
            let Some(held) = self.rows.remove(seq) else { continue };
            self.leave(&held);
            if let Some(lane) = self.lanes.get_mut(&held.lane) {
                lane.back_to(seq - 1);
            }
        }
    }

    fn leave(&mut self, held: &Held) {
        if let Some(lane) = self.lanes.get_mut(&held.lane) {
            lane.leave(held.key.as_ref());
        }
    }

    /// What is to be written down.
    pub(crate) fn settles(&self) -> Vec<Settle> {
        let settles = self.fates.iter().map(|(seq, fate)| {
            let held = &self.rows[seq];
            Settle {
                seq: *seq,
                lane: held.lane,
                key: held.key.clone(),
                attempts: held.attempts,
                halts: held.halts,
                is_head: held.is_head,
                fate: fate.clone(),
            }
        });
        settles.collect()
    }

    /// It is written down, in a transaction that reads next: the rows that waited for these are looked at again.
    pub(crate) fn settled(&mut self, settles: &[Settle]) {
        for settle in settles {
            self.fates.remove(&settle.seq);
            let Some(held) = self.rows.remove(&settle.seq) else { continue };
            self.leave(&held);
            let Some(lane) = self.lanes.get_mut(&held.lane) else { continue };
            lane.suspects.remove(&settle.seq);
            if held.is_head {
                lane.back_to(settle.seq);
            }
        }
    }

    /// That transaction is undone, or nobody knows: what it wrote is to be written again, what it read is not in hand.
    pub(crate) fn undone(&mut self, settles: Vec<Settle>, read: &[i64]) {
        self.let_go(read);
        for lane in self.lanes.values_mut() {
            lane.back_to(0);
            lane.is_dirty = true;
        }
        for settle in settles {
            let Some(lane) = self.lanes.get_mut(&settle.lane) else { continue };
            lane.take(settle.key.as_ref());
            let held = Held {
                lane: settle.lane,
                key: settle.key,
                attempts: settle.attempts,
                halts: settle.halts,
                is_head: settle.is_head,
                is_alone: false,
                bytes: 0,
            };
            self.rows.insert(settle.seq, held);
            self.fates.insert(settle.seq, settle.fate);
        }
    }
}
