use super::Ended;
use super::workspace::Workspace;
use crate::cli::{SchemaArguments, SchemaName};
use crate::editor::{Names, config_schema, definition_schema};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt schema`.
pub(super) fn run(arguments: &SchemaArguments, edge: &Edge) -> Ended {
    if arguments.project {
        edge.output.result(&of_project(arguments.name, edge)?);
        return Ok(Exit::Fine);
    }
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

/// The schema with the names of the project.
fn of_project(name: SchemaName, edge: &Edge) -> Result<String, Failure> {
    match name {
        SchemaName::Definition => Ok(definition_schema(&names(edge)?)),
        SchemaName::Config => Ok(config_schema(&names(edge)?)),
        SchemaName::SchemaFile | SchemaName::Report | SchemaName::Outbox | SchemaName::Cloudevents => {
            let message = "no name of a project stands in this format";
            let help = "`--project` goes with `definition` and `config`";
            Err(Finding::new(&rule::USAGE, message).help(help).into())
        }
    }
}

/// What can be read of the project's names.
fn names(edge: &Edge) -> Result<Names, Failure> {
    let workspace = Workspace::open(edge)?;
    let loaded = workspace.load()?;
    let is_wrong = loaded.findings.iter().chain(&loaded.read.findings).any(Finding::is_error);
    if is_wrong {
        edge.output.note("names may be missing: `evt verify` tells what is wrong with the project");
    }
    Ok(Names::of(&loaded.catalogue, &loaded.read.schema, &workspace.project))
}
