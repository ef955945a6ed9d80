//! The benchmark of the outbox commands: whole processes of `evt` on a large outbox, in SQLite and in PostgreSQL.
//!
//! `cargo bench --bench outbox -- [--database sqlite|postgres|both] [--rows N] [--runs N] [--check]`
//!
//! The outbox holds N published rows (1,000,000) and a hundredth of that of dead ones, each with a payload of 300 bytes;
//! a tenth of N is enqueued in bulk. Each figure stands beside what somebody would do without `evt`, through the same
//! driver, in the same run:
//!
//! | figure | beside it |
//! |---|---|
//! | `dead-letters list`, the first page | a process that opens the same database and reads one row, `outbox migrate --status`; the same query alone |
//! | `stats` | the three counts alone |
//! | `dead-letters retry --all` | one UPDATE of the same rows, in one transaction that is undone |
//! | `outbox cleanup` of all published rows | what a writer of one event a transaction, every 5 ms, waits with it and without |
//! | `outbox enqueue --from FILE` | INSERTs of 500 rows each into the two tables, in one transaction, which look at nothing |
//!
//! Times are medians, and those that are held against each other are taken in turns. PostgreSQL is the server that
//! `EVT_TEST_POSTGRES` names, else one that is started from installed binaries; it flushes every commit, as SQLite does.
//! A writer's p99 wants an idle machine: a neighbour who flushes files is in it too.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is an edge: it lays out files, reads the clock, and prints"
)]

mod arguments;
mod cleanup;
mod client;
mod database;
mod enqueue;
#[allow(dead_code, clippy::unwrap_used, reason = "the tests use all of it")]
#[path = "../../runtime/tests/outbox/event.rs"]
mod event;
mod fill;
#[allow(dead_code, clippy::unwrap_used, reason = "the tests use all of it")]
#[path = "../../runtime/tests/outbox/filled.rs"]
mod filled;
mod look;
#[path = "../schema/memory.rs"]
mod memory;
mod plain;
mod process;
mod project;
mod report;
mod retry;
#[path = "../schema/series.rs"]
mod series;
mod server;
mod writer;

use std::error::Error;
use std::process::ExitCode;

use arguments::{Arguments, Role, Strictness};
use database::Database;
use project::Project;
use report::{Line, Verdict};

/// What a step gives, or why the benchmark cannot go on.
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match play(arguments::role()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn play(role: Outcome<Role>) -> Outcome<ExitCode> {
    match role? {
        Role::Benchmark(arguments) => benchmark(&arguments),
        Role::Memory(command) => memory::run(&command),
        Role::Idle => Ok(ExitCode::SUCCESS),
    }
}

fn benchmark(arguments: &Arguments) -> Outcome<ExitCode> {
    let project = Project::lay_out(arguments.bulk())?;
    let mut lines = Vec::new();
    for kind in &arguments.kinds {
        lines.extend(on_a_large_outbox(&Database::make(*kind)?, &project, arguments)?);
        lines.push(enqueue::measure(*kind, &project, arguments)?);
    }
    report::table(arguments, &lines);
    let missed: Vec<_> = lines.iter().filter(|line| line.verdict() == Verdict::Missed).collect();
    report::missed(&missed);
    match arguments.strictness {
        Strictness::Check if !missed.is_empty() => Ok(ExitCode::FAILURE),
        Strictness::Check | Strictness::Report => Ok(ExitCode::SUCCESS),
    }
}

/// The cleanup comes last: it leaves nothing to measure.
fn on_a_large_outbox(database: &Database, project: &Project, arguments: &Arguments) -> Outcome<Vec<Line>> {
    fill::fill(database, arguments)?;
    let mut lines = look::measure(database, project, arguments)?;
    lines.push(retry::measure(database, project, arguments)?);
    lines.push(cleanup::measure(database, project, arguments)?);
    Ok(lines)
}
