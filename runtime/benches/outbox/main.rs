//! What it costs to enqueue: single events and batches in one transaction against a bare INSERT of the same columns into
//! one table with the same indexes, through the same driver. Rates are the medians of several rounds, taken in turns.
//!
//! That table has the indexes of the outbox's content. On PostgreSQL there is another one, which has those of its work, too:
//! what an outbox costs that is one table.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench prints, and fails by a panic")]

use std::time::Instant;

mod bare;
#[expect(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/outbox/event.rs"]
mod event;
mod postgres;
#[expect(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/outbox/server.rs"]
mod server;
mod sqlite;

/// How many events a round writes, in one transaction.
const EVENTS: u32 = 5_000;
const ROUNDS: usize = 9;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    sqlite::blocking();
    sqlite::awaited().await;
    postgres::sqlx().await;
    postgres::tokio().await;
    postgres::tokio_prepared().await;
}

/// The rates of one way to write, a round each.
struct Rates {
    name: &'static str,
    rates: Vec<f64>,
}

impl Rates {
    fn new(name: &'static str) -> Self {
        Self { name, rates: Vec::new() }
    }

    fn add(&mut self, begun: Instant) {
        self.rates.push(f64::from(EVENTS) / begun.elapsed().as_secs_f64());
    }

    fn median(&mut self) -> f64 {
        self.rates.sort_by(f64::total_cmp);
        self.rates[self.rates.len() / 2]
    }
}

/// Prints rates, and each as a share of the first.
fn report(title: &str, rates: &mut [Rates]) {
    println!("{title}");
    let bare = rates[0].median();
    for rate in rates {
        let median = rate.median();
        println!("  {:<26} {median:>9.0} events/s  {:>6.0} %", rate.name, 100.0 * median / bare);
    }
}
