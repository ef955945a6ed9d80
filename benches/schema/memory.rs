//! Peak memory of a process, without unsafe code.
//!
//! The kernel tells a parent the largest peak of all its children. So that the benchmark's own
//! many children do not mix, each measured command gets a parent of its own: this program again.

use std::ffi::OsString;
use std::process::{Command, ExitCode, Stdio};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Outcome;

/// The bytes in a unit of `ru_maxrss`: the BSD family counts bytes, the others kibibytes.
const UNIT: u64 = if cfg!(target_vendor = "apple") { 1 } else { 1024 };

/// Runs `command` to its end and prints its peak resident memory in bytes.
///
/// A peak below that of this small parent (about 3 MiB) reads as the parent's.
pub(crate) fn run(command: &[OsString]) -> Outcome<ExitCode> {
    let (program, arguments) = command.split_first().ok_or("`memory` needs a command")?;
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status()?;
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()).into());
    }
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    println!("{}", u64::try_from(peak)? * UNIT);
    Ok(ExitCode::SUCCESS)
}
