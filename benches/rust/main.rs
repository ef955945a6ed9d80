//! The benchmark of generated Rust: what it adds to `evt dump`, and how long it takes to compile.
//!
//! `cargo bench --bench rust -- [--events N] [--runs N]`
//!
//! N events (a multiple of 100, else 1,000) are compiled, and ten times as many dumped. Every time is a median.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is an edge: it lays out files, reads the clock, and prints"
)]

mod compile;
mod dump;
mod project;

/// The corpus of the other benchmark.
#[path = "../schema"]
mod schema {
    pub(crate) mod corpus;
}

use std::error::Error;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// What a step gives, or why the benchmark cannot go on.
type Outcome<T> = Result<T, Box<dyn Error>>;

/// What is measured.
struct Arguments {
    events: usize,
    runs: usize,
}

fn main() -> ExitCode {
    match arguments().and_then(|arguments| arguments.map_or(Ok(()), |arguments| measure(&arguments))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Cargo adds `--bench`; `cargo test` does not, and then nothing is measured.
fn arguments() -> Outcome<Option<Arguments>> {
    let mut arguments = Arguments { events: 1_000, runs: 5 };
    let mut is_asked = false;
    let mut given = std::env::args().skip(1);
    while let Some(flag) = given.next() {
        let mut number = || -> Outcome<usize> { Ok(given.next().ok_or("a number is missing")?.parse()?) };
        match flag.as_str() {
            "--bench" => is_asked = true,
            "--events" => arguments.events = number()?.next_multiple_of(100).max(100),
            "--runs" => arguments.runs = number()?.max(1),
            _ => return Err(format!("unknown argument `{flag}`").into()),
        }
    }
    Ok(is_asked.then_some(arguments))
}

fn measure(arguments: &Arguments) -> Outcome<()> {
    dump::measure(arguments.events * 10, arguments.runs)?;
    compile::measure(arguments.events, arguments.runs)
}

/// How long a command takes that ends well.
fn time(command: &mut Command) -> Outcome<Duration> {
    let start = Instant::now();
    let output = command.output()?;
    let taken = start.elapsed();
    if output.status.success() {
        return Ok(taken);
    }
    Err(format!("{command:?}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)).into())
}

/// The median of several times.
fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
