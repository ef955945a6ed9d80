use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::ProgressBar;

/// How long work goes on before a person is told that it does.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what is shown changes.
const TICK: Duration = Duration::from_millis(100);

/// Tells a person at a terminal that work goes on, from its second second until this is dropped.
#[derive(Debug, Default)]
pub struct Progress {
    done: Option<Sender<()>>,
    teller: Option<JoinHandle<()>>,
    count: Arc<AtomicU64>,
}

impl Progress {
    /// Starts to wait; nothing is shown where standard error is no terminal.
    pub(super) fn start(what: &'static str) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::default();
        }
        let (done, is_done) = mpsc::channel::<()>();
        let count = Arc::<AtomicU64>::default();
        let told = Arc::clone(&count);
        let teller = std::thread::spawn(move || {
            if is_done.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let spinner = ProgressBar::new_spinner().with_message(what);
            spinner.enable_steady_tick(TICK);
            while is_done.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                match told.load(Ordering::Relaxed) {
                    0 => {}
                    count => spinner.set_message(format!("{what}: {count}")),
                }
            }
            spinner.finish_and_clear();
        });
        Self { done: Some(done), teller: Some(teller), count }
    }

    /// How far the work is.
    pub(crate) fn tell(&self, count: u64) {
        self.count.store(count, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(teller) = self.teller.take() {
            let _ = teller.join();
        }
    }
}
