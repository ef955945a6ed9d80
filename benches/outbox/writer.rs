//! Somebody else who writes: one event a transaction, again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sqlx::Connection as _;

use crate::Outcome;
use crate::client::{Client, Connection};
use crate::database::Database;
use crate::event::fed;

/// How long it rests after each.
const REST: Duration = Duration::from_millis(5);

/// A thread with a connection of its own.
pub(crate) struct Writer {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<Result<Waits, String>>,
}

/// How long each transaction took, the shortest first.
pub(crate) struct Waits(Vec<Duration>);

impl Writer {
    /// Begins to write.
    pub(crate) fn start(database: &Database) -> Outcome<Self> {
        let mut client = database.client()?;
        let is_over = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&is_over);
        let thread = std::thread::spawn(move || {
            let mut waits = Vec::new();
            for number in 0_u32.. {
                if told.load(Ordering::Relaxed) {
                    break;
                }
                waits.push(write(&mut client, number).map_err(|error| error.to_string())?);
                std::thread::sleep(REST);
            }
            waits.sort_unstable();
            Ok(Waits(waits))
        });
        Ok(Self { is_over, thread })
    }

    /// Ends it, and gives how long it had to wait.
    pub(crate) fn stop(self) -> Outcome<Waits> {
        self.is_over.store(true, Ordering::Relaxed);
        let waits = self.thread.join().map_err(|_| "the writer panicked")??;
        if waits.0.is_empty() { Err("the writer wrote nothing".into()) } else { Ok(waits) }
    }
}

impl Waits {
    /// The time, in milliseconds, below which `percent` of the transactions stayed.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent / 100).min(self.0.len() - 1);
        self.0[rank].as_secs_f64() * 1e3
    }

    /// How many there were.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }
}

/// Writes one event, and says how long that took.
fn write(client: &mut Client, number: u32) -> Outcome<Duration> {
    let emission = fed(&"hay ".repeat(72)).aggregate("Cow", (number % 1_000).to_string());
    let Client { runtime, connection } = client;
    runtime.block_on(async {
        let start = Instant::now();
        match connection {
            Connection::Sqlite(connection) => {
                let mut tx = connection.begin_with("BEGIN IMMEDIATE").await?;
                emission.emit(&mut tx).await?;
                tx.commit().await?;
            }
            Connection::Postgres(connection) => {
                let mut tx = connection.begin().await?;
                emission.emit(&mut tx).await?;
                tx.commit().await?;
            }
        }
        Ok(start.elapsed())
    })
}
