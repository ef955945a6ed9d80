//! The commands: each reads, calls into the core, and prints.

mod base;
mod catalog;
mod commit;
mod compat;
mod completions;
#[cfg(feature = "db")]
mod database;
#[cfg(feature = "db")]
mod dead_letters;
mod diff;
mod dump;
mod explain;
mod export;
mod fmt;
mod held;
mod import;
mod init;
#[cfg(feature = "db")]
mod interrupt;
mod left;
mod lint;
mod list;
#[cfg(feature = "db")]
mod listen;
mod merge_driver;
mod merging_hint;
mod new_event;
#[cfg(feature = "db")]
mod outbox;
mod rust;
mod schema;
mod sides;
mod steps;
mod verify;
mod watch;
mod workspace;

use crate::cli::{Command, ImportCommand, NewCommand};
use crate::run::{Edge, Exit, Failure};

/// How a command ends.
pub(crate) type Ended = Result<Exit, Failure>;

/// Runs a command.
pub(crate) fn run(command: Command, edge: &Edge) -> Ended {
    match command {
        Command::Init(arguments) => init::run(&arguments, edge),
        Command::New(NewCommand::Event(arguments)) => new_event::run(&arguments, edge),
        Command::Dump(arguments) => dump::run(&arguments, edge),
        Command::Verify(arguments) => verify::run(&arguments, edge),
        Command::Compat(arguments) => compat::run(&arguments, edge),
        Command::Diff(arguments) => diff::run(&arguments, edge),
        Command::List(arguments) => list::list(arguments, edge),
        Command::Show(arguments) => list::show(&arguments, edge),
        Command::Log(arguments) => list::log(&arguments, edge),
        Command::Lint => lint::run(edge),
        Command::Fmt(arguments) => fmt::run(&arguments, edge),
        Command::Catalog(arguments) => catalog::run(&arguments, edge),
        Command::Import(ImportCommand::EventEngine(arguments)) => import::run(&arguments, edge),
        Command::Rules => explain::rules(edge),
        Command::Explain(arguments) => explain::run(&arguments, edge),
        Command::Schema(arguments) => schema::run(&arguments, edge),
        Command::MergeDriver(arguments) => merge_driver::run(&arguments, edge),
        Command::Export(command) => export::run(command, edge),
        #[cfg(feature = "db")]
        Command::Outbox(command) => outbox::run(command, edge),
        #[cfg(feature = "db")]
        Command::DeadLetters(command) => dead_letters::run(command, edge),
        Command::Completions(arguments) => completions::run(&arguments, edge),
        Command::Man(arguments) => completions::man(&arguments, edge),
    }
}
