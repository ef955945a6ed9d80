//! The benchmark of the relay: how fast it empties an outbox into a sink that accepts at once.
//!
//! `cargo bench -p evt-runtime --bench relay -- [--database sqlite|postgres] [--rows N] [--keys N|none] [--batch N]`
//!
//! Each line: N rows of 300 bytes (200,000) with so many partition keys, one relay; beside it a loop of `DELETE …
//! RETURNING` over a table of the same rows, the least that any relay does. PostgreSQL is the server that
//! `EVT_TEST_POSTGRES` names. What it writes to its log is counted from a checkpoint on.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark is an edge: it reads the clock and the environment, and prints"
)]

mod database;
mod sink;

use std::error::Error;
use std::time::{Duration, Instant};

use evt_runtime::relay::{Drained, Relay};

use database::{Database, Keys};
use sink::Sink;

/// What a step gives, or why the benchmark cannot go on.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// What is measured.
struct Arguments {
    databases: Vec<&'static str>,
    keys: Vec<Keys>,
    rows: u64,
    batch: usize,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = arguments()?;
    println!(
        "{:<10} {:<12} {:>9} {:>9} {:>9} {:>7} {:>9}",
        "database", "keys", "rows/s", "plain/s", "ratio", "WAL B", "peak MiB"
    );
    for kind in &arguments.databases {
        for keys in &arguments.keys {
            line(kind, *keys, &arguments).await?;
        }
    }
    Ok(())
}

async fn line(kind: &str, keys: Keys, arguments: &Arguments) -> Outcome<()> {
    let database = Database::make(kind).await?;
    let plain = rate(arguments.rows, database.plain(arguments.rows, arguments.batch).await?);
    database.fill(arguments.rows, keys).await?;
    let (before, began) = (database.log().await?, Instant::now());
    let sink = Sink::default();
    let relay = Relay::to(database.outbox()?, sink.clone()).batch(arguments.batch);
    let drained = relay.lease(Duration::from_secs(2)).drain().await?;
    let took = began.elapsed();
    if drained != Drained::All || sink.count() != arguments.rows {
        return Err(format!("{drained:?} after {} rows", sink.count()).into());
    }
    let rate = rate(arguments.rows, took);
    let log = (database.log().await? - before) as f64 / arguments.rows as f64;
    println!(
        "{kind:<10} {:<12} {rate:>9.0} {plain:>9.0} {:>9.2} {log:>7.0} {:>9.1}",
        keys.to_string(),
        rate / plain,
        peak()
    );
    Ok(())
}

fn rate(rows: u64, took: Duration) -> f64 {
    rows as f64 / took.as_secs_f64()
}

/// The most memory that this process has had, in MiB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(f64::NAN)
        / 1_024.0
}

fn arguments() -> Outcome<Arguments> {
    let keys = vec![Keys::None, Keys::Some(10_000), Keys::Some(100), Keys::Some(1)];
    let mut arguments = Arguments { databases: vec!["sqlite", "postgres"], keys, rows: 200_000, batch: 500 };
    let mut given = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = given.next() {
        let value = given.next().ok_or_else(|| format!("`{word}` wants a value"))?;
        match word.as_str() {
            "--database" if value == "sqlite" => arguments.databases = vec!["sqlite"],
            "--database" if value == "postgres" => arguments.databases = vec!["postgres"],
            "--keys" if value == "none" => arguments.keys = vec![Keys::None],
            "--keys" => arguments.keys = vec![Keys::Some(value.parse()?)],
            "--rows" => arguments.rows = value.parse()?,
            "--batch" => arguments.batch = value.parse()?,
            _ => return Err(format!("`{word} {value}` is not known").into()),
        }
    }
    Ok(arguments)
}
