use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

/// Why a relay cannot be counted on just now, in one line.
///
/// ```
/// use evt_runtime::relay::NotReady;
///
/// assert_eq!(NotReady::Broker.to_string(), "the destination does not take events");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotReady {
    /// It has not begun, or could not.
    #[error("the relay has not begun")]
    Starting,
    /// It hands nothing over any more.
    #[error("the relay is told to stop")]
    Stopping,
    /// The database has refused its last question, or has not answered for two thirds of a lease.
    #[error("the database does not answer")]
    Database,
    /// The destination does not answer, or does not let it in.
    #[error("the destination does not take events")]
    Broker,
}

/// How a relay stands.
#[derive(Debug, Default)]
pub(super) struct Standing(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    /// Whether the database refused the last question.
    is_refused: bool,
    /// Until when the leases are good: so long ago the database answered at most.
    good_until: Option<Instant>,
}

/// Where a relay is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    #[default]
    Starting,
    Running,
    Stopping,
}

impl Standing {
    pub(super) fn enter(&self, phase: Phase) {
        self.state().phase = phase;
    }

    /// The leases were renewed: whether it has any or stands by.
    pub(super) fn renewed(&self, good_until: Option<Instant>) {
        let mut state = self.state();
        (state.is_refused, state.good_until) = (false, good_until);
    }

    pub(super) fn database_answered(&self) {
        self.state().is_refused = false;
    }

    pub(super) fn database_failed(&self) {
        self.state().is_refused = true;
    }

    pub(super) fn has_database(&self) -> bool {
        self.state().has_database()
    }

    /// Whether it publishes, or would if it had lanes.
    pub(super) fn is_ready(&self) -> Result<(), NotReady> {
        let state = self.state();
        match state.phase {
            Phase::Starting => Err(NotReady::Starting),
            Phase::Stopping => Err(NotReady::Stopping),
            Phase::Running if !state.has_database() => Err(NotReady::Database),
            Phase::Running => Ok(()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn has_database(&self) -> bool {
        !self.is_refused && self.good_until.is_some_and(|until| Instant::now() < until)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_has_not_heard_of_the_database_is_not_ready() {
        let standing = Standing::default();
        assert_eq!(standing.is_ready(), Err(NotReady::Starting));
        standing.enter(Phase::Running);
        assert_eq!(standing.is_ready(), Err(NotReady::Database));
        standing.renewed(Some(Instant::now() + Duration::from_secs(20)));
        assert_eq!(standing.is_ready(), Ok(()));
        standing.database_failed();
        assert_eq!(standing.is_ready(), Err(NotReady::Database));
        standing.database_answered();
        assert_eq!(standing.is_ready(), Ok(()));
        tokio::time::advance(Duration::from_secs(20)).await;
        assert_eq!(standing.is_ready(), Err(NotReady::Database));
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_is_an_answer() {
        let standing = Standing::default();
        standing.enter(Phase::Running);
        standing.database_failed();
        standing.renewed(Some(Instant::now() + Duration::from_secs(20)));
        assert_eq!(standing.is_ready(), Ok(()));
        standing.enter(Phase::Stopping);
        assert_eq!(standing.is_ready(), Err(NotReady::Stopping));
    }
}
