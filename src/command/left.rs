//! What a dump of Rust leaves to people: steps to write, and callers of what is gone.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::codegen::{StepLeft, steps_left};
use crate::finding::shorten;
use crate::plan::{Plan, Step, StepKind};
use crate::project::Versions;
use crate::schema::{Schema, Version};

/// All that is left, in words; nothing where nothing is. `path` is the generated file.
pub(super) fn text(schema: &Schema, plan: &Plan, versions: Versions, path: &str) -> String {
    let mut text = String::new();
    for step in plan.steps.iter().filter(|step| step.kind == StepKind::Retired) {
        write_gone(&mut text, step, path);
    }
    if !plan.steps.is_empty() && versions == Versions::All {
        let steps = plan.steps.iter().map(|step| (step.event.as_str(), step)).collect();
        for step in steps_left(schema, &|version| is_new(version, &steps)) {
            write_step(&mut text, &step);
        }
    }
    text
}

/// Whether a version was not there before.
fn is_new(version: &Version, steps: &BTreeMap<&str, &Step>) -> bool {
    let same = |known: &Version| (known.number, known.fingerprint) == (version.number, version.fingerprint);
    let step = steps.get(version.contract.event_name.as_str());
    step.is_some_and(|step| !step.before.iter().any(same))
}

fn write_step(text: &mut String, step: &StepLeft) {
    let (event, from, to) = (&step.event, step.from, step.from + 1);
    let _ =
        writeln!(text, "`{event}` version {from} cannot be read as version {to} without a step of yours:");
    for reason in &step.reasons {
        let _ = writeln!(text, "    {}", shorten(reason));
    }
    let _ = writeln!(text, "  implement `{}` for the type that you give to `read`:", step.implemented);
    let _ = writeln!(text, "    {}", step.signature);
}

fn write_gone(text: &mut String, step: &Step, path: &str) {
    let event = &step.event;
    let _ = writeln!(
        text,
        "`{event}` is retired: its helper and its `In` are gone from {path}, its `read` stays"
    );
    if let Some(successor) = step.latest().and_then(|latest| latest.renamed_to.as_ref()) {
        let _ = writeln!(text, "    where you emit `{event}`, emit `{successor}`");
    }
}
