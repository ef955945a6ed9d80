//! Breaks that a version makes knowingly.

use super::breaks::{Break, Standing, breaks};
use crate::event::{Acceptance, CompatMode};
use crate::finding::Finding;
use crate::rule;
use crate::schema::{Schema, Version};

/// Whether a version since says that it breaks this knowingly.
pub(super) fn is_accepted(found: &Break, versions: &[Version]) -> bool {
    let since = versions
        .iter()
        .filter(|version| version.number > found.from_version || version.number == found.to_version);
    since.flat_map(|version| &version.metadata.accepts).any(|acceptance| covers(acceptance, found))
}

fn covers(acceptance: &Acceptance, found: &Break) -> bool {
    let is_there = |path: &String| found.path.as_ref() == Some(path);
    acceptance.rule == found.rule.id && acceptance.path.as_ref().is_none_or(is_there)
}

/// Accepted breaks that no version makes, but for those of metadata.
#[must_use]
pub fn proven(schema: &Schema) -> Vec<Finding> {
    let mut findings = Vec::new();
    for versions in schema.events.values() {
        for (index, version) in versions.iter().enumerate() {
            if version.metadata.accepts.is_empty() {
                continue;
            }
            let mut vain: Vec<_> =
                version.metadata.accepts.iter().filter(|it| !rests_on_metadata(it)).collect();
            // What is broken is most often the version before.
            for first in [index.saturating_sub(1), 0] {
                if vain.is_empty() {
                    break;
                }
                let (versions, mode) = (&versions[first..index], CompatMode::FullTransitive);
                let made = breaks(Standing { versions, mode }, version, mode);
                vain.retain(|acceptance| !made.iter().any(|found| covers(acceptance, found)));
            }
            findings.extend(vain.into_iter().map(|acceptance| unproven(version, acceptance)));
        }
    }
    findings
}

/// Whether the break is one of metadata, which changes without a new version: nothing in the history shows it again.
fn rests_on_metadata(acceptance: &Acceptance) -> bool {
    let rules = [
        &rule::AGGREGATE_CHANGED,
        &rule::COMPAT_WEAKENED,
        &rule::DELIVERY_CHANGED,
        &rule::EVENT_SEALED,
        &rule::FIELD_ADDED_TO_SEALED,
        &rule::FIELD_REMOVED_FROM_SEALED,
        &rule::PARTITION_KEY_CHANGED,
    ];
    rules.iter().any(|rule| rule.id == acceptance.rule)
}

fn unproven(version: &Version, acceptance: &Acceptance) -> Finding {
    let (event, number) = (&version.contract.event_name, version.number);
    let path = acceptance.path.as_ref().map_or_else(String::new, |path| format!(" at `{path}`"));
    let message =
        format!("`{event}` version {number} accepts `{}`{path}, which it does not break", acceptance.rule);
    let help = "remove it from `accepts` where it is new; what is committed stays";
    Finding::new(&rule::ACCEPTS_UNPROVEN, message).event(event).version(number).help(help)
}
