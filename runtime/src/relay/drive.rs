//! The loop of a relay.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::breaker::Way;
use super::failpoint::pass;
use super::flight::{Flights, Heard};
use super::hand::Hand;
use super::keeper::{Breakers, Kept};
use super::pace::Pace;
use super::store::Store;
use super::tell::Teller;
use super::turn::turn;
use super::{Drained, Outcome};
use crate::outbox::operator::OutboxError;

/// How long answers are gathered before they are written down together.
const GATHER: Duration = Duration::from_millis(2);
/// How often an unreachable broker is tried where all is to be done at once.
const MOST_TRIES: u32 = 6;

/// Whether it goes on for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Forever,
    Once,
}

/// How it ended.
pub(crate) enum Ended {
    Drained(Drained),
    /// The route is published somewhere else by now.
    Moved(String),
}

/// See the module.
pub(crate) struct Drive<S> {
    pub(crate) store: Arc<S>,
    pub(crate) hand: Hand,
    pub(crate) flights: Flights,
    pub(crate) kept: watch::Receiver<Kept>,
    pub(crate) breakers: Breakers,
    pub(crate) teller: Teller,
    pub(crate) pace: Pace,
    pub(crate) mode: Mode,
    pub(crate) grace: Duration,
    /// Since when answers wait to be written down.
    pub(crate) answered_at: Option<Instant>,
}

impl<S: Store> Drive<S> {
    /// Publishes until `stop`, or until nothing is left to do.
    pub(crate) async fn run(mut self, stop: impl Future<Output = ()>) -> Result<Ended, OutboxError> {
        let mut stop = pin!(stop);
        self.lease();
        loop {
            let wake = self.wake();
            tokio::select! {
                biased;
                () = &mut stop => break,
                changed = self.kept.changed() => {
                    self.lease();
                    if changed.is_err() || self.kept.borrow().tenure.moved_to.is_some() {
                        break;
                    }
                }
                heard = self.flights.next() => self.hear(heard),
                () = sleep_until(wake) => {
                    if let Some(drained) = self.act().await? {
                        self.end().await;
                        return Ok(Ended::Drained(drained));
                    }
                }
            }
        }
        self.end().await;
        let moved_to = self.kept.borrow().tenure.moved_to.clone();
        Ok(moved_to.map_or(Ended::Drained(Drained::Stopped), Ended::Moved))
    }

    fn lease(&mut self) {
        let kept = self.kept.borrow_and_update();
        self.pace.heard(kept.tenure.glance, Instant::now());
        if let Some(until) = kept.good_until {
            self.flights.gate.open_until(until);
        }
        if self.hand.lease(&kept.tenure.lanes, kept.tenure.quota) {
            // Rows of that lane may be on their way: another relay hands them over now.
            self.flights.gate.shut();
        }
        self.teller.leased(kept.tenure.lanes.len(), kept.takeovers, kept.good_until);
    }

    fn hear(&mut self, heard: Heard) {
        let now = Instant::now();
        let mut next = Some(heard);
        while let Some(heard) = next {
            self.hear_one(heard, now);
            next = self.flights.ready();
        }
        pass!(Heard);
        if self.hand.has_fates() {
            self.answered_at.get_or_insert(now);
        }
        self.tell_breaker();
        self.tell_hand();
    }

    fn hear_one(&mut self, heard: Heard, now: Instant) {
        match heard {
            Heard::Answer(seq, outcome) => {
                if matches!(outcome, Outcome::Unavailable { .. }) {
                    self.flights.gate.shut();
                }
                if outcome == Outcome::Duplicate {
                    self.teller.duplicate(seq);
                }
                self.hand.answer(seq, outcome, now);
            }
            Heard::LetGo(seqs) => {
                self.hand.let_go(&seqs);
                self.pace.hurry(now);
            }
        }
    }

    fn tell_breaker(&mut self) {
        let said = self.hand.breaker().said();
        if let Some(json) = self.teller.breaker(said) {
            *self.breakers.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = json;
        }
    }

    fn tell_hand(&mut self) {
        let hand = &self.hand;
        self.teller.in_hand(hand.len(), |seq| hand.holds(seq));
    }

    /// When something is to be done next.
    fn wake(&self) -> Instant {
        match self.answered_at {
            Some(at) if self.hand.in_flight() > 0 => (at + GATHER).min(self.pace.next().max(at)),
            Some(at) => at,
            None => self.pace.next(),
        }
    }

    /// Looks for rows, writes down what became of others.
    async fn act(&mut self) -> Result<Option<Drained>, OutboxError> {
        let now = Instant::now();
        // Who could not renew its leases in time hands nothing over: what it took it would have to let go at once.
        let may_take = self.hand.has_lanes() && self.flights.gate.lets_pass();
        if !may_take && !self.hand.has_fates() {
            self.pace.failed(now);
            return self.is_drained(0).await;
        }
        let is_idle = !self.hand.has_fates() && self.hand.in_flight() == 0 && self.hand.spare().is_empty();
        if is_idle && self.mode == Mode::Forever && self.pace.is_quiet(now) {
            match self.store.glance().await {
                Ok(glance) if !self.pace.wants_turn(glance, now) => {
                    self.teller.database_answered();
                    return Ok(None);
                }
                Ok(_) => {}
                Err(error) => return self.failed(error),
            }
        }
        self.answered_at = None;
        let taken = match turn(&mut self.hand, &*self.store, Instant::now()).await {
            Ok(turned) => {
                self.teller.database_answered();
                self.teller.settled(&turned.settled);
                let taken = turned.messages.len();
                if taken > 0 {
                    let batch = self.teller.taken(&turned.messages);
                    self.flights.start(turned.messages, &batch);
                }
                self.tell_hand();
                taken
            }
            Err(error) => return self.failed(error),
        };
        let now = Instant::now();
        if self.hand.has_fates() {
            self.answered_at = Some(now);
        }
        self.pace.turned(taken, self.hand.is_unfinished(), now);
        if let Way::Closed(until) = self.hand.breaker().way(now) {
            self.pace.wait_until(until);
        }
        self.is_drained(taken).await
    }

    /// The database did not do it; it is asked again soon.
    fn failed(&mut self, error: OutboxError) -> Result<Option<Drained>, OutboxError> {
        self.pace.failed(Instant::now());
        self.teller.database_failed();
        if self.hand.has_fates() {
            self.answered_at = Some(self.pace.next());
        }
        if self.mode == Mode::Once {
            return Err(error);
        }
        tracing::warn!(%error, "the outbox was not reached");
        Ok(None)
    }

    /// Whether all is done that can be.
    async fn is_drained(&self, taken: usize) -> Result<Option<Drained>, OutboxError> {
        let is_busy = taken > 0 || self.hand.has_fates() || self.hand.in_flight() > 0;
        if self.mode == Mode::Forever || is_busy {
            return Ok(None);
        }
        if let Some(said) = self.hand.breaker().has_failed(MOST_TRIES) {
            return Ok(Some(Drained::Unreachable(said.to_owned())));
        }
        let remaining = self.store.remaining().await?;
        Ok(match (remaining.due, remaining.waiting) {
            (0, 0) => Some(Drained::All),
            (0, waiting) => Some(Drained::Waiting(waiting)),
            _ => None,
        })
    }

    /// Hands nothing over any more, waits for answers, gives the lanes back.
    async fn end(&mut self) {
        self.teller.stopping();
        self.flights.gate.shut();
        self.hand.end();
        let until = Instant::now() + self.grace;
        while self.hand.in_flight() > 0 {
            tokio::select! {
                heard = self.flights.next() => self.hear(heard),
                () = sleep_until(until) => break,
            }
        }
        pass!(Draining);
        loop {
            match turn(&mut self.hand, &*self.store, Instant::now()).await {
                Ok(turned) => {
                    self.teller.settled(&turned.settled);
                    return self.tell_hand();
                }
                Err(error) => {
                    tracing::warn!(%error, "what became of the last rows was not written down");
                }
            }
            if Instant::now() >= until {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
}
