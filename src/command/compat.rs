#[cfg(feature = "db")]
mod pending;

use super::Ended;
use super::base::{base_name, find_base, schema_at};
use super::held::Against;
use super::sides::{Side, Sides};
use super::workspace::{Loaded, Workspace, sound};
use crate::check::Catalogue;
use crate::cli::CompatArguments;
use crate::compat::{Comparison, Places};
use crate::finding::{self, Finding};
use crate::git::Repository;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Schema;

/// `evt compat`.
pub(super) fn run(arguments: &CompatArguments, edge: &Edge) -> Ended {
    #[cfg(feature = "db")]
    if arguments.pending {
        return pending::run(arguments, edge);
    }
    #[cfg(feature = "db")]
    pending::refuse_database(arguments)?;
    let workspace = Workspace::open(edge)?;
    let findings = match (&arguments.a, &arguments.b) {
        (Some(a), Some(b)) => sides(arguments, &workspace, a, b)?,
        _ => definitions(arguments, &workspace)?,
    };
    Ok(told(&workspace, findings, "nothing is broken"))
}

fn told(workspace: &Workspace<'_>, findings: Vec<Finding>, fine: &str) -> Exit {
    let mut findings = workspace.project.judge(findings);
    finding::sort(&mut findings);
    workspace.edge.output.findings(&findings);
    if findings.is_empty() {
        workspace.edge.output.note(fine);
    }
    workspace.edge.output.exit(&findings)
}

/// What the definitions and the schema file say; where the definitions are wrong, that.
fn load(workspace: &Workspace<'_>) -> Result<Result<Loaded, Vec<Finding>>, Failure> {
    let mut loaded = workspace.load()?;
    if loaded.findings.iter().any(Finding::is_error) {
        return Ok(Err(loaded.findings));
    }
    loaded.read = sound(loaded.read)?;
    if loaded.file.is_none() && workspace.project.is_consumer() {
        return Err(workspace.missing_schema()?.finding.into());
    }
    Ok(Ok(loaded))
}

/// The definitions against the base.
fn definitions(arguments: &CompatArguments, workspace: &Workspace<'_>) -> Result<Vec<Finding>, Failure> {
    let loaded = match load(workspace)? {
        Ok(loaded) => loaded,
        Err(findings) => return Ok(findings),
    };
    let against = arguments.against.as_deref();
    let base = match base_name(workspace, against) {
        Some(_) => find_base(workspace, against)?.and_then(|base| base.schema),
        None => at_head(workspace)?,
    };
    let plan = workspace.plan(&loaded, Against::Base(against))?;
    let schema = plan.apply(loaded.read.schema.clone());
    let before = base.as_ref().unwrap_or(&loaded.read.schema);
    let (project, mode, today) = (&workspace.project, arguments.mode, workspace.edge.today);
    let (catalogue, places) = (&loaded.catalogue, loaded.places());
    Ok(Comparison { base: before, schema: &schema, catalogue, places, project, mode, today }.findings())
}

/// What is committed, where nobody names a base; `None`: only the schema file can tell.
fn at_head(workspace: &Workspace<'_>) -> Result<Option<Schema>, Failure> {
    let Some(repository) = Repository::discover(&workspace.root)? else { return Ok(None) };
    let Some(head) = repository.commit("HEAD")? else { return Ok(None) };
    workspace.edge.output.detail("compared with HEAD");
    Ok(Some(schema_at(workspace, &repository, &head)?.unwrap_or_default()))
}

/// Two versions, or two git refs.
fn sides(
    arguments: &CompatArguments,
    workspace: &Workspace<'_>,
    a: &str,
    b: &str,
) -> Result<Vec<Finding>, Failure> {
    let mut sides = Sides::of(workspace);
    let (a, b) = (sides.named(a)?, sides.named(b)?);
    let (old, new, sheet) = match (a, b) {
        (Side::Version(a), Side::Version(b)) => {
            let name = b.contract.event_name.clone();
            let one = |version| Schema { events: [(name.clone(), vec![version])].into_iter().collect() };
            (one(*a), one(*b), sides.sheet?)
        }
        (Side::Schema(a), Side::Schema(mut b)) => (a.schema, std::mem::take(&mut b.schema), *b),
        (Side::Version(_), Side::Schema(_)) | (Side::Schema(_), Side::Version(_)) => {
            let finding = Finding::new(&rule::USAGE, "one side is an event and the other a git ref");
            return Err(finding.help("name two of a kind: `evt compat ref:main ref:HEAD`").into());
        }
    };
    let (project, mode, today) = (&workspace.project, arguments.mode, workspace.edge.today);
    let places = Places::default().or_in(&sheet.file, &sheet.places);
    let catalogue = &Catalogue::default();
    Ok(Comparison { base: &old, schema: &new, catalogue, places, project, mode, today }.findings())
}
