//! SQLite's `statement_timeout`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Sqlite, Transaction};

/// How many steps of SQLite's machine lie between two looks at the clock: about a millisecond.
const STEPS: i32 = 10_000;

/// Interrupts the next statement of a connection when its time is up, and no later one: the connection may be a
/// service's.
pub(super) struct Alarm {
    is_off: Arc<AtomicBool>,
}

impl Alarm {
    pub(super) async fn set(
        tx: &mut Transaction<'static, Sqlite>,
        limit: Duration,
    ) -> Result<Self, sqlx::Error> {
        let is_off = Arc::new(AtomicBool::new(false));
        let (end, off) = (Instant::now() + limit, Arc::clone(&is_off));
        let goes_on =
            move || off.load(Ordering::Relaxed) || Instant::now() < end || off.swap(true, Ordering::Relaxed);
        tx.lock_handle().await?.set_progress_handler(STEPS, goes_on);
        Ok(Self { is_off })
    }
}

/// The statement came to its end, or nobody waits for it any more.
impl Drop for Alarm {
    fn drop(&mut self) {
        self.is_off.store(true, Ordering::Relaxed);
    }
}
