use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, Waker};

use tokio::runtime::{Handle, Id};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// The turns of events, a line for each runtime: a task runs only while its runtime does, and where that one stands still
/// – a `block_on` that returned – nobody else must wait for its tasks.
pub(super) struct Turns {
    concurrency: usize,
    /// A line is there as long as somebody stands in it.
    lines: Mutex<HashMap<Id, Weak<Semaphore>>>,
}

/// A turn among the events of a runtime that run at a time. They come in the order in which they were asked for.
pub(super) struct Turn {
    asked: Pin<Box<dyn Future<Output = Result<OwnedSemaphorePermit, AcquireError>> + Send>>,
    come: Option<OwnedSemaphorePermit>,
}

impl Turns {
    pub(super) fn new(concurrency: usize) -> Self {
        let concurrency = concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self { concurrency, lines: Mutex::default() }
    }

    /// Stands in line at once: a semaphore serves in the order of first polls, and tasks start in any order.
    pub(super) fn ask(&self, runtime: &Handle) -> Turn {
        let mut asked = Box::pin(self.line(runtime.id()).acquire_owned());
        let come = match asked.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(turn) => turn.ok(),
            Poll::Pending => None,
        };
        Turn { asked, come }
    }

    fn line(&self, of: Id) -> Arc<Semaphore> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = lines.get(&of).and_then(Weak::upgrade) {
            return line;
        }
        lines.retain(|_, line| line.strong_count() > 0);
        let line = Arc::new(Semaphore::new(self.concurrency));
        lines.insert(of, Arc::downgrade(&line));
        line
    }
}

impl Turn {
    pub(super) async fn come(self) -> Option<OwnedSemaphorePermit> {
        match self.come {
            Some(turn) => Some(turn),
            None => self.asked.await.ok(),
        }
    }
}
