use super::{chosen, files};
use crate::cli::JsonSchemaArguments;
use crate::command::Ended;
use crate::command::sides::find_version;
use crate::command::workspace::Workspace;
use crate::export::{Ids, bundle, document};
use crate::run::{Edge, Exit};
use crate::schema::Version;

/// `evt export json-schema`.
pub(super) fn run(arguments: &JsonSchemaArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let schema = workspace.schema()?;
    let source = workspace.project.source.as_deref();
    let ids = Ids::of(source);
    let text = |version: &Version| document(version, Some(&ids.version(version))).text();
    let chosen = &arguments.chosen;
    if let Some(folder) = &chosen.folder {
        let versions = chosen::with_files(chosen, &schema)?;
        let named = versions.into_iter().map(|version| (files::name(version, "json"), text(version)));
        return files::write(folder, &named.collect::<Vec<_>>(), edge);
    }
    edge.output.result(&match &chosen.event {
        Some(name) => text(find_version(name, &schema)?),
        None => bundle(&chosen::every(&schema, chosen::shown(chosen.retired)), source).text(),
    });
    Ok(Exit::Fine)
}
