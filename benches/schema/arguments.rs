//! The command line of the benchmark, and of the parts that it runs itself again for.

use std::ffi::OsString;
use std::path::PathBuf;

use crate::Outcome;

/// What this process is there for.
pub(crate) enum Role {
    /// Measure and report.
    Benchmark(Arguments),
    /// Be the floor over one folder.
    Floor(PathBuf),
    /// Run a command and print its peak memory.
    Memory(Vec<OsString>),
    /// Started by `cargo test`: there is nothing to test.
    Idle,
}

/// The flags of a benchmark run.
pub(crate) struct Arguments {
    pub(crate) extent: Extent,
    pub(crate) strictness: Strictness,
    /// Timed rounds at 10,000 events; smaller sizes take more, larger ones fewer.
    pub(crate) runs: usize,
    /// What the title of a group must hold to be measured; with one, the stages are not.
    pub(crate) only: Option<String>,
}

/// How far the sizes go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Up to 10,000 events.
    Usual,
    /// Up to 100,000 events (`--full`).
    Full,
}

/// What a missed target means for the exit code.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strictness {
    /// Nothing: it is printed.
    Report,
    /// Exit code 1 (`--check`).
    Check,
}

const USAGE: &str = "usage: cargo bench --bench schema -- [--full] [--check] [--runs N] [--only GROUP]";
const DEFAULT_RUNS: usize = 11;

/// The argument that makes this program the floor.
pub(crate) const FLOOR: &str = "floor";
/// The argument that makes this program a witness of another's peak memory.
pub(crate) const MEMORY: &str = "memory";

/// Reads the role of this process off its arguments.
pub(crate) fn role() -> Outcome<Role> {
    let mut given = std::env::args_os().skip(1);
    let Some(first) = given.next() else {
        return Ok(Role::Idle);
    };
    if first == FLOOR {
        let folder = given.next().ok_or("`floor` needs a folder")?;
        return Ok(Role::Floor(folder.into()));
    }
    if first == MEMORY {
        return Ok(Role::Memory(given.collect()));
    }
    benchmark(std::iter::once(first).chain(given))
}

/// Cargo adds `--bench`; `cargo test` does not, and then nothing is measured.
fn benchmark(given: impl Iterator<Item = OsString>) -> Outcome<Role> {
    let mut arguments =
        Arguments { extent: Extent::Usual, strictness: Strictness::Report, runs: DEFAULT_RUNS, only: None };
    let mut role = Role::Idle;
    let mut given = given.map(|text| text.to_string_lossy().into_owned());
    let mut asked = false;
    while let Some(flag) = given.next() {
        match flag.as_str() {
            "--bench" => asked = true,
            "--full" => arguments.extent = Extent::Full,
            "--check" => arguments.strictness = Strictness::Check,
            "--runs" => arguments.runs = runs(given.next())?,
            "--only" => arguments.only = Some(given.next().ok_or("`--only` needs the title of a group")?),
            _ => return Err(format!("unknown argument `{flag}`\n{USAGE}").into()),
        }
    }
    if asked {
        role = Role::Benchmark(arguments);
    }
    Ok(role)
}

fn runs(text: Option<String>) -> Outcome<usize> {
    let text = text.ok_or("`--runs` needs a number")?;
    match text.parse() {
        Ok(runs) if runs > 0 => Ok(runs),
        _ => Err(format!("`--runs` needs a number above 0, not `{text}`").into()),
    }
}
