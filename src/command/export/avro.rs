use super::files::Named;
use super::{chosen, files};
use crate::cli::AvroArguments;
use crate::command::Ended;
use crate::command::sides::find_version;
use crate::command::workspace::Workspace;
use crate::export::avro::{NameCollision, Settings, finding, schema_text, union_text};
use crate::finding;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Schema, Version};

/// `evt export avro`.
pub(super) fn run(arguments: &AvroArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let schema = workspace.schema()?;
    let source = workspace.project.source.as_deref();
    let settings = Settings { source, namespace: arguments.namespace.as_deref() };
    let chosen = &arguments.chosen;
    if let Some(folder) = &chosen.folder {
        return files::write(folder, &all(&chosen::with_files(chosen, &schema)?, &settings)?, edge);
    }
    edge.output.result(&text(arguments, &schema, &settings)?);
    Ok(Exit::Fine)
}

fn text(arguments: &AvroArguments, schema: &Schema, settings: &Settings<'_>) -> Result<String, Failure> {
    let text = match &arguments.chosen.event {
        Some(name) => schema_text(find_version(name, schema)?, settings),
        None => union_text(&chosen::latest(schema, chosen::shown(arguments.chosen.retired)), settings),
    };
    text.map_err(|collisions| refused(&collisions))
}

/// The files of some versions, all or none.
fn all(versions: &[&Version], settings: &Settings<'_>) -> Result<Vec<Named>, Failure> {
    let (mut named, mut collisions) = (Vec::with_capacity(versions.len()), Vec::new());
    for version in versions {
        match schema_text(version, settings) {
            Ok(text) => named.push((files::name(version, "avsc"), text)),
            Err(more) => collisions.extend(more),
        }
    }
    if collisions.is_empty() { Ok(named) } else { Err(refused(&collisions)) }
}

fn refused(collisions: &[NameCollision]) -> Failure {
    let mut findings: Vec<_> = collisions.iter().map(finding).collect();
    finding::sort(&mut findings);
    Failure { exit: Exit::Found, findings }
}
