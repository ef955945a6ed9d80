//! Which rows are handed over next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tokio::time::Instant;

use super::super::breaker::{Probe, Way};
use super::super::lane::{Lane, Range};
use super::{Hand, Held};

/// How many rows of a lane are read at once where none of those before them can go.
const DEEPEST: usize = 4_096;

/// A row that waits, as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) seq: i64,
    /// The row that holds what is to be sent.
    pub(crate) content_seq: i64,
    pub(crate) lane: u32,
    pub(crate) key: Option<Arc<str>>,
    pub(crate) attempts: u32,
    pub(crate) halts: bool,
    pub(crate) bytes: u64,
    pub(crate) standing: Standing,
}

impl Candidate {
    pub(crate) fn pick(&self) -> Pick {
        Pick { seq: self.seq, content_seq: self.content_seq, attempts: self.attempts }
    }
}

/// How a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It can go.
    Open,
    /// It can go, and its key waits for it.
    Head,
    /// It is to be tried later, or waits for one of its key, or nobody here wants it.
    Waiting,
    /// Its event is paused. It has a key, which waits for nothing yet.
    Paused,
}

/// A row to be handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pick {
    pub(crate) seq: i64,
    pub(crate) content_seq: i64,
    pub(crate) attempts: u32,
}

/// What is to be done with rows that were read.
#[derive(Debug, Default)]
pub(crate) struct Chosen {
    pub(crate) picks: Vec<Pick>,
    /// Keys that wait for a paused row from now on: lane, key and row.
    pub(crate) blocked: Vec<(u32, Arc<str>, i64)>,
}

/// How much may be taken.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    rows: usize,
    bytes: u64,
}

/// One look at what was read.
#[derive(Debug, Default)]
struct Walk {
    room: Room,
    chosen: Chosen,
    /// The first row of each lane that could go and was not taken.
    stops: Vec<Candidate>,
    /// Keys of which a row was taken: the next ones can go with it.
    taken: BTreeSet<Arc<str>>,
    /// Keys of which a row cannot go.
    stopped: BTreeSet<Arc<str>>,
}

/// Rows by lane, in the order of their places.
type Lanes = BTreeMap<u32, Vec<Candidate>>;

impl Hand {
    /// Takes rows into hand, of those that were read as `ranges` said.
    pub(crate) fn choose(&mut self, ranges: &[Range], found: Vec<Candidate>, now: Instant) -> Chosen {
        let lanes = by_lane(found);
        // What cannot go is passed over first, so that each lane stops at a row that can.
        let mut walk = self.walk(&lanes, Room::default());
        let is_idle = self.in_flight() == 0;
        let suspect = walk.stops.iter().find(|stop| self.is_suspect(stop));
        let single = match (self.breaker.way(now), suspect) {
            (Way::One(last), _) if is_idle => self.other_than(&last, &lanes).or(walk.stops.first()),
            (Way::Free, Some(suspect)) if is_idle => Some(suspect),
            (Way::Free, None) => {
                walk = self.take_many(ranges, &lanes);
                None
            }
            // A suspect goes alone: what is in hand comes back first.
            (Way::Free, Some(_)) | (Way::One(_) | Way::Closed(_), _) => None,
        };
        if let Some(row) = single.cloned() {
            self.first_lane = row.lane + 1;
            self.take(&row, &mut walk.chosen);
        }
        self.looked(ranges, &lanes, &walk.stops);
        self.end_sweeps(ranges, &lanes, now);
        let is_cut = |range: &Range| match self.lanes.get(&range.lane) {
            Some(lane) if range.until < i64::MAX => lane.is_sweeping(),
            Some(_) => within(range, &lanes).count() >= range.limit,
            None => false,
        };
        self.is_unfinished = walk.stops.is_empty() && ranges.iter().any(is_cut);
        walk.chosen
    }

    fn take_many(&mut self, ranges: &[Range], lanes: &Lanes) -> Walk {
        let bytes: u64 = self.rows.values().map(|held| held.bytes).sum();
        let room = Room { rows: self.room(), bytes: self.limits.bytes.saturating_sub(bytes) };
        let walk = self.walk(lanes, room);
        if let Some(stop) = walk.stops.first() {
            self.first_lane = stop.lane;
        }
        self.deepen(ranges, lanes, &walk);
        walk
    }

    /// Reads more of lanes that have more, while there is room, and less while there is none. Where none of many rows can
    /// go, those that can stand behind them.
    fn deepen(&mut self, ranges: &[Range], lanes: &Lanes, walk: &Walk) {
        let (shallow, most) = (self.shallow(self.lanes.len()), self.limits.batch.max(1));
        let taken: BTreeSet<_> = walk.chosen.picks.iter().map(|pick| pick.seq).collect();
        for range in ranges.iter().filter(|range| range.until == i64::MAX) {
            let (mut rows, count) = (within(range, lanes), within(range, lanes).count());
            let Some(lane) = self.lanes.get_mut(&range.lane) else { continue };
            if !walk.stops.is_empty() {
                lane.depth = (lane.depth / 2).clamp(shallow, most);
            } else if count >= range.limit {
                let is_stuck = rows.all(|row| !taken.contains(&row.seq));
                lane.depth = (lane.depth * 2).min(if is_stuck { DEEPEST.max(most) } else { most });
            }
        }
    }

    /// Goes over lanes in turn, each in the order of its rows, until there is no room.
    fn walk(&mut self, lanes: &Lanes, room: Room) -> Walk {
        let mut walk = Walk { room, ..Walk::default() };
        let first = self.first_lane;
        for (_, rows) in lanes.range(first..).chain(lanes.range(..first)) {
            for row in rows {
                if !self.step(row, &mut walk) {
                    walk.stops.push(row.clone());
                    break;
                }
            }
        }
        walk
    }

    /// Passes a row over, or takes it. Says whether it did.
    fn step(&mut self, row: &Candidate, walk: &mut Walk) -> bool {
        let (is_held, is_suspect) = (self.rows.contains_key(&row.seq), self.is_suspect(row));
        let is_first = walk.room.rows > 0 && self.rows.is_empty();
        let Some(lane) = self.lanes.get_mut(&row.lane) else { return true };
        if is_held || waits(lane, row, walk) || !may_go(lane, row, self.may_test, walk) {
            lane.passed(row.seq);
            return true;
        }
        let fits = walk.room.rows > 0 && (row.bytes <= walk.room.bytes || is_first);
        if is_suspect || !fits {
            return false;
        }
        walk.room.rows -= 1;
        walk.room.bytes = walk.room.bytes.saturating_sub(row.bytes);
        walk.taken.extend(row.key.clone());
        lane.passed(row.seq);
        self.take(row, &mut walk.chosen);
        true
    }

    /// The first row of another key than the one that was tried last.
    fn other_than<'l>(&self, last: &Probe, lanes: &'l Lanes) -> Option<&'l Candidate> {
        let first = self.first_lane;
        let mut rows = lanes.range(first..).chain(lanes.range(..first)).flat_map(|(_, rows)| rows);
        // Keys that wait for a row that stands before: nobody has passed over it yet.
        let mut stopped = BTreeSet::new();
        rows.find(|row| {
            if !self.can_go(row) {
                stopped.extend(row.key.as_ref().filter(|_| self.holds_its_key(row)));
                return false;
            }
            let is_other = match (last, &row.key) {
                (Probe::Key(last), Some(key)) => last != key,
                (Probe::Row(last), None) => *last != row.seq,
                _ => true,
            };
            is_other && row.key.as_ref().is_none_or(|key| !stopped.contains(key))
        })
    }

    /// Whether a row that cannot go is one that its key waits for, although nothing says so yet.
    fn holds_its_key(&self, row: &Candidate) -> bool {
        let is_suspect = self.lanes.get(&row.lane).is_some_and(|lane| lane.suspects.contains(&row.seq));
        row.standing == Standing::Paused || (is_suspect && row.standing != Standing::Waiting)
    }

    fn can_go(&self, row: &Candidate) -> bool {
        let Some(lane) = self.lanes.get(&row.lane) else { return false };
        let is_busy = row.key.as_ref().is_some_and(|key| lane.is_busy(key));
        let is_untested = !self.may_test && lane.suspects.contains(&row.seq);
        let may_go = matches!(row.standing, Standing::Open | Standing::Head);
        may_go && !is_busy && !is_untested && !self.rows.contains_key(&row.seq)
    }

    /// Whether the row is one that must go alone, and may go.
    fn is_suspect(&self, row: &Candidate) -> bool {
        self.may_test && self.lanes.get(&row.lane).is_some_and(|lane| lane.suspects.contains(&row.seq))
    }

    fn take(&mut self, row: &Candidate, chosen: &mut Chosen) {
        let is_alone = self.is_suspect(row);
        if let Some(lane) = self.lanes.get_mut(&row.lane) {
            lane.take(row.key.as_ref());
        }
        let held = Held {
            lane: row.lane,
            key: row.key.clone(),
            attempts: row.attempts,
            halts: row.halts,
            is_head: row.standing == Standing::Head,
            is_alone,
            bytes: row.bytes,
        };
        self.rows.insert(row.seq, held);
        chosen.picks.push(row.pick());
    }

    /// Remembers how far each lane was looked at: to the row that could have gone, and no further than rows can appear.
    fn looked(&mut self, ranges: &[Range], lanes: &Lanes, stops: &[Candidate]) {
        for range in ranges.iter().filter(|range| range.until == i64::MAX) {
            let Some(lane) = self.lanes.get_mut(&range.lane) else { continue };
            let rows = within(range, lanes);
            let is_cut = rows.clone().count() >= range.limit;
            let read = rows.clone().last().filter(|_| is_cut).map_or(i64::MAX, |row| row.seq);
            let stop = stops.iter().find(|stop| stop.lane == range.lane).map_or(i64::MAX, |row| row.seq - 1);
            let floor = self.horizon.min(read).min(stop);
            lane.looked(floor, rows.filter(|row| row.seq > floor && row.seq <= stop).count());
        }
    }

    /// A lane of which fewer rows were there to be looked at again than were asked for has been looked at.
    fn end_sweeps(&mut self, ranges: &[Range], lanes: &Lanes, now: Instant) {
        for range in ranges.iter().filter(|range| range.until < i64::MAX) {
            let (count, last) = (within(range, lanes).count(), within(range, lanes).last());
            let Some(lane) = self.lanes.get_mut(&range.lane) else { continue };
            if count < range.limit && last.is_none_or(|last| lane.has_swept(last.seq)) {
                lane.swept(now);
            }
        }
    }
}

/// Whether the row can go by itself. If it is paused, its key waits for it.
fn may_go(lane: &mut Lane, row: &Candidate, may_test: bool, walk: &mut Walk) -> bool {
    match (row.standing, &row.key) {
        (Standing::Waiting, _) | (Standing::Paused, None) => false,
        (Standing::Paused, Some(key)) => {
            walk.stopped.insert(Arc::clone(key));
            if lane.is_busy(key) {
                // One before it is in hand, for which its key may have to wait first.
                lane.waits(key, row.seq);
            } else {
                walk.chosen.blocked.push((row.lane, Arc::clone(key), row.seq));
            }
            false
        }
        (Standing::Open | Standing::Head, key) => {
            let is_untested = !may_test && lane.suspects.contains(&row.seq);
            if let (true, Some(key)) = (is_untested, key) {
                lane.waits(key, row.seq);
            }
            !is_untested
        }
    }
}

/// Whether the row waits for another one of its key.
fn waits(lane: &mut Lane, row: &Candidate, walk: &Walk) -> bool {
    let Some(key) = &row.key else { return false };
    if walk.stopped.contains(key) {
        return true;
    }
    let waits = lane.is_busy(key) && !walk.taken.contains(key);
    if waits {
        lane.waits(key, row.seq);
    }
    waits
}

fn within<'l>(range: &Range, lanes: &'l Lanes) -> impl Iterator<Item = &'l Candidate> + Clone {
    let Range { after, until, .. } = *range;
    let rows = lanes.get(&range.lane).into_iter().flatten();
    rows.filter(move |row| row.seq > after && row.seq < until)
}

fn by_lane(found: Vec<Candidate>) -> Lanes {
    let mut lanes = Lanes::new();
    for row in found {
        lanes.entry(row.lane).or_default().push(row);
    }
    for rows in lanes.values_mut() {
        rows.sort_by_key(|row| row.seq);
    }
    lanes
}
