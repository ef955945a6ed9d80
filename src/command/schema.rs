use super::Ended;
use crate::cli::{SchemaArguments, SchemaName};
use crate::run::{Edge, Exit};

/// `evt schema`.
pub(super) fn run(arguments: &SchemaArguments, edge: &Edge) -> Ended {
    edge.output.result(match arguments.name {
        SchemaName::Definition => include_str!("../../schemas/definition.json"),
        SchemaName::Config => include_str!("../../schemas/evt-toml.json"),
        SchemaName::SchemaFile => include_str!("../../schemas/schema-file.json"),
        SchemaName::Report => include_str!("../../schemas/report.json"),
        SchemaName::Outbox => include_str!("../../schemas/outbox.json"),
        SchemaName::Cloudevents => include_str!("../../schemas/cloudevents.json"),
    });
    Ok(Exit::Fine)
}
