//! `evt dead-letters`.

mod act;
mod list;
mod replace;
mod upcast;

use super::Ended;
use super::outbox::show;
use crate::cli::DeadLettersCommand;
use crate::run::Edge;

/// Runs one of its commands.
pub(super) fn run(command: DeadLettersCommand, edge: &Edge) -> Ended {
    match command {
        DeadLettersCommand::List(arguments) => list::run(&arguments, edge),
        DeadLettersCommand::Show(arguments) => show(&arguments, edge),
        DeadLettersCommand::Retry(arguments) => act::retry(&arguments, edge),
        DeadLettersCommand::Discard(arguments) => act::discard(&arguments, edge),
    }
}
