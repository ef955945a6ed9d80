//! A project in a folder of its own, in which the real program is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// A temporary project; its folder is gone when it is dropped.
pub(crate) struct Project {
    root: PathBuf,
}

/// An `evt.toml` under which definitions may break what they want, and accept breaks that they do not make.
const AT_WILL: &str = "compat = { mode = \"none\" }\nrules = { accepts-unproven = \"off\" }\n";

/// What a run of the program ended with.
#[derive(Debug)]
pub(crate) struct Run {
    /// The exit code; -1 where a signal ended it.
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("project-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let root = std::env::temp_dir().join("evt-tests").join(name);
        // A test that failed leaves its folder behind, and numbers of processes come again.
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(&root).expect("a temporary folder can be made");
        Self { root: root.canonicalize().expect("the folder was just made") }
    }

    /// A folder with an `evt.toml` that lets definitions change at will.
    pub(crate) fn new() -> Self {
        Self::empty().file("evt.toml", AT_WILL)
    }

    /// A project with the subject `cow` and one event, `cow_fed`.
    pub(crate) fn farm() -> Self {
        Self::new()
            .file(
                "events/subjects.yaml",
                "subjects:\n  cow: { description: A cow of ours., owner: team-barn }\n",
            )
            .file("events/cow_fed.yaml", COW_FED)
    }

    /// Writes a file, with the folders that it needs.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }

    /// Writes `evt.toml`: these settings, and those that let definitions change at will.
    pub(crate) fn settings(&self, text: &str) {
        self.write("evt.toml", format!("{AT_WILL}{text}"));
    }

    /// Replaces a text that stands in a file exactly once.
    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` stands once in {path}:\n{text}");
        self.write(path, text.replace(from, to));
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    pub(crate) fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// The schema file.
    pub(crate) fn schema(&self) -> serde_json::Value {
        serde_json::from_str(&self.read("schemas/events.json")).expect("the schema file is JSON")
    }

    /// The entries of an event in the schema file.
    pub(crate) fn versions(&self, event: &str) -> Vec<serde_json::Value> {
        let schema = self.schema();
        let entries = schema["events"].as_array().expect("`events` is a list").clone();
        entries.into_iter().filter(|entry| entry["event_name"] == event).collect()
    }

    /// Runs the program, in an environment that says nothing of CI, git or colours.
    pub(crate) fn evt(&self, arguments: &[&str]) -> Run {
        self.command(arguments).run()
    }

    /// The same, with a text on its standard input.
    pub(crate) fn piped(&self, arguments: &[&str], text: &str) -> Run {
        let path = self.path("standard-input");
        fs::write(&path, text).expect("files can be written");
        let input = fs::File::open(&path).expect("the file was just written");
        self.command(arguments).stdin(input).run()
    }

    /// Runs the program, which must end with 0.
    pub(crate) fn evt_ok(&self, arguments: &[&str]) -> Run {
        let run = self.evt(arguments);
        assert_eq!(run.code, 0, "evt {arguments:?}\n{}{}", run.stdout, run.stderr);
        run
    }

    /// The program, to be run with more than arguments.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_evt"));
        command.current_dir(&self.root).args(arguments).stdin(Stdio::null());
        for (name, _) in std::env::vars() {
            let speaks_of_ci =
                ["GIT_", "CI", "GITHUB_", "GITLAB_"].iter().any(|start| name.starts_with(start));
            if speaks_of_ci || ["NO_COLOR", "TERM", "DATABASE_URL"].contains(&name.as_str()) {
                command.env_remove(name);
            }
        }
        command.envs(GIT_ENVIRONMENT);
        command
    }

    /// Makes it a git repository with one commit of all that there is.
    pub(crate) fn git_init(self) -> Self {
        self.git(&["init", "--quiet", "--initial-branch=main", "."]);
        self.commit("start");
        self
    }

    /// Commits all that there is.
    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
    }

    /// Runs git, which must end with 0, and gives what it printed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let run = self.try_git(arguments);
        assert_eq!(run.code, 0, "git {arguments:?}\n{}{}", run.stdout, run.stderr);
        run.stdout
    }

    /// Runs git. Its merge driver finds the program that is tested.
    pub(crate) fn try_git(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new("git");
        command.current_dir(&self.root).args(arguments).stdin(Stdio::null()).envs(GIT_ENVIRONMENT);
        let program = Path::new(env!("CARGO_BIN_EXE_evt")).parent().expect("a program has a folder");
        let path = std::env::var("PATH").unwrap_or_default();
        command.env("PATH", format!("{}:{path}", program.display()));
        command.run()
    }
}

impl Drop for Project {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = fs::remove_dir_all(&self.root);
        }
    }
}

/// What makes git the same everywhere.
const GIT_ENVIRONMENT: [(&str, &str); 6] = [
    ("GIT_CONFIG_GLOBAL", "/dev/null"),
    ("GIT_CONFIG_NOSYSTEM", "1"),
    ("GIT_AUTHOR_NAME", "A"),
    ("GIT_AUTHOR_EMAIL", "a@example.com"),
    ("GIT_COMMITTER_NAME", "A"),
    ("GIT_COMMITTER_EMAIL", "a@example.com"),
];

/// Runs a command to its end.
pub(crate) trait RunCommand {
    fn run(&mut self) -> Run;
}

impl RunCommand for Command {
    fn run(&mut self) -> Run {
        let output = self.output().unwrap_or_else(|error| panic!("{self:?}: {error}"));
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("notes are UTF-8"),
        }
    }
}

impl Run {
    /// Asserts an exit code.
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that a text was printed as a result.
    pub(crate) fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "`{text}` is not in the result:\n{}{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that a text was told besides the result.
    pub(crate) fn tells(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "`{text}` is not told:\n{}{}", self.stdout, self.stderr);
        self
    }

    /// The result as one JSON document.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}:\n{}", self.stdout))
    }

    /// The ids of the rules in a JSON report.
    pub(crate) fn rules(&self) -> Vec<String> {
        let report = self.json();
        let findings = report["findings"].as_array().expect("a report has findings");
        findings
            .iter()
            .map(|finding| finding["rule"].as_str().expect("a finding has a rule").to_owned())
            .collect()
    }
}

/// An event that uses what most events use.
pub(crate) const COW_FED: &str = "\
event_name: cow_fed
event_type: domain
process_type: durable
domain: farm
subject: cow
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
  farmer: optional
payload:
  weight: { type: float, from: cow.weight, unit: kg }
  farmer_name: { type: string, from: farmer.name, required: false, max_length: 80 }
";
