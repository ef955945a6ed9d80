//! The plan of a dump, told as findings: what is committed is not what a dump would write.

use std::sync::Arc;

use super::{Plan, Step, StepKind};
use crate::check::Catalogue;
use crate::diff::{describe_step, line_text};
use crate::finding::Finding;
use crate::rule::{self, Rule};
use crate::schema::EntryPlaces;
use crate::source::{SourceFile, Span};

const DUMP: &str = "run `evt dump` and commit what it writes";

/// One finding for each step of the plan.
#[must_use]
pub fn drift(
    plan: &Plan,
    catalogue: &Catalogue,
    file: &Arc<SourceFile>,
    places: &EntryPlaces,
) -> Vec<Finding> {
    plan.steps.iter().map(|step| drift_of(step, catalogue, file, places)).collect()
}

/// The schema file has the right content in another layout.
#[must_use]
pub fn layout_drift(file: &Arc<SourceFile>, dumped: &str) -> Finding {
    let same = file.text.bytes().zip(dumped.bytes()).take_while(|(a, b)| a == b).count();
    let same = same.min(file.text.trim_end().len().saturating_sub(1));
    if file.has_byte_order_mark && file.text == dumped {
        let message = "the schema file begins with a byte order mark, `evt dump` writes none";
        let finding = Finding::new(&rule::DRIFT_LAYOUT, message).at(file, Span::new(0, 1));
        return finding.label("it stands before this").help(DUMP);
    }
    let (message, help) = if file.text.contains("\r\n") {
        ("the schema file has line breaks of Windows, `evt dump` writes `\\n`", line_breaks_help(&file.path))
    } else {
        ("the schema file is not laid out as `evt dump` writes it", DUMP.to_owned())
    };
    let rest = |text: &str| {
        let rest = &text[text.floor_char_boundary(same)..];
        crate::finding::shorten(rest.lines().next().unwrap_or_default())
    };
    let (found, expected) = (rest(&file.text), rest(dumped));
    let finding = Finding::new(&rule::DRIFT_LAYOUT, message)
        .at(file, Span::new(same, same + 1))
        .label("the first difference")
        .help(help);
    if found == expected || found.trim().is_empty() || expected.is_empty() {
        return finding;
    }
    finding.why(format!("found `{found}`, expected `{expected}`"))
}

/// Where git changes line breaks on every checkout, a dump alone would not last.
fn line_breaks_help(path: &str) -> String {
    format!(
        "1. `{path} text eol=lf` is a line of .gitattributes: `evt init` adds it\n\
         2. `git add --renormalize {path}`\n\
         3. `evt dump`, and commit both"
    )
}

/// There is no schema file.
#[must_use]
pub fn missing_drift(path: &str) -> Finding {
    Finding::new(&rule::DRIFT_SCHEMA_MISSING, format!("there is no schema file `{path}`")).help(DUMP)
}

/// The schema file is not there, although it is committed; `restoring` is the command that brings it back.
#[must_use]
pub fn deleted(path: &str, restoring: &str) -> Finding {
    let message = format!("the schema file `{path}` is gone, but HEAD holds it");
    Finding::new(&rule::DRIFT_SCHEMA_MISSING, message)
        .why("without it `evt dump` would begin every history anew, at version 1")
        .help(format!("bring it back: {restoring}; to start over on purpose, commit the deletion first"))
}

fn drift_of(step: &Step, catalogue: &Catalogue, file: &Arc<SourceFile>, places: &EntryPlaces) -> Finding {
    let (rule, message, label) = sentence(step);
    let (from, to) = (step.before.last().map(|old| old.number), step.after.last().map(|new| new.number));
    let mut finding = Finding::new(rule, message).event(&step.event).versions(from, to).help(DUMP);
    let changes: Vec<String> = describe_step(step).iter().map(line_text).collect();
    if !changes.is_empty() && step.kind != StepKind::Added {
        finding = finding.why(changes.join("\n"));
    }
    match catalogue.events.get(&step.event) {
        Some(defined) => finding.located(defined.location.clone()).label(label),
        None => match from.and_then(|number| places.of(&step.event, number)) {
            Some(span) => {
                let line = file.slice(span).lines().nth(1).map_or(0, str::len);
                let start = span.start() + file.slice(span).find('"').unwrap_or_default();
                let end = (start + line.saturating_sub(6)).max(start + 1);
                finding.at(file, Span::new(start, end)).label(label)
            }
            None => finding,
        },
    }
}

fn sentence(step: &Step) -> (&'static Rule, String, &'static str) {
    let event = &step.event;
    let number = step.after.last().map_or(0, |version| version.number);
    match step.kind {
        StepKind::Added => (
            &rule::DRIFT_EVENT_ADDED,
            format!("the event `{event}` is not in the schema file"),
            "would become version 1",
        ),
        StepKind::NewVersion => (
            &rule::DRIFT_EVENT_CHANGED,
            format!("the contract of `{event}` changed: it would become version {number}"),
            "changed",
        ),
        StepKind::DraftReplaced => (
            &rule::DRIFT_EVENT_CHANGED,
            format!("the contract of `{event}` changed: its draft version {number} would be replaced"),
            "changed",
        ),
        StepKind::DraftDropped => (
            &rule::DRIFT_EVENT_CHANGED,
            format!(
                "the contract of `{event}` is that of version {number} again: its draft would be dropped"
            ),
            "changed back",
        ),
        StepKind::Metadata => {
            (&rule::DRIFT_METADATA, format!("the metadata of `{event}` version {number} changed"), "changed")
        }
        StepKind::Revived => (
            &rule::DRIFT_METADATA,
            format!("the event `{event}` is defined, but marked as retired in the schema file"),
            "defined here",
        ),
        StepKind::Retired => (
            &rule::DRIFT_EVENT_RETIRED,
            format!("the event `{event}` is in the schema file, but nothing defines it: it would be retired"),
            "defined nowhere",
        ),
        StepKind::DraftForgotten => (
            &rule::DRIFT_EVENT_RETIRED,
            format!("the draft of the event `{event}` is in the schema file, but nothing defines it"),
            "defined nowhere",
        ),
    }
}
