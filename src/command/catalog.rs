use super::Ended;
use super::workspace::Workspace;
use crate::catalog::{html, markdown};
use crate::cli::CatalogArguments;
use crate::run::{Edge, Exit};

/// `evt catalog`.
pub(super) fn run(arguments: &CatalogArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let schema = workspace.schema()?;
    edge.output.result(&if arguments.html {
        html(&schema, workspace.project.source.as_deref())
    } else {
        markdown(&schema)
    });
    Ok(Exit::Fine)
}
