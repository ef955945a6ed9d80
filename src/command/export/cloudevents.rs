use super::chosen;
use crate::cli::CloudeventsArguments;
use crate::command::Ended;
use crate::command::workspace::Workspace;
use crate::export::cloudevents::catalogue;
use crate::run::{Edge, Exit};

/// `evt export cloudevents`.
pub(super) fn run(arguments: &CloudeventsArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let schema = workspace.schema()?;
    let versions = chosen::every(&schema, chosen::shown(arguments.retired));
    let source = workspace.project.source.as_deref();
    edge.output.result(&catalogue(&schema, &versions, source).text());
    Ok(Exit::Fine)
}
