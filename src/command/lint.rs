use super::Ended;
use super::workspace::Workspace;
use crate::finding::{self, Finding};
use crate::lint::lint;
use crate::run::{Edge, Exit};

/// `evt lint`: the definitions against every rule, those of style included.
pub(super) fn run(edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let (catalogue, mut findings) = workspace.definitions();
    findings.extend(workspace.project.judge(lint(&catalogue)));
    finding::sort(&mut findings);
    edge.output.findings(&findings);
    Ok(if findings.iter().any(Finding::is_error) { Exit::Found } else { Exit::Fine })
}
