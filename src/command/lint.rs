use super::Ended;
use super::workspace::Workspace;
use crate::finding::{self, Finding};
use crate::lint::{lint, without_allowed};
use crate::rule;
use crate::run::Edge;

/// `evt lint`: the definitions against every rule, those of style included.
pub(super) fn run(edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let (catalogue, mut findings) = workspace.definitions();
    let is_whole = !findings.iter().any(Finding::is_error);
    let style = without_allowed(lint(&catalogue), &catalogue, edge.today)
        .into_iter()
        .filter(|finding| is_whole || !is_about_use(finding));
    findings.extend(workspace.project.judge(style.collect()));
    finding::sort(&mut findings);
    edge.output.findings(&findings);
    Ok(edge.output.exit(&findings))
}

/// Whether a finding says that nothing uses something: not known while definitions cannot be read.
fn is_about_use(finding: &Finding) -> bool {
    [rule::TYPE_UNUSED.id, rule::SUBJECT_UNUSED.id].contains(&finding.rule.id)
}
