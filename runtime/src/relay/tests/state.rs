//! Two relays, a broker and an operator at one moment, and what can happen next.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::Instant;

use super::world::{Model, RowState, World};
use crate::relay::Outcome;
use crate::relay::backoff::Backoff;
use crate::relay::hand::{Hand, Limits};
use crate::relay::store::Tenure;
use crate::relay::turn::turn;

/// The messages of one key that a relay has in hand.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Handed over, and on its way.
    current: Option<i64>,
    rest: Vec<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct Actor {
    hand: Hand,
    tenure: Tenure,
    chains: Vec<Chain>,
    /// Whether its own clock says that the lease is good.
    may_hand_over: bool,
}

/// How many faults may still happen.
#[derive(Clone, Debug)]
pub(super) struct Faults {
    pub(super) crashes: u32,
    pub(super) expiries: u32,
    pub(super) refusals: u32,
    pub(super) outages: u32,
    /// Replies that are lost: the message arrived.
    pub(super) losses: u32,
    pub(super) operators: u32,
}

#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) world: World,
    actors: [Actor; 2],
    faults: Faults,
    limits: Limits,
    now: Instant,
    /// Rows in the order in which they arrived first.
    pub(super) arrived: Vec<i64>,
    /// How it came to this.
    pub(super) trace: Vec<Step>,
    /// Rows that an operator sent although their key had gone on.
    late: BTreeSet<i64>,
}

/// Something that can happen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A writer commits a row.
    Commit(i64),
    Renew(usize),
    Turn(usize),
    /// The next message of a chain is handed over.
    HandOver(usize, usize),
    /// It arrives, and the answer comes back.
    Answer(usize, usize, Reply),
    Crash(usize),
    /// The lease runs out: the database's clock, and before it that of the owner, say so.
    Expire,
    /// Rows that wait for their next attempt are due, breakers may be tried.
    TimePasses,
    RetryDead(i64),
    DiscardDead(i64),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Reply {
    Accepted,
    Lost,
    Refused,
    Unavailable,
}

impl Actor {
    fn new(limits: Limits, now: Instant) -> Self {
        let (hand, tenure) = (Hand::new(limits, now), Tenure::default());
        Self { hand, tenure, chains: Vec::new(), may_hand_over: false }
    }
}

impl State {
    pub(super) fn new(world: World, max_attempts: u32, faults: Faults) -> Self {
        let backoff = Backoff { max_attempts, ..Backoff::default() };
        let limits = Limits { batch: 2, bytes: 1 << 20, lease: Duration::from_secs(30), backoff };
        let now = Instant::now();
        let actors = [Actor::new(limits, now), Actor::new(limits, now)];
        Self {
            world,
            actors,
            faults,
            limits,
            now,
            arrived: Vec::new(),
            late: BTreeSet::new(),
            trace: Vec::new(),
        }
    }

    /// What can happen now.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<_> = self.world.next_commits().into_iter().map(Step::Commit).collect();
        for (number, actor) in self.actors.iter().enumerate() {
            steps.push(Step::Renew(number));
            if !actor.tenure.lanes.is_empty() {
                steps.push(Step::Turn(number));
            }
            for (at, chain) in actor.chains.iter().enumerate() {
                match chain.current {
                    Some(_) => steps.extend(self.replies().map(|reply| Step::Answer(number, at, reply))),
                    None => steps.push(Step::HandOver(number, at)),
                }
            }
            if self.faults.crashes > 0 && !actor.tenure.lanes.is_empty() {
                steps.push(Step::Crash(number));
            }
        }
        if self.faults.expiries > 0 && self.world.owner.is_some() && !self.world.is_expired {
            steps.push(Step::Expire);
        }
        steps.push(Step::TimePasses);
        let dead = self.world.rows.iter().filter(|(_, row)| row.state == RowState::Dead);
        for (seq, _) in dead.filter(|_| self.faults.operators > 0) {
            steps.extend([Step::RetryDead(*seq), Step::DiscardDead(*seq)]);
        }
        steps
    }

    fn replies(&self) -> impl Iterator<Item = Reply> {
        let all = [
            (Reply::Accepted, 1),
            (Reply::Lost, self.faults.losses),
            (Reply::Refused, self.faults.refusals),
            (Reply::Unavailable, self.faults.outages),
        ];
        all.into_iter().filter(|(_, left)| *left > 0).map(|(reply, _)| reply)
    }

    pub(super) async fn take(&mut self, step: Step) {
        self.trace.push(step);
        match step {
            Step::Commit(seq) => self.world.rows.get_mut(&seq).unwrap().state = RowState::Pending,
            Step::Renew(number) => {
                let tenure = self.world.renew(number);
                let actor = &mut self.actors[number];
                actor.hand.lease(&tenure.lanes, tenure.quota);
                actor.may_hand_over = !tenure.lanes.is_empty();
                actor.tenure = tenure;
            }
            Step::Turn(number) => self.turn(number).await,
            Step::HandOver(number, at) => self.hand_over(number, at),
            Step::Answer(number, at, reply) => self.answer(number, at, reply),
            Step::Crash(number) => {
                self.faults.crashes -= 1;
                self.actors[number] = Actor::new(self.limits, self.now);
                // It comes back as another relay: the lane that it had is another one's.
                if self.world.owner == Some(number) {
                    (self.world.owner, self.world.is_expired) = (Some(9), true);
                }
            }
            Step::Expire => {
                self.faults.expiries -= 1;
                self.world.is_expired = true;
                if let Some(owner) = self.world.owner.filter(|owner| *owner < 2) {
                    self.actors[owner].may_hand_over = false;
                }
            }
            Step::TimePasses => self.time_passes(),
            Step::RetryDead(seq) | Step::DiscardDead(seq) => self.operate(step, seq),
        }
    }

    async fn turn(&mut self, number: usize) {
        let model = Model { world: Arc::new(Mutex::new(self.world.clone())), relay: number };
        let actor = &mut self.actors[number];
        let turned = turn(&mut actor.hand, &model, self.now).await.unwrap();
        self.world = model.world.lock().unwrap().clone();
        for message in turned.messages {
            let key = self.world.rows[&message.seq].key;
            let of_key = |chain: &&mut Chain| chain.rest.iter().any(|seq| self.world.rows[seq].key == key);
            // What is on its way is not waited for in the same chain: rows of a key are in one turn.
            match actor.chains.iter_mut().filter(|chain| chain.current.is_none()).find(of_key) {
                Some(chain) => chain.rest.push(message.seq),
                None => actor.chains.push(Chain { current: None, rest: vec![message.seq] }),
            }
        }
    }

    fn hand_over(&mut self, number: usize, at: usize) {
        let actor = &mut self.actors[number];
        if actor.may_hand_over {
            let chain = &mut actor.chains[at];
            chain.current = Some(chain.rest.remove(0));
        } else {
            let chain = actor.chains.remove(at);
            actor.hand.let_go(&chain.rest);
        }
    }

    fn answer(&mut self, number: usize, at: usize, reply: Reply) {
        let chain = &mut self.actors[number].chains[at];
        let seq = chain.current.take().unwrap();
        let outcome = match reply {
            Reply::Accepted => Outcome::Accepted,
            Reply::Lost => {
                self.faults.losses -= 1;
                Outcome::unavailable("timeout", "no answer")
            }
            Reply::Refused => {
                self.faults.refusals -= 1;
                Outcome::refused("422", "no")
            }
            Reply::Unavailable => {
                self.faults.outages -= 1;
                Outcome::unavailable("503", "no")
            }
        };
        if matches!(reply, Reply::Accepted | Reply::Lost) && !self.arrived.contains(&seq) {
            self.arrived.push(seq);
            self.check_order(seq);
        }
        let is_accepted = outcome == Outcome::Accepted;
        let actor = &mut self.actors[number];
        actor.hand.answer(seq, outcome, self.now);
        if !is_accepted || actor.chains[at].rest.is_empty() {
            let chain = actor.chains.remove(at);
            actor.hand.let_go(&chain.rest);
        }
    }

    /// No row arrives before one of its key that was stored before it and is still to come.
    fn check_order(&self, seq: i64) {
        let key = self.world.rows[&seq].key;
        for (before, row) in self.world.rows.range(..seq) {
            let is_to_come = matches!(row.state, RowState::Pending | RowState::Retrying);
            let is_first = row.key == key && is_to_come && !self.arrived.contains(before);
            assert!(
                !is_first || self.late.contains(before),
                "row {seq} arrived before row {before}: {:?}",
                self.trace
            );
        }
    }

    fn time_passes(&mut self) {
        self.now += Duration::from_mins(1);
        for row in self.world.rows.values_mut().filter(|row| row.state == RowState::Retrying) {
            row.state = RowState::Pending;
        }
    }

    fn operate(&mut self, step: Step, seq: i64) {
        self.faults.operators -= 1;
        self.world.generation += 1;
        let is_head = self.world.keys.values().any(|(head, _)| *head == seq);
        let row = self.world.rows.get_mut(&seq).unwrap();
        if matches!(step, Step::DiscardDead(_)) {
            row.state = RowState::Discarded;
            self.world.keys.retain(|_, (head, _)| *head != seq);
            return;
        }
        (row.state, row.attempts, row.crashes) = (RowState::Pending, 0, 0);
        if is_head {
            self.world.keys.values_mut().filter(|(head, _)| *head == seq).for_each(|key| key.1 = false);
        } else {
            self.late.insert(seq);
        }
    }

    /// Lets both relays go on without faults until nothing is left to do; then every row must be done with.
    pub(super) async fn settle_down(mut self) {
        self.faults.losses = 0;
        self.faults.refusals = 0;
        self.faults.outages = 0;
        while let Some(seq) = self.world.next_commits().first() {
            self.take(Step::Commit(*seq)).await;
        }
        for round in 0..60 {
            if round == 4 {
                self.world.is_expired = true;
                self.actors.iter_mut().for_each(|actor| actor.may_hand_over = false);
            }
            for number in 0..2 {
                self.take(Step::Renew(number)).await;
                self.turn(number).await;
                while !self.actors[number].chains.is_empty() {
                    if self.actors[number].chains[0].current.is_none() {
                        self.hand_over(number, 0);
                    } else {
                        self.answer(number, 0, Reply::Accepted);
                    }
                }
            }
            self.time_passes();
            if self.world.rows.keys().all(|seq| self.is_done_with(*seq)) {
                break;
            }
        }
        for (seq, row) in &self.world.rows {
            assert!(self.is_done_with(*seq), "row {seq} is left: {self:#?}");
            let is_there = self.arrived.contains(seq);
            assert!(row.state != RowState::Published || is_there, "row {seq} never arrived");
            assert!(row.crashes < 3, "row {seq} is dead of crashes");
        }
    }

    /// Whether nothing more becomes of the row by itself.
    fn is_done_with(&self, seq: i64) -> bool {
        let row = &self.world.rows[&seq];
        let halts = |(head, halted): &(i64, bool)| *halted && *head < seq;
        let is_held = self.world.keys.get(row.key).is_some_and(halts);
        is_held || matches!(row.state, RowState::Published | RowState::Dead | RowState::Discarded)
    }
}
