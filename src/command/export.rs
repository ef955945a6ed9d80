//! `evt export`.

mod debezium;

use super::Ended;
use crate::cli::ExportCommand;
use crate::run::Edge;

/// Runs one of its commands.
pub(super) fn run(command: ExportCommand, edge: &Edge) -> Ended {
    match command {
        ExportCommand::Debezium(arguments) => debezium::run(&arguments, edge),
    }
}
