//! One connection for all deliveries.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::relay::Outcome;

/// How long a broker may take over anything that it is asked.
pub(crate) const WAIT: Duration = Duration::from_secs(10);

/// A connection that may have been lost.
pub(crate) trait Alive {
    fn is_alive(&self) -> bool;
}

/// A connection that is made when it is first wanted and made again after it was lost, never twice at once.
pub(crate) struct Link<C> {
    slot: Mutex<Slot<C>>,
    /// How many attempts have ended.
    attempts: AtomicU64,
}

struct Slot<C> {
    connection: Option<C>,
    /// What came of the last attempt, where that was no connection.
    failure: Option<Outcome>,
}

impl<C: Alive + Clone> Link<C> {
    pub(crate) fn new() -> Self {
        Self { slot: Mutex::new(Slot { connection: None, failure: None }), attempts: AtomicU64::new(0) }
    }

    /// The connection; `connect` makes it, where there is none.
    pub(crate) async fn get(&self, connect: impl Future<Output = Result<C, Outcome>>) -> Result<C, Outcome> {
        let before = self.attempts.load(Ordering::Relaxed);
        let mut slot = self.slot.lock().await;
        if let Some(connection) = slot.connection.as_ref().filter(|connection| connection.is_alive()) {
            return Ok(connection.clone());
        }
        slot.connection = None;
        // Hundreds may have waited for an attempt that failed: they would fail one after the other, each after 10 s.
        let is_answered = self.attempts.load(Ordering::Relaxed) != before;
        if let Some(failure) = slot.failure.clone().filter(|_| is_answered) {
            return Err(failure);
        }
        let made = timeout(WAIT, connect).await.unwrap_or_else(|_| Err(late("no connection")));
        self.attempts.fetch_add(1, Ordering::Relaxed);
        slot.connection = made.as_ref().ok().cloned();
        slot.failure = made.as_ref().err().cloned();
        made
    }
}

/// Nothing came in time.
pub(crate) fn late(what: &str) -> Outcome {
    Outcome::unavailable("timeout", format!("{what} within {} s", WAIT.as_secs()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
    use std::time::Duration;

    use super::{Alive, Link};
    use crate::relay::Outcome;

    #[derive(Clone)]
    struct Rope(Arc<AtomicBool>);

    impl Alive for Rope {
        fn is_alive(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }
    }

    /// Asks a hundred times at once, and counts attempts.
    async fn hundred(
        link: &Arc<Link<Rope>>,
        made: &Result<Rope, Outcome>,
        attempts: &Arc<AtomicU32>,
    ) -> usize {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..100 {
            let (link, made, attempts) = (Arc::clone(link), made.clone(), Arc::clone(attempts));
            tasks.spawn(async move {
                let attempt = async {
                    attempts.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(1)).await;
                    made
                };
                link.get(attempt).await.is_ok()
            });
        }
        tasks.join_all().await.into_iter().filter(|is_made| *is_made).count()
    }

    #[tokio::test]
    async fn a_hundred_deliveries_share_one_attempt_whether_it_fails_or_not() {
        let (link, attempts) = (Arc::new(Link::new()), Arc::new(AtomicU32::new(0)));
        let failure = Err(Outcome::unavailable("connection", "nobody listens"));
        assert_eq!((hundred(&link, &failure, &attempts).await, attempts.load(Ordering::Relaxed)), (0, 1));

        let rope = Rope(Arc::new(AtomicBool::new(true)));
        let made = Ok(rope.clone());
        assert_eq!((hundred(&link, &made, &attempts).await, attempts.load(Ordering::Relaxed)), (100, 2));

        rope.0.store(false, Ordering::Relaxed);
        let another = Ok(Rope(Arc::new(AtomicBool::new(true))));
        assert_eq!((hundred(&link, &another, &attempts).await, attempts.load(Ordering::Relaxed)), (100, 3));
    }

    #[tokio::test(start_paused = true)]
    async fn an_attempt_takes_ten_seconds_at_most() {
        let link = Link::<Rope>::new();
        let expected = Outcome::unavailable("timeout", "no connection within 10 s");
        assert_eq!(link.get(std::future::pending()).await.err(), Some(expected));
    }
}
