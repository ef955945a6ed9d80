//! `evt` as this benchmark was built with, run as a whole process.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::Outcome;
use crate::arguments::MEMORY;
use crate::database::Database;

/// A command of `evt` on a database, in the folder of a project.
pub(crate) struct Evt {
    arguments: Vec<String>,
    folder: PathBuf,
}

impl Evt {
    /// The command in `line`, whose words are divided by spaces.
    pub(crate) fn new(folder: &Path, line: &str) -> Self {
        let arguments = line.split(' ').map(str::to_owned).collect();
        Self { arguments, folder: folder.to_owned() }
    }

    /// The same on a database.
    pub(crate) fn on(mut self, database: &Database) -> Self {
        self.arguments.extend(["--database".to_owned(), database.url.clone()]);
        self
    }

    /// Runs it, and gives what it printed.
    pub(crate) fn run(&self) -> Outcome<String> {
        let output = self.furnish(Command::new(env!("CARGO_BIN_EXE_evt"))).stdin(Stdio::null()).output()?;
        self.said(&output)
    }

    /// The time from before the start of the process until its end is known.
    pub(crate) fn time(&self) -> Outcome<Duration> {
        let start = Instant::now();
        self.run()?;
        Ok(start.elapsed())
    }

    /// Its peak resident memory, in bytes.
    pub(crate) fn peak(&self) -> Outcome<u64> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(MEMORY).arg(env!("CARGO_BIN_EXE_evt"));
        let output = self.furnish(command).stdin(Stdio::null()).output()?;
        Ok(self.said(&output)?.trim().parse()?)
    }

    /// Starts it.
    pub(crate) fn start(&self) -> Outcome<Child> {
        let mut command = self.furnish(Command::new(env!("CARGO_BIN_EXE_evt")));
        let command = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command.spawn()?)
    }

    /// What a process that ended well printed.
    pub(crate) fn said(&self, output: &Output) -> Outcome<String> {
        if output.status.success() {
            return Ok(String::from_utf8(output.stdout.clone())?);
        }
        let (line, status) = (self.arguments.join(" "), output.status);
        let [out, error] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
        Err(format!("`evt {line}` in {}: {status}\n{out}{error}", self.folder.display()).into())
    }

    fn furnish(&self, mut command: Command) -> Command {
        command.args(&self.arguments).current_dir(&self.folder).env_remove("DATABASE_URL");
        command
    }
}
