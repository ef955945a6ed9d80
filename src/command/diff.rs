use serde_json::json;

use super::held::Against;
use super::sides::{Side, Sides};
use super::workspace::{Workspace, sound};
use super::{Ended, steps};
use crate::cli::DiffArguments;
use crate::diff::{describe, line_text, unified};
use crate::finding::Finding;
use crate::output::Format;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Schema, Version};
use crate::visible::visible;

/// `evt diff`.
pub(super) fn run(arguments: &DiffArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let Some(a) = &arguments.a else { return definitions(&workspace, None) };
    if arguments.b.is_none() && is_event(a, &workspace)? {
        return definitions(&workspace, Some(a));
    }
    let mut sides = Sides::of(&workspace);
    let a = sides.named(a)?;
    let b = match (&arguments.b, &a) {
        (Some(b), _) => sides.named(b)?,
        (None, Side::Version(version)) => {
            let schema = sides.sheet?.schema;
            let latest = schema.latest(&version.contract.event_name).unwrap_or(version);
            Side::Version(Box::new(latest.clone()))
        }
        (None, Side::Schema(_)) => Side::Schema(Box::new(sides.sheet?)),
    };
    if a.is_same(&b) {
        edge.output.note("nothing changed");
    }
    match (a, b) {
        (Side::Version(a), Side::Version(b)) => print_pair(edge, Some(&a), Some(&b)),
        (Side::Schema(a), Side::Schema(b)) => schemas(edge, &a.schema, &b.schema),
        (Side::Version(_), Side::Schema(_)) | (Side::Schema(_), Side::Version(_)) => {
            let finding = Finding::new(&rule::USAGE, "one side is an event and the other a git ref");
            return Err(finding.help("name two of a kind: `evt diff ref:main ref:HEAD`").into());
        }
    }
    Ok(Exit::Fine)
}

/// Whether a name is that of an event, defined or in the schema file.
fn is_event(name: &str, workspace: &Workspace<'_>) -> Result<bool, Failure> {
    if name.contains(['@', ':', '/']) {
        return Ok(false);
    }
    let (file, read) = workspace.schema_file()?;
    let is_held = file.is_some() && sound(read)?.schema.events.contains_key(name);
    Ok(is_held || workspace.definitions().0.events.contains_key(name))
}

/// The definitions, or that of one event, against the schema file.
fn definitions(workspace: &Workspace<'_>, event: Option<&str>) -> Ended {
    let output = &workspace.edge.output;
    let mut loaded = workspace.load()?;
    if loaded.findings.iter().any(Finding::is_error) {
        output.findings(&loaded.findings);
        return Ok(Exit::Found);
    }
    loaded.read = sound(loaded.read)?;
    if loaded.file.is_none() {
        let missing = workspace.missing_schema()?;
        if missing.is_lost || event.is_some() {
            return Err(missing.finding.into());
        }
    }
    let mut plan = workspace.plan(&loaded, Against::Base(None))?;
    plan.steps.retain(|step| event.is_none_or(|event| step.event == event));
    match output.format {
        Format::Json => output.result(&steps::rows(&plan)),
        Format::Text => {
            output.result(&steps::overview(&plan));
            if !plan.steps.is_empty() {
                output.result("\n");
            }
            output.result(&output.paint_diff(&steps::diffs(&plan)));
        }
    }
    if plan.steps.is_empty() {
        output.note("nothing changed");
    }
    Ok(Exit::Fine)
}

/// Two schema files, event by event.
fn schemas(edge: &Edge, a: &Schema, b: &Schema) {
    let names: std::collections::BTreeSet<&String> = a.events.keys().chain(b.events.keys()).collect();
    for name in names {
        let versions = |schema: &Schema| schema.events.get(name).map_or(0, Vec::len);
        let numbers = 0..versions(a).max(versions(b));
        for index in numbers {
            let at =
                |schema: &Schema| schema.events.get(name).and_then(|versions| versions.get(index)).cloned();
            let (old, new) = (at(a), at(b));
            if old == new {
                continue;
            }
            let before = old
                .or_else(|| index.checked_sub(1).and_then(|index| b.events.get(name)?.get(index).cloned()));
            print_pair(edge, before.as_ref(), new.as_ref());
        }
    }
}

fn print_pair(edge: &Edge, old: Option<&Version>, new: Option<&Version>) {
    let label = |version: Option<&Version>| {
        version.map_or("nothing".to_owned(), |version| {
            format!("{}@{}", version.contract.event_name, version.number)
        })
    };
    let changes: Vec<String> = match (old, new) {
        (Some(old), Some(new)) => describe(old, new).iter().map(line_text).collect(),
        _ => Vec::new(),
    };
    let diff = unified(old, new);
    match edge.output.format {
        Format::Json => {
            let row = json!({
                "event_name": new.or(old).map(|version| &version.contract.event_name),
                "from_version": old.map(|version| version.number),
                "to_version": new.map(|version| version.number),
                "changes": changes,
                "diff": diff,
            });
            edge.output.result(&format!("{row}\n"));
        }
        Format::Text => {
            edge.output.result(&format!("{} → {}\n", visible(&label(old)), visible(&label(new))));
            for change in changes {
                edge.output.result(&format!("    {}\n", visible(&change)));
            }
            edge.output.result(&edge.output.paint_diff(&diff));
        }
    }
}
