//! From the arguments to the exit code.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser};
use jiff::civil::Date;

use crate::cli::{Cli, Command, FormatArgument, Global, ImportCommand, NewCommand};
use crate::command;
use crate::finding::Finding;
use crate::output::{Output, Printer, Runner, Verbosity, Wishes};
use crate::rule::{self, Rule};
use crate::usage::clarified;

/// What a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// The check found something, or what was asked for is not there.
    Found,
    /// The command was called in a way that it does not know.
    Usage,
    /// `evt.toml` or the schema file cannot be read, or the outbox was published to another destination.
    Setup,
    /// The machine, git or the database refused.
    Machine,
}

impl Exit {
    /// The number that the process ends with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Found => 1,
            Self::Usage => 2,
            Self::Setup => 3,
            Self::Machine => 4,
        }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub struct Failure {
    /// How the process ends.
    pub exit: Exit,
    /// What is told.
    pub findings: Vec<Finding>,
}

impl From<Box<Finding>> for Failure {
    fn from(finding: Box<Finding>) -> Self {
        Self { exit: exit_of(finding.rule), findings: vec![*finding] }
    }
}

impl From<Finding> for Failure {
    fn from(finding: Finding) -> Self {
        Self::from(Box::new(finding))
    }
}

fn exit_of(rule: &Rule) -> Exit {
    let exits = [
        (&rule::NOT_FOUND, Exit::Found),
        (&rule::USAGE, Exit::Usage),
        (&rule::IO, Exit::Machine),
        (&rule::GIT, Exit::Machine),
        (&rule::DATABASE, Exit::Machine),
        (&rule::RELAY_UNREACHABLE, Exit::Machine),
    ];
    exits.into_iter().find(|(known, _)| known.id == rule.id).map_or(Exit::Setup, |(_, exit)| exit)
}

/// All that a command is given by the world.
#[derive(Debug)]
pub struct Edge {
    /// Where it prints.
    pub output: Output,
    /// The folder that it works in.
    pub folder: PathBuf,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// What CI says the base is.
    pub base_of_ci: Option<String>,
    /// `DATABASE_URL`.
    pub database_url: Option<String>,
    /// `EVT_WEBHOOK_SECRETS`: what webhooks are signed with, with spaces between.
    pub webhook_secrets: Option<String>,
    /// The day, where the machine is.
    pub today: Date,
    /// Who runs it, as `EVT_ACTOR` or the machine says.
    pub user: Option<String>,
}

/// Runs the program with the arguments of this process.
#[must_use]
pub fn run() -> ExitCode {
    ExitCode::from(run_with(std::env::args_os()).code())
}

/// Runs the program with `arguments`, of which the first is its name. Wrong usage, `--help` and `--version` end the
/// process.
pub fn run_with<A: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = A>) -> Exit {
    let cli = Cli::try_parse_from(arguments).unwrap_or_else(|error| clarified(error).exit());
    if let Some(error) = unprintable(&cli) {
        error.exit();
    }
    let edge = edge(&cli);
    let ended = command::run(cli.command, &edge);
    let exit = ended.unwrap_or_else(|failure| {
        edge.output.failure(&failure.findings);
        failure.exit
    });
    if let Err(finding) = edge.output.finish() {
        edge.output.told(&[*finding]);
        return Exit::Machine;
    }
    if edge.output.has_failed() {
        edge.output.tell_failure();
        return Exit::Machine;
    }
    exit
}

fn edge(cli: &Cli) -> Edge {
    let global = &cli.global;
    let verbosity = match (global.quiet, global.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    let is_plain = variable("NO_COLOR").is_some() || variable("TERM").as_deref() == Some("dumb");
    let folder = global.directory.clone().unwrap_or_else(|| PathBuf::from("."));
    let output = Output::new(Wishes {
        command: name(&cli.command),
        is_check: is_check(&cli.command),
        format: global.format.map(Printer::from),
        file: global.output.as_ref().map(|file| in_folder(global, file)),
        fail_on: global.fail_on.into(),
        color: global.color.into(),
        verbosity,
        no_color: is_plain,
        runner: runner(),
        step_summary: variable("GITHUB_STEP_SUMMARY").map(PathBuf::from),
    });
    Edge {
        output,
        folder,
        config: global.config.clone(),
        base_of_ci: base_of_ci(),
        database_url: variable("DATABASE_URL"),
        webhook_secrets: variable("EVT_WEBHOOK_SECRETS"),
        today: global.today.unwrap_or_else(today),
        user: user(),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn today() -> Date {
    jiff::Zoned::now().date()
}

fn runner() -> Runner {
    let is_set = |name| variable(name).is_some_and(|value| value == "true");
    match (is_set("GITHUB_ACTIONS"), is_set("GITLAB_CI")) {
        (true, _) => Runner::Github,
        (false, true) => Runner::Gitlab,
        (false, false) => Runner::Other,
    }
}

/// The branch that a pull request goes to, as GitHub Actions and GitLab CI tell it.
fn base_of_ci() -> Option<String> {
    variable("GITHUB_BASE_REF")
        .map(|branch| format!("origin/{branch}"))
        .or_else(|| variable("CI_MERGE_REQUEST_DIFF_BASE_SHA"))
}

fn user() -> Option<String> {
    ["EVT_ACTOR", "SUDO_USER", "USER", "LOGNAME", "USERNAME"].into_iter().find_map(variable).or_else(number)
}

/// The number of the user, where nothing tells a name, such as in a container.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn number() -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    std::fs::metadata("/proc/self").ok().map(|process| format!("user {}", process.uid()))
}

#[cfg(not(unix))]
fn number() -> Option<String> {
    None
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A path of the arguments, from where the program was started.
fn in_folder(global: &Global, path: &Path) -> PathBuf {
    global.directory.as_ref().map_or_else(|| path.to_owned(), |folder| folder.join(path))
}

/// Whether what a command prints are findings.
fn is_check(command: &Command) -> bool {
    match command {
        Command::Dump(_) | Command::Verify(_) | Command::Compat(_) | Command::Lint | Command::Fmt(_) => true,
        #[cfg(feature = "db")]
        Command::Outbox(command) => command.name() == "outbox doctor",
        _ => false,
    }
}

/// What is wrong with a format that only findings have, asked of a command whose results are none.
fn unprintable(cli: &Cli) -> Option<clap::Error> {
    let format = cli.global.format?;
    if is_check(&cli.command) || matches!(format, FormatArgument::Text | FormatArgument::Json) {
        return None;
    }
    let (name, format) = (name(&cli.command), Printer::from(format));
    let told =
        format!("`evt {name}` prints text or json; {format} is for findings, such as those of `evt verify`");
    Some(Cli::command().error(ErrorKind::ArgumentConflict, told))
}

fn name(command: &Command) -> &'static str {
    match command {
        Command::Init(_) => "init",
        Command::New(NewCommand::Event(_)) => "new event",
        Command::Dump(_) => "dump",
        Command::Verify(_) => "verify",
        Command::Compat(_) => "compat",
        Command::Diff(_) => "diff",
        Command::List(_) => "list",
        Command::Show(_) => "show",
        Command::Log(_) => "log",
        Command::Lint => "lint",
        Command::Fmt(_) => "fmt",
        Command::Catalog(_) => "catalog",
        Command::Import(ImportCommand::EventEngine(_)) => "import event-engine",
        Command::Rules => "rules",
        Command::Explain(_) => "explain",
        Command::Schema(_) => "schema",
        Command::MergeDriver(_) => "merge-driver",
        Command::Export(command) => command.name(),
        #[cfg(feature = "db")]
        Command::Outbox(command) => command.name(),
        #[cfg(feature = "db")]
        Command::DeadLetters(command) => command.name(),
        Command::Completions(_) => "completions",
        Command::Man(_) => "man",
    }
}
