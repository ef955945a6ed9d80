#[cfg(feature = "db")]
mod pending;

use super::Ended;
use super::base::{base_name, find_base, find_head};
use super::held::Against;
use super::sides::{Side, Sides};
use super::verify::history_findings;
use super::workspace::{Loaded, Opened, Workspace, sound};
use crate::check::Catalogue;
use crate::cli::CompatArguments;
use crate::compat::{Comparison, Places};
use crate::finding::{self, Finding};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{LeftOut, Schema, settled};

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
        (Some(a), None) => return Err(lonely(a).into()),
        _ => definitions(arguments, &workspace)?,
    };
    Ok(told(&workspace, findings, "nothing is broken"))
}

/// One side alone.
fn lonely(side: &str) -> Finding {
    let name = side.strip_prefix("ref:").unwrap_or(side);
    Finding::new(&rule::USAGE, format!("`{side}` is one side, and two are compared")).help(format!(
        "name the other one as well, or compare the definitions with a git ref: `evt compat --against {name}`"
    ))
}

fn told(workspace: &Workspace<'_>, findings: Vec<Finding>, fine: &str) -> Exit {
    let mut findings = workspace.project.judge(findings);
    finding::sort(&mut findings);
    workspace.edge.output.findings(&findings);
    if findings.is_empty() {
        workspace.edge.output.note(fine);
    } else {
        note_way_past(workspace, &findings);
    }
    workspace.edge.output.exit(&findings)
}

/// How a break that is meant passes.
pub(super) fn note_way_past(workspace: &Workspace<'_>, findings: &[Finding]) {
    if findings.iter().any(|finding| finding.is_error() && finding.rule.compat.is_some()) {
        let note = "a break that is meant passes by `accepts` (for good) or `allow` (for a while) on its event, with a reason";
        workspace.edge.output.note(note);
    }
}

/// What the definitions and the schema file say; where the definitions are wrong, that.
fn load(workspace: &Workspace<'_>) -> Result<Result<Loaded, Vec<Finding>>, Failure> {
    usable(workspace, workspace.load()?)
}

/// What was read, if it can be relied on; where the definitions are wrong, what is wrong.
fn usable(workspace: &Workspace<'_>, mut loaded: Loaded) -> Result<Result<Loaded, Vec<Finding>>, Failure> {
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
    let against = arguments.against.as_deref();
    let is_named = base_name(workspace, against).is_some();
    let find = || if is_named { find_base(workspace, against) } else { find_head(workspace) };
    let (found, opened) = rayon::join(find, || workspace.opened());
    let opened = opened?;
    let text = found.as_ref().ok().and_then(|found| found.as_ref()?.text.other());
    let left_out = unchanged(&opened, text);
    let loaded = match usable(workspace, opened.load(&left_out))? {
        Ok(loaded) => loaded,
        Err(findings) => return Ok(findings),
    };
    let base = found?.map(|found| found.read(&left_out)).transpose()?;
    if let Some(base) = &base {
        // What goes back behind the base cannot be compared with it.
        let lost = if is_named { history_findings(workspace, &loaded, base)? } else { Vec::new() };
        if !lost.is_empty() {
            return Ok(lost);
        }
        workspace.edge.output.detail(&format!("compared with `{}`", base.reference));
    }
    let plan = workspace.plan(&loaded, Against::Base(against))?;
    let schema = plan.apply(loaded.read.schema.clone());
    let (base, before) = base.map_or((None, None), |base| (base.schema, base.project));
    let base = base.as_ref().unwrap_or(&loaded.read.schema);
    let (project, mode, today) = (&workspace.project, arguments.mode, workspace.edge.today);
    let (catalogue, places, before) =
        (&loaded.catalogue, loaded.places(), before.as_ref().unwrap_or(project));
    Ok(Comparison { base, schema: &schema, catalogue, places, project, before, mode, today }.findings())
}

/// Events that need not be compared, since nothing about them has changed; one that allows something may do so in vain.
fn unchanged(opened: &Opened, base: Option<&str>) -> LeftOut {
    let said_of = |name: &str| opened.said_of(name).filter(|said| said.metadata.allow.is_empty());
    opened.text().map(|text| settled(text, base, said_of)).unwrap_or_default()
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
    let mut lost = Vec::new();
    let (project, mode, today) = (&workspace.project, arguments.mode, workspace.edge.today);
    let mut settings = (project.clone(), project.clone());
    let mut catalogue = Catalogue::default();
    let (old, new, sheet) = match (a, b) {
        (Side::Version(a), Side::Version(b)) => {
            let name = b.contract.event_name.clone();
            let one = |version| Schema { events: [(name.clone(), vec![version])].into_iter().collect() };
            (one(*a), one(*b), sides.sheet?)
        }
        (Side::Schema(a), Side::Schema(mut b)) => {
            lost = gone(&a.schema, &b.schema);
            settings = (a.project.unwrap_or(settings.0), b.project.take().unwrap_or(settings.1));
            // Why an event went, no commit's schema file says.
            catalogue.removed = workspace.load()?.catalogue.removed;
            (a.schema, std::mem::take(&mut b.schema), *b)
        }
        (Side::Version(_), Side::Schema(_)) | (Side::Schema(_), Side::Version(_)) => {
            let finding = Finding::new(&rule::USAGE, "one side is an event and the other a git ref");
            return Err(finding.help("name two of a kind: `evt compat ref:main ref:HEAD`").into());
        }
    };
    let places = Places::default().or_in(&sheet.file, &sheet.places);
    let (base, schema, catalogue, (before, project)) = (&old, &new, &catalogue, &settings);
    lost.extend(Comparison { base, schema, catalogue, places, project, before, mode, today }.findings());
    Ok(lost)
}

/// Events of which the later schema file knows nothing: those that retire stay in it.
fn gone(old: &Schema, new: &Schema) -> Vec<Finding> {
    let names = old.events.keys().filter(|name| !new.events.contains_key(*name));
    let finding = |name: &String| {
        let message = format!("`{name}` is gone from the schema file");
        Finding::new(&rule::HISTORY_VERSION_REMOVED, message)
            .event(name)
            .help("restore the entry: committed versions are never removed")
    };
    names.map(finding).collect()
}
