//! The benchmark of the schema commands: whole processes, against a floor measured in the same run.
//!
//! `cargo bench --bench schema -- [--full] [--check] [--runs N] [--only GROUP]`
//!
//! The floor is this program, run again to walk, read and SHA-256 the same definitions on one
//! thread. What a machine or its neighbours slow down, they slow down in both.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is an edge: it lays out files, reads the clock, and prints"
)]

mod arguments;
mod bound;
mod case;
mod corpus;
mod edition;
mod floor;
mod git;
mod group;
mod invocation;
mod memory;
mod project;
mod report;
mod series;
mod stages;

use std::error::Error;
use std::process::ExitCode;

use arguments::{Arguments, Role, Strictness};

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
        Role::Floor(folder) => floor::run(&folder),
        Role::Memory(command) => memory::run(&command),
        Role::Idle => Ok(ExitCode::SUCCESS),
    }
}

fn benchmark(arguments: &Arguments) -> Outcome<ExitCode> {
    let projects = project::Projects::lay_out(arguments.extent)?;
    let mut judged = Vec::new();
    let is_wanted = |title: &str| arguments.only.as_ref().is_none_or(|only| title.contains(only.as_str()));
    for group in case::groups(&projects, arguments).into_iter().filter(|group| is_wanted(group.title)) {
        let measured = group.measure()?;
        report::table(group.title, &measured);
        judged.extend(bound::judge(&measured));
    }
    if arguments.only.is_none() {
        report::stages(&stages::measure(&projects.large, arguments.runs)?);
    }
    report::verdicts(&judged);
    Ok(exit_code(arguments.strictness, &judged))
}

fn exit_code(strictness: Strictness, judged: &[bound::Judged]) -> ExitCode {
    let missed = judged.iter().any(|one| one.verdict == bound::Verdict::Missed);
    match strictness {
        Strictness::Check if missed => ExitCode::FAILURE,
        Strictness::Check | Strictness::Report => ExitCode::SUCCESS,
    }
}
