//! What an import adds to a project.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::definition::{definition_text, subjects_text};
use super::event_engine::Import;
use crate::check::{Catalogue, check};
use crate::definition::is_snake_case;
use crate::finding::Finding;
use crate::plan::{Held, StepKind, plan};
use crate::rule;
use crate::schema::Schema;
use crate::source::SourceFile;

/// What is to be written.
#[derive(Debug, Default)]
pub struct Draft {
    /// The history of what is imported, as a dump leaves it.
    pub schema: Schema,
    /// The definitions.
    pub files: Vec<NewFile>,
    /// Those, and the ones that are there already, checked.
    pub catalogue: Catalogue,
    /// Events that are not defined, and why; with an error nothing is to be written.
    pub findings: Vec<Finding>,
}

/// A definition file to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path relative to the project.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// What an event's definition was refused for.
type Refused = BTreeMap<String, Finding>;

/// Drafts what is added to a project whose definitions are `existing`. `path_of` names the file of an event, and of the
/// subjects.
#[must_use]
pub fn draft(
    import: &Import,
    file: &Arc<SourceFile>,
    existing: &[Arc<SourceFile>],
    path_of: &dyn Fn(Option<&str>) -> String,
) -> Draft {
    let known = check(existing.to_vec(), Vec::new()).0;
    let mut refused = Refused::new();
    loop {
        let files = files(import, &known, &refused, path_of);
        let new = files.values().map(|file| Arc::new(SourceFile::new(&file.path, file.text.clone())));
        let (catalogue, findings) = check(existing.iter().cloned().chain(new).collect(), Vec::new());
        let mut errors = findings.into_iter().filter(Finding::is_error).peekable();
        if errors.peek().is_none() {
            let schema = dumped(import, &catalogue, &mut refused);
            let Some(schema) = schema else { continue };
            let findings =
                refused.iter().map(|(event, reason)| not_defined(import, file, event, reason)).collect();
            return Draft { schema, files: files.into_values().collect(), catalogue, findings };
        }
        let before = refused.len();
        let by_path: BTreeMap<&str, &String> =
            files.iter().map(|(event, file)| (file.path.as_str(), event)).collect();
        let mut others = Vec::new();
        for error in errors {
            match event_of(&error, &by_path) {
                Some(event) => _ = refused.entry(event).or_insert(error),
                None => others.push(error),
            }
        }
        if refused.len() == before {
            return Draft { findings: others, ..Draft::default() };
        }
    }
}

/// The files of all events that were not refused, and of their subjects under an empty name.
fn files(
    import: &Import,
    known: &Catalogue,
    refused: &Refused,
    path_of: &dyn Fn(Option<&str>) -> String,
) -> BTreeMap<String, NewFile> {
    let mut files = BTreeMap::new();
    let mut subjects = BTreeSet::new();
    for (event, versions) in &import.schema.events {
        let Some(latest) = versions.last().filter(|_| !refused.contains_key(event)) else { continue };
        subjects.extend(latest.metadata.subject.as_deref());
        files.insert(event.clone(), NewFile { path: path_of(Some(event)), text: definition_text(latest) });
    }
    subjects.retain(|subject| is_snake_case(subject) && !known.subjects.contains_key(*subject));
    if !subjects.is_empty() {
        files.insert(String::new(), NewFile { path: path_of(None), text: subjects_text(subjects) });
    }
    files
}

/// The imported event in whose file a finding is.
fn event_of(finding: &Finding, by_path: &BTreeMap<&str, &String>) -> Option<String> {
    let event = *by_path.get(finding.location.as_ref()?.file.path.as_str())?;
    (!event.is_empty()).then(|| event.clone())
}

/// The history after a dump; `None` where a definition would say something else than it, and is refused now.
fn dumped(import: &Import, catalogue: &Catalogue, refused: &mut Refused) -> Option<Schema> {
    let mut own = Catalogue::default();
    for event in import.schema.events.keys() {
        if let Some(defined) = catalogue.events.get(event).filter(|_| !refused.contains_key(event)) {
            own.events.insert(event.clone(), defined.clone());
        }
    }
    let planned = plan(&import.schema, &own, &Held::Everything);
    let is_kept = |kind: StepKind| matches!(kind, StepKind::Metadata | StepKind::Retired);
    let before = refused.len();
    for step in planned.steps.iter().filter(|step| !is_kept(step.kind)) {
        let reason = Finding::new(&rule::IMPORT_NOT_DEFINED, "it would be another contract");
        refused.insert(step.event.clone(), reason);
    }
    (refused.len() == before).then(|| planned.apply(import.schema.clone()))
}

fn not_defined(import: &Import, file: &Arc<SourceFile>, event: &str, reason: &Finding) -> Finding {
    let shown = crate::finding::shorten(event);
    let message = format!("`{shown}` got no definition: {} ({})", reason.message, reason.rule.id);
    let help = "its history is kept as that of an event that is gone, so that its rows stay readable; define by hand what \
         goes on from it";
    import.placed(Finding::new(&rule::IMPORT_NOT_DEFINED, message), file, event).help(help)
}
