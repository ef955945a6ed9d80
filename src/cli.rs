//! The arguments of every command.

mod export;
#[cfg(feature = "db")]
mod outbox;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::event::CompatMode;
use crate::output::{Color, Printer};
use crate::rule::Severity;

pub(crate) use export::*;
#[cfg(feature = "db")]
pub(crate) use outbox::*;

/// A schema toolchain for events: define them once in YAML, and nothing drifts.
#[derive(Debug, Parser)]
#[command(
    name = "evt",
    version,
    about = "Compile event definitions into one committed schema file, and prove that nothing drifted",
    after_help = "Example:\n  evt verify",
    disable_help_subcommand = true,
    propagate_version = false,
    max_term_width = 100
)]
pub(crate) struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) global: Global,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Work in DIR instead of the current folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub(crate) directory: Option<std::path::PathBuf>,
    /// Use this evt.toml instead of looking for one
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) config: Option<std::path::PathBuf>,
    /// Print results for people or for programs; without it as the CI that runs evt shows it
    #[arg(long, value_name = "FORMAT", global = true)]
    pub(crate) format: Option<FormatArgument>,
    /// Write results to FILE, with the folders that it needs: of a check in the format, while people read on
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) output: Option<std::path::PathBuf>,
    /// Fail a check from this severity on
    #[arg(long, value_name = "SEVERITY", default_value = "error", global = true)]
    pub(crate) fail_on: SeverityArgument,
    /// Judge what depends on the date as on DATE, such as 2027-01-31
    #[arg(long, value_name = "DATE", global = true)]
    pub(crate) today: Option<jiff::civil::Date>,
    /// Colour the output
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(crate) color: ColorArgument,
    /// Tell nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Tell what is done, step by step
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// `--format`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum FormatArgument {
    /// For people
    Text,
    /// For programs
    Json,
    /// Findings as annotations of GitHub Actions
    Github,
    /// Findings as GitLab's code quality report
    Gitlab,
    /// Findings as XML of `JUnit`
    Junit,
    /// Findings as SARIF 2.1.0
    Sarif,
    /// Findings as a comment on a change
    Markdown,
}

impl From<FormatArgument> for Printer {
    fn from(argument: FormatArgument) -> Self {
        match argument {
            FormatArgument::Text => Self::Text,
            FormatArgument::Json => Self::Json,
            FormatArgument::Github => Self::Github,
            FormatArgument::Gitlab => Self::Gitlab,
            FormatArgument::Junit => Self::Junit,
            FormatArgument::Sarif => Self::Sarif,
            FormatArgument::Markdown => Self::Markdown,
        }
    }
}

/// `--fail-on`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SeverityArgument {
    /// Errors
    Error,
    /// Warnings too
    Warn,
    /// Hints too
    Info,
}

impl From<SeverityArgument> for Severity {
    fn from(argument: SeverityArgument) -> Self {
        match argument {
            SeverityArgument::Error => Self::Error,
            SeverityArgument::Warn => Self::Warn,
            SeverityArgument::Info => Self::Info,
        }
    }
}

/// `--color`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ColorArgument {
    /// Where standard output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<ColorArgument> for Color {
    fn from(argument: ColorArgument) -> Self {
        match argument {
            ColorArgument::Auto => Self::Auto,
            ColorArgument::Always => Self::Always,
            ColorArgument::Never => Self::Never,
        }
    }
}

/// Every command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Set up a project: evt.toml, a first definition, the lines for git
    #[command(after_help = "Nothing that exists is overwritten.\n\nExample:\n  evt init --no-git")]
    Init(InitArguments),
    /// Write a definition to start from
    #[command(subcommand, after_help = "Example:\n  evt new event order_placed")]
    New(NewCommand),
    /// Compile the definitions, merge them into the schema file, and write what changed
    #[command(after_help = "Example:\n  evt dump --dry-run")]
    Dump(DumpArguments),
    /// Prove that what is committed is what `evt dump` would write, and that no history was lost
    #[command(after_help = "Example:\n  evt verify --against HEAD")]
    Verify(BaseArguments),
    /// Show what the definitions break, and whom: code that reads old rows, or code that is not deployed anew
    #[command(
        after_help = "Without A and B the definitions are compared with the base, as `evt verify` does, else with HEAD. A and B are as \
        those of `evt diff`. What is promised is [compat] mode of evt.toml, or what the domain or the event \
        says. With --pending it is the rows of the outbox that are compared, whatever was promised.\n\nExample:\n  evt compat \
        something_happened@1 something_happened@1"
    )]
    Compat(CompatArguments),
    /// Show what changed: between definitions and schema file, two versions, or two git refs
    #[command(
        after_help = "Without A and B the definitions are compared with the schema file, with EVENT alone that \
        of one event; a git ref alone is compared with the schema file of the work tree. A and B are versions (EVENT@1), events (EVENT: the latest version), or git refs (ref:NAME where \
        a name could be an event).\n\nExample:\n  evt diff ref:HEAD"
    )]
    Diff(DiffArguments),
    /// List the events of the schema file
    #[command(after_help = "Example:\n  evt list --format json")]
    List(ListArguments),
    /// Show one event, or one version of it
    #[command(after_help = "Example:\n  evt show something_happened")]
    Show(EventArguments),
    /// Show the history of an event, newest version first
    #[command(after_help = "Example:\n  evt log something_happened")]
    Log(EventArguments),
    /// Check the definitions against the rules of style
    #[command(after_help = "Example:\n  evt lint")]
    Lint,
    /// Format the definitions, keeping every comment
    #[command(after_help = "Example:\n  evt fmt --check")]
    Fmt(FmtArguments),
    /// Print the event catalog: every event for people, as Markdown or as a web page with search
    #[command(
        after_help = "The page of --html is one file that needs nothing else and asks no network: evt catalog --html > \
        catalog.html. An event is linked to by its name, catalog.html#cow_fed, and one version by \
        catalog.html#cow_fed@2.\n\nExamples:\n  evt catalog\n  evt catalog --html"
    )]
    Catalog(CatalogArguments),
    /// Write what another tool defines as definitions and a schema file
    #[command(subcommand, after_help = "Example:\n  evt import event-engine db/event_schema.json --dry-run")]
    Import(ImportCommand),
    /// List every rule with its severity
    #[command(after_help = "Example:\n  evt rules")]
    Rules,
    /// Explain a rule, with a bad and a good example
    #[command(after_help = "Example:\n  evt explain unknown-key")]
    Explain(ExplainArguments),
    /// Print the JSON Schema of one of evt's own formats
    #[command(
        after_help = "With --project, `definition` knows the subjects, types, events, domains and owners of this \
        project, and `config` its domains and every rule. Editors take it from where `evt init` has put the general \
        one: evt schema definition --project > schemas/definition.json\n\nExamples:\n  evt schema definition\n  \
        evt schema definition --project"
    )]
    Schema(SchemaArguments),
    /// Merge the schema files of two branches; git calls this
    #[command(
        name = "merge-driver",
        after_help = "`evt init` sets git up to call it: `merge=evt` in .gitattributes, and the setting \
            merge.evt.driver. The merged file replaces OURS.\n\nExample:\n  evt merge-driver schemas/events.json \
            schemas/events.json schemas/events.json schemas/events.json"
    )]
    MergeDriver(MergeDriverArguments),
    /// Print what is defined, or the outbox, in other programs' terms
    #[command(subcommand, after_help = "Example:\n  evt export json-schema something_happened")]
    Export(ExportCommand),
    /// Show and change the outbox: its tables, its rows, what operators did
    #[cfg(feature = "db")]
    #[command(subcommand, after_help = "Example:\n  evt outbox stats")]
    Outbox(OutboxCommand),
    /// Show what could not be delivered, send it again, or give it up
    #[cfg(feature = "db")]
    #[command(subcommand, name = "dead-letters", after_help = "Example:\n  evt dead-letters list")]
    DeadLetters(DeadLettersCommand),
    /// Print the completion script of a shell
    #[command(after_help = "Example:\n  evt completions bash")]
    Completions(CompletionsArguments),
    /// Print the manual page of evt, or of one command
    #[command(after_help = "Example:\n  evt man dump")]
    Man(ManArguments),
}

/// `evt init`.
#[derive(Debug, Args)]
pub(crate) struct InitArguments {
    /// Leave git's configuration and .gitattributes as they are
    #[arg(long)]
    pub(crate) no_git: bool,
}

/// `evt new`.
#[derive(Debug, Subcommand)]
pub(crate) enum NewCommand {
    /// Write the definition of an event, which passes `evt lint` once its blanks are filled
    #[command(after_help = "Example:\n  evt new event order_placed")]
    Event(NewEventArguments),
}

/// `evt new event`.
#[derive(Debug, Args)]
pub(crate) struct NewEventArguments {
    /// The event's name: small letters and `_`, in the past tense
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// The bounded context
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) domain: Option<String>,
    /// What the event is about; registered with it where it is new
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
}

/// `evt dump`.
#[derive(Debug, Args)]
pub(crate) struct DumpArguments {
    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "watch")]
    pub(crate) dry_run: bool,
    /// Dump again on every change of the definitions, until interrupted
    #[arg(long)]
    pub(crate) watch: bool,
    /// Turn all that REF does not hold into one version an event
    #[arg(long, value_name = "REF")]
    pub(crate) squash: Option<String>,
}

/// What history is compared with.
#[derive(Debug, Args)]
pub(crate) struct BaseArguments {
    /// The git ref that history is proven against
    #[arg(long, value_name = "REF")]
    pub(crate) against: Option<String>,
}

/// `evt compat`.
#[derive(Debug, Args)]
pub(crate) struct CompatArguments {
    /// The older side
    #[arg(value_name = "A", conflicts_with = "against")]
    pub(crate) a: Option<String>,
    /// The newer side
    #[arg(value_name = "B", conflicts_with = "against")]
    pub(crate) b: Option<String>,
    /// The git ref that the definitions are compared with
    #[arg(long, value_name = "REF")]
    pub(crate) against: Option<String>,
    /// Compare under this mode, whatever evt.toml and the events say
    #[arg(long, value_name = "MODE", value_parser = mode)]
    pub(crate) mode: Option<CompatMode>,
    /// Ask instead whether what waits in the outbox, and its dead letters, can be read under the definitions as they are now
    #[cfg(feature = "db")]
    #[arg(long, conflicts_with_all = ["a", "against", "mode"])]
    pub(crate) pending: bool,
    /// With --pending: read every payload, not only the first 10,000 of each version that could break
    #[cfg(feature = "db")]
    #[arg(long, requires = "pending")]
    pub(crate) payloads: bool,
    #[cfg(feature = "db")]
    #[command(flatten)]
    pub(crate) database: DatabaseArguments,
}

fn mode(word: &str) -> Result<CompatMode, String> {
    let words: Vec<_> = CompatMode::ALL.iter().map(|(word, _)| *word).collect();
    CompatMode::parse(word).ok_or_else(|| format!("one of {}", words.join(", ")))
}

/// `evt diff`.
#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The older side
    #[arg(value_name = "A")]
    pub(crate) a: Option<String>,
    /// The newer side
    #[arg(value_name = "B")]
    pub(crate) b: Option<String>,
}

/// `evt import`.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Write the events of the Ruby gem `event_engine`, with their versions and fingerprints
    #[command(
        name = "event-engine",
        after_help = "FILE is what `bin/rails event_engine:schema:dump` writes: db/event_schema.json. Each event becomes a \
        file in the first folder of [definitions] paths; nothing that exists is overwritten. docs/import.md tells \
        what becomes of what.\n\nExample:\n  evt import event-engine db/event_schema.json --dry-run"
    )]
    EventEngine(ImportArguments),
}

/// `evt import event-engine`.
#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    /// The file that is read
    #[arg(value_name = "FILE")]
    pub(crate) file: std::path::PathBuf,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// `evt list`.
#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// Only events of this domain
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) domain: Option<String>,
    /// Only events about this subject
    #[arg(long, value_name = "SUBJECT")]
    pub(crate) subject: Option<String>,
    /// Only events of this owner
    #[arg(long, value_name = "OWNER")]
    pub(crate) owner: Option<String>,
    /// Only events of this process type
    #[arg(long, value_name = "TYPE")]
    pub(crate) process_type: Option<String>,
    /// Retired events too
    #[arg(long)]
    pub(crate) retired: bool,
}

/// An event, or one version of it.
#[derive(Debug, Args)]
pub(crate) struct EventArguments {
    /// The event, or one of its versions: EVENT@2
    #[arg(value_name = "EVENT[@V]")]
    pub(crate) event: String,
}

/// `evt fmt`.
#[derive(Debug, Args)]
pub(crate) struct FmtArguments {
    /// Change nothing; exit 1 where a file is not formatted
    #[arg(long)]
    pub(crate) check: bool,
    /// Format these files instead of all definitions; - formats standard input to standard output
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<std::path::PathBuf>,
}

/// `evt catalog`.
#[derive(Debug, Args)]
pub(crate) struct CatalogArguments {
    /// Print one HTML page with search, all versions and their history
    #[arg(long)]
    pub(crate) html: bool,
}

/// `evt explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// The rule's id
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

/// `evt schema`.
#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// The format
    #[arg(value_name = "FORMAT_NAME")]
    pub(crate) name: SchemaName,
    /// Fill in the names of this project, for an editor to complete them
    #[arg(long)]
    pub(crate) project: bool,
}

/// The formats of evt's own.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaName {
    /// Definition files
    Definition,
    /// evt.toml
    Config,
    /// The schema file
    SchemaFile,
    /// Reports of findings
    Report,
    /// What the commands of the outbox print
    Outbox,
    /// What `evt export cloudevents` prints
    Cloudevents,
}

/// `evt merge-driver`, as git calls it: `%O %A %B %P`.
#[derive(Debug, Args)]
pub(crate) struct MergeDriverArguments {
    /// The common ancestor's file
    #[arg(value_name = "ANCESTOR")]
    pub(crate) ancestor: std::path::PathBuf,
    /// Our file, which takes the result
    #[arg(value_name = "OURS")]
    pub(crate) ours: std::path::PathBuf,
    /// Their file
    #[arg(value_name = "THEIRS")]
    pub(crate) theirs: std::path::PathBuf,
    /// The path of the file in the work tree
    #[arg(value_name = "PATH")]
    pub(crate) path: std::path::PathBuf,
}

/// `evt completions`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// `evt man`.
#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// The command
    #[arg(value_name = "COMMAND")]
    pub(crate) command: Option<String>,
}
