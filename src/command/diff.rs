use serde_json::json;

use super::base::{commit_of, schema_at};
use super::held::Against;
use super::workspace::{Workspace, sound};
use super::{Ended, steps};
use crate::cli::DiffArguments;
use crate::diff::{describe, line_text, unified};
use crate::finding::Finding;
use crate::git::Repository;
use crate::output::Format;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Schema, Version};
use crate::suggest;

/// One side of a comparison.
enum Side {
    Version(Box<Version>),
    Schema(Box<Schema>),
}

impl Side {
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Version(a), Self::Version(b)) => a == b,
            (Self::Schema(a), Self::Schema(b)) => a.events == b.events,
            (Self::Version(_), Self::Schema(_)) | (Self::Schema(_), Self::Version(_)) => false,
        }
    }
}

/// `evt diff`.
pub(super) fn run(arguments: &DiffArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let Some(a) = &arguments.a else { return definitions(&workspace, None) };
    if arguments.b.is_none() && is_event(a, &workspace)? {
        return definitions(&workspace, Some(a));
    }
    let mut sides = Sides { workspace: &workspace, schema: workspace.schema() };
    let a = sides.named(a)?;
    let b = match (&arguments.b, &a) {
        (Some(b), _) => sides.named(b)?,
        (None, Side::Version(version)) => {
            let schema = sides.schema?;
            let latest = schema.latest(&version.contract.event_name).unwrap_or(version);
            Side::Version(Box::new(latest.clone()))
        }
        (None, Side::Schema(_)) => Side::Schema(Box::new(sides.schema?)),
    };
    if a.is_same(&b) {
        edge.output.note("nothing changed");
    }
    match (a, b) {
        (Side::Version(a), Side::Version(b)) => print_pair(edge, Some(&a), Some(&b)),
        (Side::Schema(a), Side::Schema(b)) => schemas(edge, &a, &b),
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
    if event.is_some() && loaded.file.is_none() {
        return Err(workspace.missing_schema()?.finding.into());
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
            edge.output.result(&format!("{} → {}\n", label(old), label(new)));
            for change in changes {
                edge.output.result(&format!("    {change}\n"));
            }
            edge.output.result(&edge.output.paint_diff(&diff));
        }
    }
}

/// Where sides are looked for. Two git refs need no schema file in the work tree.
struct Sides<'w, 'e> {
    workspace: &'w Workspace<'e>,
    schema: Result<Schema, Failure>,
}

impl Sides<'_, '_> {
    /// An event of the schema file, or a git ref.
    fn named(&mut self, name: &str) -> Result<Side, Failure> {
        if let Some(reference) = name.strip_prefix("ref:") {
            return at_ref(reference, self.workspace);
        }
        let event = name.split_once('@').map_or(name, |(event, _)| event);
        let is_event = self.schema.as_ref().is_ok_and(|schema| schema.events.contains_key(event));
        if !is_event && self.is_ref(name)? {
            return at_ref(name, self.workspace);
        }
        let schema = match &mut self.schema {
            Ok(schema) => schema,
            Err(failure) => {
                return Err(Failure { findings: std::mem::take(&mut failure.findings), exit: failure.exit });
            }
        };
        find_version(name, schema).map(|version| Side::Version(Box::new(version.clone())))
    }

    fn is_ref(&self, name: &str) -> Result<bool, Failure> {
        let repository = Repository::discover(&self.workspace.root)?;
        Ok(repository.is_some_and(|git| matches!(git.commit(name), Ok(Some(_)))))
    }
}

fn at_ref(reference: &str, workspace: &Workspace<'_>) -> Result<Side, Failure> {
    let repository = Repository::discover(&workspace.root)?.ok_or_else(|| {
        Finding::new(&rule::GIT, format!("there is no git repository that could hold `{reference}`"))
    })?;
    let commit = commit_of(&repository, reference)?;
    let schema = schema_at(workspace, &repository, &commit)?;
    let missing =
        || Finding::new(&rule::NOT_FOUND, format!("`{reference}` holds no schema file of this project"));
    Ok(Side::Schema(Box::new(schema.ok_or_else(missing)?)))
}

/// `EVENT` or `EVENT@N`.
pub(super) fn find_version<'s>(name: &str, schema: &'s Schema) -> Result<&'s Version, Failure> {
    let (event, number) = name.split_once('@').map_or((name, None), |(event, number)| (event, Some(number)));
    find_numbered(event, number, schema)
}

/// A version of an event: its latest one, or the one whose number a person wrote.
pub(super) fn find_numbered<'s>(
    event: &str,
    number: Option<&str>,
    schema: &'s Schema,
) -> Result<&'s Version, Failure> {
    let Some(versions) = schema.events.get(event) else {
        let finding = Finding::new(&rule::NOT_FOUND, format!("the schema file holds no event `{event}`"));
        let near = suggest::nearest(event, schema.events.keys().map(String::as_str));
        return Err(finding.suggest(near).into());
    };
    let found = match number {
        None => versions.last(),
        Some(number) => number.parse().ok().and_then(|number| schema.version(event, number)),
    };
    found.ok_or_else(|| {
        let finding = Finding::new(
            &rule::NOT_FOUND,
            format!("`{event}` has no version `{}`", number.unwrap_or_default()),
        );
        finding.help(format!("its versions are 1 to {}", versions.len())).into()
    })
}
