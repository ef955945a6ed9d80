//! What a relay has in hand: which rows it hands over, in which order, and what becomes of them. It asks nobody and waits
//! for nobody: what the database and the broker say is told to it.

mod choose;
mod settle;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::backoff::Backoff;
use super::breaker::{Breaker, Way};
use super::doubt::Doubts;
use super::lane::{Lane, Range};
use super::store::Locked;
pub(crate) use choose::{Candidate, Pick, Standing};
pub(crate) use settle::{Fate, Settle};

/// How many rows before the floors are looked at again in one turn.
const SWEPT: usize = 256;

/// What bounds a hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// How many rows it holds at most.
    pub(crate) batch: usize,
    /// How many bytes of payload and metadata, but for a single row.
    pub(crate) bytes: u64,
    pub(crate) lease: Duration,
    pub(crate) backoff: Backoff,
}

/// A lane that this relay may work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    /// Grows each time that the lane changes hands.
    pub(crate) token: i64,
    /// Rows that were in hand when its last owner ended disorderly.
    pub(crate) suspects: BTreeSet<i64>,
}

/// A row in hand: handed over, or answered and not yet written down.
#[derive(Clone, Debug)]
struct Held {
    lane: u32,
    key: Option<Arc<str>>,
    attempts: u32,
    halts: bool,
    is_head: bool,
    is_alone: bool,
    bytes: u64,
}

/// See the module.
#[derive(Clone, Debug)]
pub(crate) struct Hand {
    limits: Limits,
    began: Instant,
    lanes: BTreeMap<u32, Lane>,
    rows: BTreeMap<i64, Held>,
    /// What became of rows, until that is written down.
    fates: BTreeMap<i64, Fate>,
    breaker: Breaker,
    doubts: Doubts,
    /// No row can appear any more up to this place.
    horizon: i64,
    /// The lane that is looked at first.
    first_lane: u32,
    /// How many lanes it may have.
    quota: usize,
    may_test: bool,
    /// Whether there is more to be looked at than the last turn read.
    is_unfinished: bool,
}

impl Hand {
    pub(crate) fn new(limits: Limits, now: Instant) -> Self {
        Self {
            limits,
            began: now,
            lanes: BTreeMap::new(),
            rows: BTreeMap::new(),
            fates: BTreeMap::new(),
            breaker: Breaker::default(),
            doubts: Doubts::default(),
            horizon: 0,
            first_lane: 0,
            quota: usize::MAX,
            may_test: false,
            is_unfinished: false,
        }
    }

    /// The lanes that it may work on. What it holds of others is none of its business any more. Says whether a lane was
    /// lost.
    pub(crate) fn lease(&mut self, leases: &BTreeMap<u32, Lease>, quota: usize) -> bool {
        self.quota = quota;
        let is_kept =
            |(lane, token): &(u32, i64)| leases.get(lane).is_some_and(|lease| lease.token == *token);
        let lost: Vec<_> = self.lanes().into_iter().filter(|lane| !is_kept(lane)).collect();
        for (lane, _) in &lost {
            self.lose(*lane);
        }
        let depth = self.shallow(leases.len());
        for (lane, lease) in leases {
            let new = || Lane::new(lease.token, lease.suspects.clone(), depth);
            self.lanes.entry(*lane).or_insert_with(new);
        }
        !lost.is_empty()
    }

    /// The lanes and their tokens.
    pub(crate) fn lanes(&self) -> Vec<(u32, i64)> {
        self.lanes.iter().map(|(lane, has)| (*lane, has.token)).collect()
    }

    /// The lanes that are locked now. The others are lost.
    pub(crate) fn locked(&mut self, locked: &Locked) {
        self.horizon = locked.horizon;
        self.is_unfinished = false;
        let is_ours: BTreeMap<_, _> = locked.lanes.iter().copied().collect();
        for (lane, _) in self.lanes() {
            match is_ours.get(&lane) {
                Some(generation) => self.lanes.get_mut(&lane).expect("it was listed").saw(*generation),
                None => self.lose(lane),
            }
        }
    }

    fn lose(&mut self, lane: u32) {
        self.lanes.remove(&lane);
        self.rows.retain(|_, held| held.lane != lane);
        self.fates.retain(|seq, _| self.rows.contains_key(seq));
    }

    /// The rows to be read now.
    pub(crate) fn ranges(&mut self, now: Instant) -> Vec<Range> {
        let is_open = match self.breaker.way(now) {
            Way::Closed(_) => false,
            Way::One(_) => self.in_flight() == 0,
            Way::Free => self.room() > 0 && !self.is_testing(),
        };
        if !is_open {
            return Vec::new();
        }
        self.test_when_due(now);
        let surplus = self.surplus();
        let lanes: Vec<_> = self.lanes.iter_mut().filter(|(lane, _)| !surplus.contains(lane)).collect();
        let mut ranges = Vec::with_capacity(lanes.len() * 2);
        let mut swept = Vec::new();
        for (number, lane) in lanes {
            if let Some(after) = lane.sweeping(now) {
                swept.push(lane.again(*number, after, 0));
            }
            ranges.push(lane.next(*number));
        }
        let limit = (SWEPT / swept.len().max(1)).max(16);
        ranges.extend(swept.into_iter().map(|range| Range { limit, ..range }));
        ranges
    }

    /// Whether a suspect is in hand: it is alone there until it is answered.
    fn is_testing(&self) -> bool {
        self.rows.iter().any(|(seq, held)| held.is_alone && !self.fates.contains_key(seq))
    }

    /// Suspects may be handed over once a crash would speak against them: when something else was accepted, or this
    /// relay has lived for one lease.
    fn test_when_due(&mut self, now: Instant) {
        let is_proven = self.doubts.accepted_count() > 0
            || now.saturating_duration_since(self.began) >= self.limits.lease;
        if is_proven && !self.may_test {
            self.may_test = true;
            for lane in self.lanes.values_mut().filter(|lane| !lane.suspects.is_empty()) {
                lane.begin_again();
            }
        }
    }

    /// The lanes that are to be given to others, because there are more relays now.
    fn surplus(&self) -> BTreeSet<u32> {
        let most = self.lanes.len().saturating_sub(self.quota);
        self.lanes.keys().rev().take(most).copied().collect()
    }

    /// The lanes that can be given to others: nothing of them is in hand.
    pub(crate) fn spare(&self) -> Vec<u32> {
        let surplus = self.surplus().into_iter();
        surplus.filter(|lane| self.rows.values().all(|held| held.lane != *lane)).collect()
    }

    /// They are given to others.
    pub(crate) fn freed(&mut self, lanes: &[u32]) {
        for lane in lanes {
            self.lanes.remove(lane);
        }
    }

    /// Takes no more lanes, and gives up those that it has.
    pub(crate) fn end(&mut self) {
        self.quota = 0;
    }

    /// What the database is to note as in hand, of the lanes where that changed. A row that is alone in hand is
    /// negative; suspects that are not in hand stand there too.
    pub(crate) fn notes(&self) -> Vec<(u32, Vec<i64>)> {
        let dirty = self.lanes.iter().filter(|(_, has)| has.is_dirty);
        dirty.map(|(lane, has)| (*lane, self.note(*lane, has))).collect()
    }

    /// The database has noted it.
    pub(crate) fn noted(&mut self) {
        for lane in self.lanes.values_mut() {
            lane.is_dirty = false;
        }
    }

    fn note(&self, lane: u32, has: &Lane) -> Vec<i64> {
        let rows = self.rows.iter().filter(|(seq, held)| held.lane == lane && !self.fates.contains_key(seq));
        let rows = rows.map(|(seq, held)| if held.is_alone { -seq } else { *seq });
        let rest = has.suspects.iter().filter(|seq| !self.rows.contains_key(seq));
        rows.chain(rest.copied()).collect()
    }

    /// How many rows are handed over and not answered.
    pub(crate) fn in_flight(&self) -> usize {
        self.rows.len() - self.fates.len()
    }

    /// How many rows are in hand: handed over, or answered and not written down.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether a row is in hand.
    pub(crate) fn holds(&self, seq: i64) -> bool {
        self.rows.contains_key(&seq)
    }

    /// Whether answers wait to be written down.
    pub(crate) fn has_fates(&self) -> bool {
        !self.fates.is_empty()
    }

    pub(crate) fn has_lanes(&self) -> bool {
        !self.lanes.is_empty()
    }

    /// Whether rows were read that cannot go, and more may stand behind them.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.is_unfinished
    }

    /// How many rows more it could take.
    pub(crate) fn room(&self) -> usize {
        self.limits.batch.saturating_sub(self.in_flight())
    }

    /// How many rows are read of each lane, where all have some.
    fn shallow(&self, lanes: usize) -> usize {
        (self.limits.batch / lanes.max(1)).max(1)
    }

    pub(crate) fn breaker(&self) -> &Breaker {
        &self.breaker
    }
}
