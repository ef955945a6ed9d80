//! One transaction of a relay: what became of rows is written down, the next ones are taken into hand.

use std::collections::BTreeSet;

use tokio::time::Instant;

use super::Message;
use super::failpoint::pass;
use super::hand::{Hand, Settle};
use super::store::{Loaded, Store, Turn};
use crate::outbox::operator::OutboxError;

/// What a turn did.
#[derive(Debug, Default)]
pub(crate) struct Turned {
    /// To be handed over now.
    pub(crate) messages: Vec<Message>,
    /// What was written down.
    pub(crate) settled: Vec<Settle>,
}

/// Does it. What fails is undone, in the hand too.
pub(crate) async fn turn<S: Store>(hand: &mut Hand, store: &S, now: Instant) -> Result<Turned, OutboxError> {
    let mut attempt = Attempt { now, settled: Vec::new(), read: Vec::new() };
    match attempt.run(hand, store).await {
        Ok(messages) => Ok(Turned { messages, settled: attempt.settled }),
        Err(error) => {
            hand.undone(attempt.settled, &attempt.read);
            Err(error)
        }
    }
}

struct Attempt {
    now: Instant,
    settled: Vec<Settle>,
    read: Vec<i64>,
}

impl Attempt {
    async fn run<S: Store>(&mut self, hand: &mut Hand, store: &S) -> Result<Vec<Message>, OutboxError> {
        let mut turn = store.turn().await?;
        pass!(TurnBegun);
        let locked = turn.lock(&hand.lanes()).await?;
        pass!(TurnLocked);
        hand.locked(&locked);
        let settles = hand.settles();
        turn.settle(&settles).await?;
        pass!(TurnSettled);
        hand.settled(&settles);
        self.settled = settles;
        let loaded = if locked.is_paused { Loaded::default() } else { self.read(hand, &mut turn).await? };
        let freed = hand.spare();
        turn.note(&hand.notes(), &freed).await?;
        pass!(TurnNoted);
        turn.commit().await?;
        pass!(TurnCommitted);
        hand.noted();
        hand.freed(&freed);
        for (seq, error) in loaded.unreadable {
            hand.refuse(seq, "unreadable".to_owned(), error);
        }
        Ok(loaded.messages)
    }

    async fn read<T: Turn>(&mut self, hand: &mut Hand, turn: &mut T) -> Result<Loaded, OutboxError> {
        let ranges = hand.ranges(self.now);
        if ranges.is_empty() {
            return Ok(Loaded::default());
        }
        let Some(found) = turn.scan(&ranges).await? else { return Ok(Loaded::default()) };
        let chosen = hand.choose(&ranges, found, self.now);
        self.read = chosen.picks.iter().map(|pick| pick.seq).collect();
        turn.block(&chosen.blocked).await?;
        let loaded = turn.load(&chosen.picks).await?;
        let mut found: BTreeSet<_> = loaded.messages.iter().map(|message| message.seq).collect();
        found.extend(loaded.unreadable.iter().map(|(seq, _)| *seq));
        let gone: Vec<_> = self.read.iter().copied().filter(|seq| !found.contains(seq)).collect();
        hand.let_go(&gone);
        Ok(loaded)
    }
}
