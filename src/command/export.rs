//! `evt export`.

mod asyncapi;
mod avro;
mod chosen;
mod cloudevents;
#[cfg(feature = "db")]
mod debezium;
mod files;
mod json_schema;

use super::Ended;
use crate::cli::ExportCommand;
use crate::run::Edge;

/// Runs one of its commands.
pub(super) fn run(command: ExportCommand, edge: &Edge) -> Ended {
    match command {
        ExportCommand::JsonSchema(arguments) => json_schema::run(&arguments, edge),
        ExportCommand::Asyncapi(arguments) => asyncapi::run(&arguments, edge),
        ExportCommand::Avro(arguments) => avro::run(&arguments, edge),
        ExportCommand::Cloudevents(arguments) => cloudevents::run(&arguments, edge),
        #[cfg(feature = "db")]
        ExportCommand::Debezium(arguments) => debezium::run(&arguments, edge),
    }
}
