use super::Ended;
use super::base::find_base;
use super::held::Against;
use super::sides::{Side, Sides};
use super::workspace::{Workspace, sound};
use crate::check::Catalogue;
use crate::cli::CompatArguments;
use crate::compat::Comparison;
use crate::finding::{self, Finding};
use crate::rule;
use crate::run::{Edge, Failure};
use crate::schema::Schema;

/// `evt compat`.
pub(super) fn run(arguments: &CompatArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let findings = match (&arguments.a, &arguments.b) {
        (Some(a), Some(b)) => sides(arguments, &workspace, a, b)?,
        _ => definitions(arguments, &workspace)?,
    };
    told(&workspace, findings)
}

fn told(workspace: &Workspace<'_>, findings: Vec<Finding>) -> Ended {
    let mut findings = workspace.project.judge(findings);
    finding::sort(&mut findings);
    workspace.edge.output.findings(&findings);
    if findings.is_empty() {
        workspace.edge.output.note("nothing is broken");
    }
    Ok(workspace.edge.output.exit(&findings))
}

/// The definitions against the base.
fn definitions(arguments: &CompatArguments, workspace: &Workspace<'_>) -> Result<Vec<Finding>, Failure> {
    let mut loaded = workspace.load()?;
    if loaded.findings.iter().any(Finding::is_error) {
        return Ok(loaded.findings);
    }
    loaded.read = sound(loaded.read)?;
    let against = arguments.against.as_deref();
    let Some(base) = find_base(workspace, against)? else {
        let finding = Finding::new(&rule::USAGE, "there is nothing to compare the definitions with");
        return Err(finding
            .help("name a git ref: `evt compat --against REF`, or `[git] base` in evt.toml")
            .into());
    };
    let plan = workspace.plan(&loaded, Against::Base(against))?;
    let schema = plan.apply(loaded.read.schema.clone());
    let before = base.schema.unwrap_or(loaded.read.schema);
    Ok(comparison(arguments, workspace, &before, &schema, &loaded.catalogue).findings())
}

/// Two versions, or two git refs.
fn sides(
    arguments: &CompatArguments,
    workspace: &Workspace<'_>,
    a: &str,
    b: &str,
) -> Result<Vec<Finding>, Failure> {
    let mut sides = Sides::of(workspace);
    let (old, new) = match (sides.named(a)?, sides.named(b)?) {
        (Side::Version(a), Side::Version(b)) => {
            let name = b.contract.event_name.clone();
            let one = |version| Schema { events: [(name.clone(), vec![version])].into_iter().collect() };
            (one(*a), one(*b))
        }
        (Side::Schema(a), Side::Schema(b)) => (*a, *b),
        (Side::Version(_), Side::Schema(_)) | (Side::Schema(_), Side::Version(_)) => {
            let finding = Finding::new(&rule::USAGE, "one side is an event and the other a git ref");
            return Err(finding.help("name two of a kind: `evt compat ref:main ref:HEAD`").into());
        }
    };
    Ok(comparison(arguments, workspace, &old, &new, &Catalogue::default()).findings())
}

fn comparison<'c>(
    arguments: &CompatArguments,
    workspace: &'c Workspace<'_>,
    base: &'c Schema,
    schema: &'c Schema,
    catalogue: &'c Catalogue,
) -> Comparison<'c> {
    let (project, mode, today) = (&workspace.project, arguments.mode, workspace.edge.today);
    Comparison { base, schema, catalogue, project, mode, today }
}
