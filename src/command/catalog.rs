use super::Ended;
use super::workspace::Workspace;
use crate::catalog::markdown;
use crate::run::{Edge, Exit};

/// `evt catalog`.
pub(super) fn run(edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    edge.output.result(&markdown(&workspace.schema()?));
    Ok(Exit::Fine)
}
