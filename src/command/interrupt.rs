//! SIGINT and SIGTERM, between two transactions.

use std::future::Future;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

/// How often something that only waits looks whether it is to stop.
const LOOK: Duration = Duration::from_millis(50);

/// Whether a person wants an action to stop.
#[derive(Clone, Debug, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Whether the action goes on.
    pub(super) fn flow(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    /// Waits until a person wants the action to stop.
    pub(super) async fn told(&self) {
        while self.flow().is_continue() {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Does `work`, and listens meanwhile.
    pub(super) async fn beside<T>(&self, work: impl Future<Output = T>) -> T {
        let listeners = self.listeners();
        let done = work.await;
        listeners.iter().for_each(JoinHandle::abort);
        done
    }

    #[cfg(unix)]
    fn listeners(&self) -> Vec<JoinHandle<()>> {
        use tokio::signal::unix::{SignalKind, signal};

        let signals = [SignalKind::interrupt(), SignalKind::terminate()]
            .into_iter()
            .filter_map(|kind| signal(kind).ok());
        let listen = |mut signal: tokio::signal::unix::Signal| {
            let told = Arc::clone(&self.0);
            tokio::spawn(async move {
                if signal.recv().await.is_some() {
                    told.store(true, Ordering::Relaxed);
                }
            })
        };
        signals.map(listen).collect()
    }

    #[cfg(not(unix))]
    fn listeners(&self) -> Vec<JoinHandle<()>> {
        let told = Arc::clone(&self.0);
        vec![tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                told.store(true, Ordering::Relaxed);
            }
        })]
    }
}
