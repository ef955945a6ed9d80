//! Keeps the leases, on a connection of its own, whatever else the relay is doing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::store::{Store, Tenure};
use crate::outbox::operator::OutboxError;

/// What the keeper last heard.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kept {
    pub(crate) tenure: Tenure,
    /// Until when messages may be handed over: two thirds of the lease.
    pub(crate) good_until: Option<Instant>,
    /// How many lanes were taken over since the relay began.
    pub(crate) takeovers: u64,
}

/// What the keeper tells of the relay's connections: JSON text.
pub(crate) type Breakers = Arc<Mutex<String>>;

/// Renews the leases every third of their time until nobody listens. What fails is tried again soon.
///
/// # Errors
/// The outbox is one that this program cannot live with any more.
pub(crate) async fn keep<S: Store>(
    store: Arc<S>,
    lease: Duration,
    breakers: Breakers,
    first: Kept,
    to: watch::Sender<Kept>,
) -> Result<(), OutboxError> {
    let mut kept = first;
    let mut is_well = true;
    while !to.is_closed() {
        let wait = if is_well { lease / 3 } else { (lease / 10).min(Duration::from_secs(1)) };
        tokio::select! {
            () = sleep(wait) => {}
            () = to.closed() => break,
        }
        let told = breakers.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let asked = Instant::now();
        let renewed = timeout(lease, store.renew(&told)).await;
        is_well = matches!(renewed, Ok(Ok(_)));
        match renewed {
            Ok(Ok(tenure)) => {
                kept = kept.renewed(tenure, asked, lease);
                to.send_replace(kept.clone());
            }
            Ok(Err(error @ OutboxError::TooNew { .. })) => return Err(error),
            Ok(Err(error)) => tracing::warn!(%error, "the lanes were not renewed"),
            Err(_) => tracing::warn!("the lanes were not renewed: no answer"),
        }
    }
    Ok(())
}

impl Kept {
    /// What holds once a renewal, asked for at `asked`, has succeeded.
    pub(crate) fn renewed(&self, tenure: Tenure, asked: Instant, lease: Duration) -> Self {
        let takeovers = self.takeovers + tenure.takeovers;
        Self { tenure, good_until: Some(asked + lease * 2 / 3), takeovers }
    }
}
