//! One command line, to be run as a whole process.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::arguments::{FLOOR, MEMORY};

/// What in the caller's environment would change what `evt` or git does.
pub(crate) const FOREIGN: [&str; 6] = [
    "CI_MERGE_REQUEST_DIFF_BASE_SHA",
    "DATABASE_URL",
    "GITHUB_BASE_REF",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_WORK_TREE",
];

/// A program, its arguments, and the folder that it runs in.
pub(crate) struct Invocation {
    program: PathBuf,
    arguments: Vec<OsString>,
    folder: PathBuf,
}

impl Invocation {
    /// `evt` as this benchmark was built with, in `folder`.
    pub(crate) fn evt(folder: &Path, arguments: &[&str]) -> Self {
        Self {
            program: evt(),
            arguments: arguments.iter().map(OsString::from).collect(),
            folder: folder.to_owned(),
        }
    }

    /// The floor over `definitions`.
    pub(crate) fn floor(definitions: &Path) -> Self {
        Self {
            program: this_program(),
            arguments: vec![FLOOR.into(), definitions.into()],
            folder: definitions.to_owned(),
        }
    }

    /// A process that does nothing: what starting any process costs.
    pub(crate) fn empty() -> Self {
        Self { program: "true".into(), arguments: Vec::new(), folder: ".".into() }
    }

    /// Runs it unmeasured and shows what it said if it does not end well.
    pub(crate) fn rehearse(&self) -> Outcome<()> {
        self.output(&mut self.command()).map(drop)
    }

    /// The time from before the start of the process until its end is known.
    pub(crate) fn time(&self) -> Outcome<Duration> {
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let start = Instant::now();
        let status = command.status()?;
        let taken = start.elapsed();
        if status.success() { Ok(taken) } else { Err(self.failure(&status.to_string())) }
    }

    /// The peak resident memory of one run, in bytes.
    pub(crate) fn peak(&self) -> Outcome<u64> {
        let mut command = Command::new(this_program());
        command.arg(MEMORY).arg(&self.program);
        let output = self.output(&mut self.furnish(command))?;
        Ok(String::from_utf8(output.stdout)?.trim().parse()?)
    }

    fn command(&self) -> Command {
        self.furnish(Command::new(&self.program))
    }

    fn furnish(&self, mut command: Command) -> Command {
        command.args(&self.arguments).current_dir(&self.folder);
        for name in FOREIGN {
            command.env_remove(name);
        }
        command
    }

    fn output(&self, command: &mut Command) -> Outcome<Output> {
        let output = command.stdin(Stdio::null()).output()?;
        if output.status.success() {
            return Ok(output);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(self.failure(&format!("{}\n{said}", output.status)))
    }

    fn failure(&self, ending: &str) -> Box<dyn std::error::Error> {
        let arguments = self.arguments.join(" ".as_ref());
        let (program, arguments) = (self.program.display(), arguments.display());
        format!("`{program} {arguments}` in {}: {ending}", self.folder.display()).into()
    }
}

/// The program under measurement.
pub(crate) fn evt() -> PathBuf {
    env!("CARGO_BIN_EXE_evt").into()
}

fn this_program() -> PathBuf {
    std::env::current_exe().expect("the benchmark runs from a file")
}
