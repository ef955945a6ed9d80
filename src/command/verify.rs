use super::base::find_base;
use super::workspace::{Loaded, Workspace};
use super::{Ended, steps};
use crate::cli::BaseArguments;
use crate::finding::{self, Finding};
use crate::plan::{Plan, check_history, drift, layout_drift, missing_drift};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Layout;

/// `evt verify`.
pub(super) fn run(arguments: &BaseArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let mut loaded = workspace.load()?;
    let mut findings = std::mem::take(&mut loaded.findings);
    let is_defined = !findings.iter().any(Finding::is_error);
    let is_sound = loaded.read.findings.is_empty();
    findings.append(&mut loaded.read.findings);
    let plan = match (is_defined, is_sound) {
        (true, true) => workspace.plan(&loaded, None)?,
        _ => Plan::default(),
    };
    let of_plan = workspace.project.judge(plan.findings.clone());
    let is_planned = !of_plan.iter().any(Finding::is_error);
    findings.extend(of_plan);
    if is_defined && is_sound && is_planned {
        findings.extend(drift_findings(&workspace, &loaded, &plan));
    }
    if is_sound {
        findings.extend(history_findings(&workspace, &loaded, arguments)?);
    }
    finding::sort(&mut findings);
    let diff = if loaded.file.is_some() { steps::diffs(&plan) } else { String::new() };
    edge.output.findings_with_diff(&findings, &diff);
    let exit = if findings.iter().any(Finding::is_error) { Exit::Found } else { Exit::Fine };
    if exit == Exit::Fine {
        edge.output.note(&format!("{} is what the definitions say", workspace.project.schema_path));
    }
    loaded.abandon();
    Ok(exit)
}

fn drift_findings(workspace: &Workspace<'_>, loaded: &Loaded, plan: &Plan) -> Vec<Finding> {
    let Some(file) = &loaded.file else {
        let finding = missing_drift(&workspace.project.schema_path);
        let help = "copy the schema file of the project that defines the events";
        return vec![if workspace.project.is_consumer() { finding.help(help) } else { finding }];
    };
    let mut findings = drift(plan, &loaded.catalogue, file, &loaded.read.places);
    if findings.is_empty() && loaded.read.layout == Layout::Other {
        findings.push(layout_drift(file, &loaded.read.schema.text()));
    }
    findings
}

fn history_findings(
    workspace: &Workspace<'_>,
    loaded: &Loaded,
    arguments: &BaseArguments,
) -> Result<Vec<Finding>, Failure> {
    let output = &workspace.edge.output;
    let base = match find_base(workspace, arguments.against.as_deref()) {
        Ok(Some(base)) => base,
        Ok(None) => return Ok(Vec::new()),
        Err(failure)
            if failure.findings.iter().all(|finding| finding.rule.id == rule::HISTORY_UNREADABLE.id) =>
        {
            return Ok(failure.findings);
        }
        Err(failure) => return Err(failure),
    };
    output.detail(&format!("history is compared with `{}`", base.reference));
    let Some(schema) = &base.schema else { return Ok(Vec::new()) };
    let nothing =
        std::sync::Arc::new(crate::source::SourceFile::new(&workspace.project.schema_path, String::new()));
    let file = loaded.file.as_ref().unwrap_or(&nothing);
    Ok(check_history(schema, &loaded.read.schema, file, &loaded.read.places, base.advice))
}
