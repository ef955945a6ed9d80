use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// How often all rows of a lane are looked at again: those whose writers committed late, those that are due again.
const SWEEP_EVERY: Duration = Duration::from_secs(1);

/// A lane that this relay has leased, and how far it is there.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) token: i64,
    /// The generation that was seen last: another one means that somebody changed its blocked keys.
    generation: Option<i64>,
    /// Every row up to here was looked at, and no other one can appear there.
    floor: i64,
    /// How many rows behind the floor were looked at and cannot go.
    known: usize,
    /// How far all of it is being looked at again.
    sweep: Option<i64>,
    swept_at: Option<Instant>,
    /// How many rows are read at once that were not looked at.
    pub(super) depth: usize,
    busy: BTreeMap<Arc<str>, Busy>,
    /// Rows that were in hand when a relay ended disorderly. Each goes alone.
    pub(super) suspects: BTreeSet<i64>,
    /// Whether what the database has noted to be in hand is not so any more.
    pub(super) is_dirty: bool,
}

/// A key of which rows are in hand, or which waits for a suspect. Its other rows wait.
#[derive(Clone, Debug, Default)]
struct Busy {
    rows: usize,
    /// The first row that was passed over.
    passed: Option<i64>,
}

/// Rows that are to be read: the first `limit` of a lane with `after < seq < until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) lane: u32,
    pub(crate) after: i64,
    pub(crate) until: i64,
    pub(crate) limit: usize,
}

impl Lane {
    pub(super) fn new(token: i64, suspects: BTreeSet<i64>, depth: usize) -> Self {
        Self {
            token,
            generation: None,
            floor: 0,
            known: 0,
            sweep: None,
            swept_at: None,
            depth,
            busy: BTreeMap::new(),
            is_dirty: true,
            suspects,
        }
    }

    /// The lane's generation, read while it was locked.
    pub(super) fn saw(&mut self, generation: i64) {
        if self.generation.replace(generation) != Some(generation) {
            self.back_to(0);
        }
    }

    /// Rows behind `seq` are looked at once more, in their order.
    pub(super) fn back_to(&mut self, seq: i64) {
        self.floor = self.floor.min(seq);
        if self.sweep.is_some_and(|sweep| sweep >= self.floor) {
            self.sweep = None;
        }
    }

    /// The rows behind the floor were looked at, up to `seq`; of those that lie behind it now `known` cannot go.
    pub(super) fn looked(&mut self, seq: i64, known: usize) {
        self.floor = self.floor.max(seq);
        self.known = known;
    }

    /// Looks at everything again, as if nobody had waited for a suspect.
    pub(super) fn begin_again(&mut self) {
        self.busy.retain(|_, busy| busy.rows > 0);
        self.back_to(0);
    }

    /// How far all of it is being looked at again, if that is so or due.
    pub(super) fn sweeping(&mut self, now: Instant) -> Option<i64> {
        let is_due = self.swept_at.is_none_or(|at| now.saturating_duration_since(at) >= SWEEP_EVERY);
        if self.sweep.is_none() && is_due && self.floor > 0 {
            self.sweep = Some(0);
        }
        self.sweep
    }

    pub(super) fn is_sweeping(&self) -> bool {
        self.sweep.is_some()
    }

    pub(super) fn swept(&mut self, now: Instant) {
        self.sweep = None;
        self.swept_at = Some(now);
    }

    /// The rows that come next.
    pub(super) fn next(&self, lane: u32) -> Range {
        Range { lane, after: self.floor, until: i64::MAX, limit: self.depth + self.known }
    }

    /// The rows that are to be looked at again.
    pub(super) fn again(&self, lane: u32, after: i64, limit: usize) -> Range {
        Range { lane, after, until: self.floor.saturating_add(1), limit }
    }

    /// The row was looked at.
    pub(super) fn passed(&mut self, seq: i64) {
        if let Some(sweep) = self.sweep.as_mut().filter(|_| seq <= self.floor) {
            *sweep = seq.max(*sweep);
        }
    }

    /// Whether it has been looked at again up to `seq`.
    pub(super) fn has_swept(&self, seq: i64) -> bool {
        self.sweep.is_none_or(|sweep| sweep >= seq)
    }

    pub(super) fn is_busy(&self, key: &str) -> bool {
        self.busy.contains_key(key)
    }

    /// A row of a busy key was passed over.
    pub(super) fn waits(&mut self, key: &Arc<str>, seq: i64) {
        let busy = self.busy.entry(Arc::clone(key)).or_default();
        busy.passed = Some(busy.passed.map_or(seq, |passed| passed.min(seq)));
    }

    /// A row is in hand.
    pub(super) fn take(&mut self, key: Option<&Arc<str>>) {
        self.is_dirty = true;
        if let Some(key) = key {
            self.busy.entry(Arc::clone(key)).or_default().rows += 1;
        }
    }

    /// A row is in hand no more.
    pub(super) fn leave(&mut self, key: Option<&Arc<str>>) {
        self.is_dirty = true;
        let Some(key) = key else { return };
        let Some(busy) = self.busy.get_mut(key) else { return };
        busy.rows -= 1;
        if busy.rows == 0 {
            let passed = self.busy.remove(key).and_then(|busy| busy.passed);
            self.back_to(passed.map_or(i64::MAX, |seq| seq - 1));
        }
    }
}
