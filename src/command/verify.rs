use super::base::{Base, FoundBase, find_base};
use super::compat::note_way_past;
use super::held::Against;
use super::rust::Basis;
use super::workspace::{Loaded, Workspace};
use super::{Ended, rust, steps};
use crate::cli::BaseArguments;
use crate::compat::{Comparison, proven};
use crate::finding::{self, Finding};
use crate::plan::{Advice, Plan, check_history, drift, layout_drift};
use crate::project::Project;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Layout, LeftOut, Schema};

/// `evt verify`.
pub(super) fn run(arguments: &BaseArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    // Elsewhere a schema file that cannot be read is a matter of the project; here the machine failed at the check.
    let mut loaded = workspace.load().map_err(|failure| Failure { exit: Exit::Machine, ..failure })?;
    let mut findings = std::mem::take(&mut loaded.findings);
    let is_defined = !findings.iter().any(Finding::is_error);
    let is_sound = loaded.read.findings.is_empty();
    findings.append(&mut loaded.read.findings);
    let plan = match (is_defined, is_sound) {
        (true, true) => workspace.plan(&loaded, Against::Base(arguments.against.as_deref()))?,
        _ => Plan::default(),
    };
    let of_plan = workspace.project.judge(plan.findings.clone());
    let is_planned = !of_plan.iter().any(Finding::is_error);
    findings.extend(of_plan);
    let (base, mut lost) = if is_sound { base(&workspace, arguments)? } else { (None, Vec::new()) };
    if let Some(base) = &base {
        lost.extend(history_findings(&workspace, &loaded, base)?);
    }
    if is_defined && is_sound && is_planned {
        findings.extend(drift_findings(&workspace, &loaded, &plan, &lost)?);
    }
    let lost_count = lost.len();
    findings.extend(lost);
    let mut diff = if loaded.file.is_some() { steps::diffs(&plan) } else { String::new() };
    if is_defined && is_sound && is_planned && loaded.file.is_some() {
        let basis = if plan.steps.is_empty() { Basis::Committed } else { Basis::Drifted };
        // Where history is lost, the base and what comes cannot be compared.
        let base = base.filter(|_| lost_count == 0);
        let before =
            base.map(|base| (base.schema.unwrap_or_else(|| loaded.read.schema.clone()), base.project));
        let schema = plan.apply(std::mem::take(&mut loaded.read.schema));
        findings.extend(compat_findings(&workspace, before.as_ref(), &schema, &loaded));
        let (of_rust, rust_diff) = rust::drift(&workspace, &schema, &loaded, basis)?;
        findings.extend(of_rust);
        diff.push_str(&rust_diff);
        loaded.read.schema = schema;
    }
    finding::sort(&mut findings);
    edge.output.findings_with_diff(&findings, &diff);
    let exit = edge.output.exit(&findings);
    if exit == Exit::Fine {
        edge.output.note(&format!("{} is what the definitions say", workspace.project.schema_path));
    }
    note_way_past(&workspace, &findings);
    workspace.hint_at_merge_driver();
    loaded.abandon();
    Ok(exit)
}

fn drift_findings(
    workspace: &Workspace<'_>,
    loaded: &Loaded,
    plan: &Plan,
    lost: &[Finding],
) -> Result<Vec<Finding>, Failure> {
    let Some(file) = &loaded.file else {
        let missing = workspace.missing_schema()?.finding;
        let help = lost.iter().find_map(|lost| lost.help.clone());
        return Ok(vec![Finding { help: help.or(missing.help.clone()), ..missing }]);
    };
    let mut findings = drift(plan, &loaded.catalogue, file, &loaded.read.places);
    if findings.is_empty() && loaded.read.layout == Layout::Other {
        findings.push(layout_drift(file, &loaded.read.schema.text()));
    }
    Ok(findings)
}

/// What history is compared with; where it cannot be read, that is a finding.
fn base(
    workspace: &Workspace<'_>,
    arguments: &BaseArguments,
) -> Result<(Option<Base>, Vec<Finding>), Failure> {
    let is_unreadable = |finding: &Finding| finding.rule.id == rule::HISTORY_UNREADABLE.id;
    let found = find_base(workspace, arguments.against.as_deref());
    let read = |found: Option<FoundBase>| found.map(|found| found.read(&LeftOut::new())).transpose();
    match found.and_then(read) {
        Ok(base) => {
            if let Some(base) = &base {
                let told = format!("history is compared with `{}`", base.reference);
                workspace.edge.output.detail(&told);
            }
            Ok((base, Vec::new()))
        }
        Err(failure) if failure.findings.iter().all(is_unreadable) => Ok((None, failure.findings)),
        Err(failure) => Err(failure),
    }
}

/// What the definitions break of what the base holds, and what was accepted in vain.
fn compat_findings(
    workspace: &Workspace<'_>,
    base: Option<&(Schema, Option<Project>)>,
    schema: &Schema,
    loaded: &Loaded,
) -> Vec<Finding> {
    let (project, today) = (&workspace.project, workspace.edge.today);
    let mut findings = proven(schema, loaded.places());
    if let Some((base, before)) = base {
        let (catalogue, places) = (&loaded.catalogue, loaded.places());
        let before = before.as_ref().unwrap_or(project);
        let comparison = Comparison { base, schema, catalogue, places, project, before, mode: None, today };
        findings.extend(comparison.findings());
    }
    project.judge(findings)
}

/// What the schema file has lost of the base.
pub(super) fn history_findings(
    workspace: &Workspace<'_>,
    loaded: &Loaded,
    base: &Base,
) -> Result<Vec<Finding>, Failure> {
    let Some(schema) = &base.schema else { return Ok(Vec::new()) };
    let nothing =
        std::sync::Arc::new(crate::source::SourceFile::new(&workspace.project.schema_path, String::new()));
    let file = loaded.file.as_ref().unwrap_or(&nothing);
    let advice = advice(base, loaded.file.is_some(), workspace)?;
    Ok(check_history(schema, &loaded.read.schema, file, &loaded.read.places, &advice))
}

/// What to do about lost history: one thing for all of it.
fn advice(base: &Base, has_file: bool, workspace: &Workspace<'_>) -> Result<Advice, Failure> {
    let Base { reference, advice, .. } = base;
    if has_file {
        let rewritten = format!(
            "run `evt dump --squash {reference}`: it keeps the versions of the base, and what this branch changed \
             follows as one version an event"
        );
        return Ok(Advice { removed: (*advice).to_owned(), rewritten });
    }
    let missing = workspace.missing_schema()?;
    let of_base = || {
        let path = &workspace.project.schema_path;
        format!("bring the schema file back: `git checkout {reference} -- {path}`, then run `evt dump`")
    };
    let back = missing.finding.help.filter(|_| missing.is_lost).unwrap_or_else(of_base);
    Ok(Advice { removed: back.clone(), rewritten: back })
}
