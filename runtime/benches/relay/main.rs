//! The benchmark of the relay, each case on an outbox of its own.
//!
//! `cargo bench -p evt-runtime --bench relay -- [--case NAME] [--database sqlite|postgres] [--rows N] [--keys N|none]
//! [--batch N] [--idle SECONDS]`
//!
//! - `drain`: how fast a relay empties an outbox of N rows (200,000) into a sink that accepts at once; beside it a loop of
//!   `DELETE … RETURNING` over a table of the same rows, the least that any relay does. What the server writes to its log
//!   is counted from a checkpoint on.
//! - `snapshot`: the same while somebody holds a snapshot of the database.
//! - `slow`: a sink that takes 2 ms over each message.
//! - `steady`: how long after its commit a row is accepted, at 1,000 rows a second.
//! - `blocked`: the same beside a key of 100,000 rows whose first one is dead.
//! - `writer`: how long a service's transactions take while a relay empties an outbox of 400,000 rows.
//! - `idle`: how many statements a relay sends in a minute without rows, and how long the first row then takes.
//!
//! PostgreSQL is the server that `EVT_TEST_POSTGRES` names. One relay, with a lease of two seconds.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark is an edge: it reads the clock and the environment, and prints"
)]

mod busy;
mod database;
mod drain;
#[expect(dead_code, reason = "the tests use all of it")]
#[path = "../../tests/outbox/event.rs"]
mod event;
mod latency;
mod sink;
mod statements;
mod writer;

use std::error::Error;
use std::time::Duration;

use database::Keys;

/// As `evt` has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a step gives, or why the benchmark cannot go on.
type Outcome<T> = Result<T, Box<dyn Error>>;

const CASES: [&str; 7] = ["drain", "snapshot", "slow", "steady", "blocked", "writer", "idle"];

/// What is measured.
struct Arguments {
    cases: Vec<&'static str>,
    databases: Vec<&'static str>,
    keys: Vec<Keys>,
    rows: u64,
    batch: usize,
    idle: Duration,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let arguments = arguments()?;
    for case in &arguments.cases {
        for kind in &arguments.databases {
            match *case {
                "drain" => drain::drain(kind, &arguments).await?,
                "snapshot" => drain::snapshot(kind, &arguments).await?,
                "slow" => drain::slow(kind, &arguments).await?,
                "steady" => latency::steady(kind).await?,
                "blocked" => latency::blocked(kind).await?,
                "writer" => busy::writer(kind).await?,
                _ => latency::idle(kind, arguments.idle).await?,
            }
        }
    }
    Ok(())
}

fn arguments() -> Outcome<Arguments> {
    let mut arguments = Arguments {
        cases: CASES.to_vec(),
        databases: vec!["sqlite", "postgres"],
        keys: vec![Keys::None, Keys::Some(10_000), Keys::Some(100), Keys::Some(1)],
        rows: 200_000,
        batch: 500,
        idle: Duration::from_mins(1),
    };
    let mut given = std::env::args().skip(1).filter(|word| word != "--bench");
    while let Some(word) = given.next() {
        let value = given.next().ok_or_else(|| format!("`{word}` wants a value"))?;
        arguments.set(&word, &value)?;
    }
    Ok(arguments)
}

impl Arguments {
    fn set(&mut self, word: &str, value: &str) -> Outcome<()> {
        let case = CASES.into_iter().find(|case| *case == value);
        match (word, case) {
            ("--case", Some(case)) => self.cases = vec![case],
            ("--database", _) if value == "sqlite" => self.databases = vec!["sqlite"],
            ("--database", _) if value == "postgres" => self.databases = vec!["postgres"],
            ("--keys", _) if value == "none" => self.keys = vec![Keys::None],
            ("--keys", _) => self.keys = vec![Keys::Some(value.parse()?)],
            ("--rows", _) => self.rows = value.parse()?,
            ("--batch", _) => self.batch = value.parse()?,
            ("--idle", _) => self.idle = Duration::from_secs(value.parse()?),
            _ => return Err(format!("`{word} {value}` is not known").into()),
        }
        Ok(())
    }
}
