//! A plan as people read it.

use std::fmt::Write as _;

use serde_json::json;

use crate::diff::{describe_step, line_text, unified};
use crate::output::ReportStep;
use crate::plan::{Plan, Step, StepKind};
use crate::visible::visible;

/// One line a step, with what changes below it.
pub(super) fn overview(plan: &Plan) -> String {
    let mut out = String::new();
    for step in &plan.steps {
        let _ = writeln!(out, "{}", visible(&headline(step)));
        if step.kind != StepKind::Added {
            for line in describe_step(step) {
                let _ = writeln!(out, "    {}", visible(&line_text(&line)));
            }
        }
    }
    out
}

/// The unified diffs of all steps.
pub(super) fn diffs(plan: &Plan) -> String {
    let mut out = String::new();
    for step in &plan.steps {
        out.push_str(&step_diff(step));
    }
    out
}

fn step_diff(step: &Step) -> String {
    unified(step.compared(), step.latest())
}

/// The steps as one JSON object a line.
pub(super) fn rows(plan: &Plan) -> String {
    let mut out = String::new();
    for step in &plan.steps {
        let changes: Vec<String> = describe_step(step).iter().map(line_text).collect();
        let row = json!({
            "event_name": step.event,
            "kind": kind(step.kind),
            "from_version": step.compared().map(|version| version.number),
            "to_version": step.latest().map(|version| version.number),
            "changes": changes,
            "diff": step_diff(step),
        });
        let _ = writeln!(out, "{row}");
    }
    out
}

/// The steps as a report tells them.
pub(super) fn changes(plan: &Plan) -> Vec<ReportStep> {
    let change = |step: &Step| ReportStep {
        event: step.event.clone(),
        change: kind(step.kind),
        from_version: step.compared().map(|version| version.number),
        to_version: step.latest().map(|version| version.number),
    };
    plan.steps.iter().map(change).collect()
}

fn kind(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Added => "added",
        StepKind::NewVersion => "new version",
        StepKind::DraftReplaced => "draft replaced",
        StepKind::DraftDropped => "draft dropped",
        StepKind::DraftForgotten => "draft forgotten",
        StepKind::Metadata => "metadata",
        StepKind::Retired => "retired",
        StepKind::Revived => "revived",
    }
}

fn headline(step: &Step) -> String {
    let number = step.latest().map_or(0, |version| version.number);
    let before = step.before.last().map_or(0, |version| version.number);
    let event = &step.event;
    match step.kind {
        StepKind::Added => format!("+ {event}@{number}  new event"),
        StepKind::NewVersion => format!("~ {event}@{number}  new version"),
        StepKind::DraftReplaced => format!("~ {event}@{number}  draft replaced"),
        StepKind::DraftDropped => format!("~ {event}@{number}  draft {event}@{before} dropped"),
        StepKind::DraftForgotten => format!("- {event}  draft forgotten"),
        StepKind::Metadata => format!("~ {event}@{number}  metadata"),
        StepKind::Retired => format!("- {event}@{number}  retired"),
        StepKind::Revived => format!("+ {event}@{number}  no longer retired"),
    }
}
