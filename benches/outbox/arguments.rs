//! The command line of the benchmark, and of the part that it runs itself again for.

use std::ffi::OsString;

use crate::Outcome;
use crate::database::Kind;

/// What this process is there for.
pub(crate) enum Role {
    /// Measure and report.
    Benchmark(Arguments),
    /// Run a command and print its peak memory.
    Memory(Vec<OsString>),
    /// Started by `cargo test`: there is nothing to test.
    Idle,
}

/// The flags of a benchmark run.
pub(crate) struct Arguments {
    pub(crate) kinds: Vec<Kind>,
    /// Published rows.
    pub(crate) rows: u32,
    /// Timed runs of what takes milliseconds; what takes seconds is run a third as often.
    pub(crate) runs: usize,
    pub(crate) strictness: Strictness,
}

/// What a missed target means for the exit code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Nothing: it is printed.
    Report,
    /// Exit code 1 (`--check`).
    Check,
}

const USAGE: &str =
    "usage: cargo bench --bench outbox -- [--database sqlite|postgres|both] [--rows N] [--runs N] [--check]";

/// The argument that makes this program a witness of another's peak memory.
pub(crate) const MEMORY: &str = "memory";

impl Arguments {
    /// How many rows are dead.
    pub(crate) fn dead(&self) -> u32 {
        (self.rows / 100).max(1)
    }

    /// How many rows are enqueued in bulk.
    pub(crate) fn bulk(&self) -> u32 {
        (self.rows / 10).max(1)
    }

    /// Timed runs of what takes seconds.
    pub(crate) fn long_runs(&self) -> usize {
        self.runs.div_ceil(3)
    }
}

/// Reads the role of this process off its arguments.
pub(crate) fn role() -> Outcome<Role> {
    let mut given = std::env::args_os().skip(1);
    let Some(first) = given.next() else {
        return Ok(Role::Idle);
    };
    if first == MEMORY {
        return Ok(Role::Memory(given.collect()));
    }
    benchmark(std::iter::once(first).chain(given))
}

/// Cargo adds `--bench`; `cargo test` does not, and then nothing is measured.
fn benchmark(given: impl Iterator<Item = OsString>) -> Outcome<Role> {
    let kinds = vec![Kind::Sqlite, Kind::Postgres];
    let mut arguments = Arguments { kinds, rows: 1_000_000, runs: 11, strictness: Strictness::Report };
    let mut is_asked = false;
    let mut given = given.map(|text| text.to_string_lossy().into_owned());
    while let Some(flag) = given.next() {
        match flag.as_str() {
            "--bench" => is_asked = true,
            "--check" => arguments.strictness = Strictness::Check,
            "--database" => arguments.kinds = kinds_named(given.next().as_deref())?,
            "--rows" => arguments.rows = u32::try_from(number(&flag, given.next().as_deref())?)?,
            "--runs" => arguments.runs = number(&flag, given.next().as_deref())?,
            _ => return Err(format!("unknown argument `{flag}`\n{USAGE}").into()),
        }
    }
    Ok(if is_asked { Role::Benchmark(arguments) } else { Role::Idle })
}

fn kinds_named(text: Option<&str>) -> Outcome<Vec<Kind>> {
    match text {
        Some("sqlite") => Ok(vec![Kind::Sqlite]),
        Some("postgres") => Ok(vec![Kind::Postgres]),
        Some("both") => Ok(vec![Kind::Sqlite, Kind::Postgres]),
        _ => Err(format!("`--database` needs `sqlite`, `postgres` or `both`\n{USAGE}").into()),
    }
}

fn number(flag: &str, text: Option<&str>) -> Outcome<usize> {
    match text.map(str::parse) {
        Some(Ok(number)) if number > 0 => Ok(number),
        _ => Err(format!("`{flag}` needs a number above 0\n{USAGE}").into()),
    }
}
