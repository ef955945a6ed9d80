//! A database in memory that has what the relay needs, in one lane.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use jiff::Timestamp;
use uuid::Uuid;

use crate::outbox::operator::OutboxError;
use crate::relay::Message;
use crate::relay::hand::{Candidate, Fate, Lease, Pick, Settle, Standing};
use crate::relay::lane::Range;
use crate::relay::store::{Glance, Loaded, Locked, Remaining, Store, Tenure, Turn};

/// How a row of the model stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowState {
    /// Its writer has not committed.
    Unborn,
    Pending,
    /// It waits for its next attempt.
    Retrying,
    Published,
    Dead,
    Discarded,
}

#[derive(Clone, Debug)]
pub(super) struct WorldRow {
    pub(super) key: &'static str,
    pub(super) state: RowState,
    pub(super) attempts: u32,
    pub(super) crashes: u32,
}

/// The tables.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) rows: BTreeMap<i64, WorldRow>,
    /// Blocked keys: their head, and whether they halt.
    pub(super) keys: BTreeMap<&'static str, (i64, bool)>,
    pub(super) halts: bool,
    pub(super) owner: Option<usize>,
    pub(super) is_expired: bool,
    pub(super) token: i64,
    pub(super) generation: i64,
    pub(super) in_hand: Vec<i64>,
}

impl World {
    pub(super) fn new(keys: &[&'static str], halts: bool) -> Self {
        let row = |key| WorldRow { key, state: RowState::Unborn, attempts: 0, crashes: 0 };
        let rows = (1..).zip(keys.iter().map(|key| row(*key)));
        Self {
            rows: rows.collect(),
            keys: BTreeMap::new(),
            halts,
            owner: None,
            is_expired: false,
            token: 0,
            generation: 0,
            in_hand: Vec::new(),
        }
    }

    /// The last row before the first one whose writer has not committed.
    fn horizon(&self) -> i64 {
        let unborn = self.rows.iter().find(|(_, row)| row.state == RowState::Unborn);
        unborn
            .or(self.rows.last_key_value())
            .map_or(0, |(seq, row)| seq - i64::from(row.state == RowState::Unborn))
    }

    /// The rows whose writers can commit: those of one key do so in their order.
    pub(super) fn next_commits(&self) -> Vec<i64> {
        let unborn = self.rows.iter().filter(|(_, row)| row.state == RowState::Unborn);
        let mut keys = BTreeSet::new();
        unborn.filter(|(_, row)| keys.insert(row.key)).map(|(seq, _)| *seq).collect()
    }

    fn is_unfinished(&self, seq: i64) -> bool {
        matches!(self.rows[&seq].state, RowState::Pending | RowState::Retrying)
    }

    /// What becomes of a row that was not published.
    fn fail(&mut self, seq: i64, fate: &Fate) {
        let row = self.rows.get_mut(&seq).unwrap();
        row.attempts += 1;
        let key = row.key;
        match fate {
            Fate::Published => unreachable!(),
            Fate::Retried { .. } => {
                row.state = RowState::Retrying;
                self.keys.entry(key).or_insert((seq, false));
            }
            Fate::Dead { .. } => {
                row.state = RowState::Dead;
                if self.halts {
                    self.keys.entry(key).or_insert((seq, true)).1 = true;
                } else {
                    self.keys.retain(|_, (head, _)| *head != seq);
                }
            }
        }
    }

    /// A relay takes the lane, or keeps it.
    pub(super) fn renew(&mut self, relay: usize) -> Tenure {
        let is_free = self.owner.is_none() || self.is_expired;
        if self.owner != Some(relay) && is_free {
            self.take(relay);
        }
        if self.owner == Some(relay) {
            self.is_expired = false;
        }
        let suspects = self.in_hand.iter().map(|seq| seq.abs()).collect();
        let lease = Lease { token: self.token, suspects };
        let lanes = (self.owner == Some(relay)).then_some((0, lease)).into_iter().collect();
        Tenure { lanes, quota: 1, takeovers: 0, moved_to: None, glance: Glance::default() }
    }

    fn take(&mut self, relay: usize) {
        let alone: Vec<_> = self.in_hand.iter().filter(|seq| **seq < 0).map(|seq| -seq).collect();
        for seq in alone {
            if !self.is_unfinished(seq) {
                continue;
            }
            self.rows.get_mut(&seq).unwrap().crashes += 1;
            if self.rows[&seq].crashes >= 3 {
                self.fail(seq, &Fate::Dead { reason: "crash", code: String::new(), text: String::new() });
            }
        }
        let suspects: BTreeSet<_> = self.in_hand.iter().map(|seq| seq.abs()).collect();
        self.in_hand = suspects.into_iter().filter(|seq| self.is_unfinished(*seq)).collect();
        (self.owner, self.token) = (Some(relay), self.token + 1);
    }
}

/// The model as one relay sees it.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) world: Arc<Mutex<World>>,
    pub(super) relay: usize,
}

pub(super) struct ModelTurn<'m> {
    model: &'m Model,
    /// What commits.
    world: World,
    is_ours: bool,
}

impl Store for Model {
    type Turn<'s> = ModelTurn<'s>;

    async fn turn(&self) -> Result<ModelTurn<'_>, OutboxError> {
        Ok(ModelTurn { model: self, world: self.world.lock().unwrap().clone(), is_ours: false })
    }

    async fn renew(&self, _: &str) -> Result<Tenure, OutboxError> {
        Ok(self.world.lock().unwrap().renew(self.relay))
    }

    async fn glance(&self) -> Result<Glance, OutboxError> {
        Ok(Glance::default())
    }

    async fn remaining(&self) -> Result<Remaining, OutboxError> {
        Ok(Remaining::default())
    }
}

impl Turn for ModelTurn<'_> {
    async fn lock(&mut self, lanes: &[(u32, i64)]) -> Result<Locked, OutboxError> {
        let is_owner = self.world.owner == Some(self.model.relay);
        self.is_ours = is_owner && lanes.iter().any(|(_, token)| *token == self.world.token);
        let generation = self.world.generation;
        let lanes = self.is_ours.then_some((0, generation)).into_iter().collect();
        Ok(Locked { lanes, horizon: self.world.horizon(), is_paused: false })
    }

    async fn settle(&mut self, settles: &[Settle]) -> Result<(), OutboxError> {
        for settle in settles {
            assert!(self.is_ours, "a relay without a lease changed row {}", settle.seq);
            let world = &mut self.world;
            assert!(world.is_unfinished(settle.seq), "row {} was settled twice", settle.seq);
            if settle.fate == Fate::Published {
                world.rows.get_mut(&settle.seq).unwrap().state = RowState::Published;
                if settle.is_head {
                    world.keys.retain(|_, (head, _)| *head != settle.seq);
                }
            } else if world.rows[&settle.seq].attempts == settle.attempts {
                world.fail(settle.seq, &settle.fate);
            }
        }
        Ok(())
    }

    async fn scan(&mut self, ranges: &[Range]) -> Result<Option<Vec<Candidate>>, OutboxError> {
        let mut found = Vec::new();
        for range in ranges {
            let rows = self.world.rows.range(range.after + 1..range.until.max(range.after + 1));
            let rows = rows.filter(|(seq, _)| self.world.is_unfinished(**seq));
            found.extend(rows.take(range.limit).map(|(seq, row)| candidate(&self.world, *seq, row)));
        }
        Ok(Some(found))
    }

    async fn block(&mut self, blocked: &[(u32, Arc<str>, i64)]) -> Result<(), OutboxError> {
        assert!(blocked.is_empty(), "nothing is paused here");
        Ok(())
    }

    async fn load(&mut self, picks: &[Pick]) -> Result<Loaded, OutboxError> {
        let messages = picks.iter().map(|pick| message(pick.seq, &self.world.rows[&pick.seq])).collect();
        Ok(Loaded { messages, unreadable: Vec::new() })
    }

    async fn note(&mut self, notes: &[(u32, Vec<i64>)], freed: &[u32]) -> Result<(), OutboxError> {
        for (_, in_hand) in notes {
            assert!(self.is_ours, "a relay without a lease noted rows");
            self.world.in_hand.clone_from(in_hand);
        }
        if !freed.is_empty() {
            self.world.owner = None;
        }
        Ok(())
    }

    async fn commit(self) -> Result<(), OutboxError> {
        *self.model.world.lock().unwrap() = self.world;
        Ok(())
    }
}

fn candidate(world: &World, seq: i64, row: &WorldRow) -> Candidate {
    let head = world.keys.get(row.key).map(|(head, _)| *head);
    let is_due = row.state == RowState::Pending;
    let standing = match head {
        Some(head) if head < seq => Standing::Waiting,
        Some(head) if head == seq && is_due => Standing::Head,
        _ if is_due => Standing::Open,
        _ => Standing::Waiting,
    };
    Candidate {
        seq,
        content_seq: seq,
        lane: 0,
        key: Some(row.key.into()),
        attempts: row.attempts,
        halts: world.halts,
        bytes: 100,
        standing,
    }
}

fn message(seq: i64, row: &WorldRow) -> Message {
    Message {
        seq,
        id: Uuid::nil(),
        event_name: "cow_fed".into(),
        event_version: 1,
        fingerprint: String::new(),
        event_type: "domain".into(),
        process_type: "broker".into(),
        domain: None,
        subject: None,
        source: "urn:evt:farm".into(),
        partition_key: Some(row.key.into()),
        payload: "{}".into(),
        metadata: "{}".into(),
        occurred_at: Timestamp::UNIX_EPOCH,
        idempotency_key: None,
        aggregate_type: None,
        aggregate_id: None,
        aggregate_version: None,
        replaces: None,
        attempts: row.attempts,
    }
}
