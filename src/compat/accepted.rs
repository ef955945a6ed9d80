//! Breaks that a version makes knowingly.

use super::breaks::{Break, Standing, breaks};
use super::places::Places;
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
pub fn proven(schema: &Schema, places: Places<'_>) -> Vec<Finding> {
    schema.events.values().flat_map(|versions| proven_since(&[], versions, places)).collect()
}

/// The same of one event, without what its versions accepted `before` and have not changed since.
#[must_use]
pub fn proven_since(before: &[Version], versions: &[Version], places: Places<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, version) in versions.iter().enumerate() {
        let same = before.get(index).filter(|before| before.fingerprint == version.fingerprint);
        let is_known = |it: &Acceptance| same.is_some_and(|same| same.metadata.accepts.contains(it));
        let new: Vec<_> = version.metadata.accepts.iter().filter(|it| !is_known(it)).collect();
        let vain = vain(new, versions, index).into_iter();
        findings.extend(vain.map(|acceptance| unproven(version, acceptance, places)));
    }
    findings
}

/// Those that a version does not break.
fn vain<'v>(mut new: Vec<&'v Acceptance>, versions: &[Version], index: usize) -> Vec<&'v Acceptance> {
    new.retain(|acceptance| !rests_on_metadata(acceptance));
    // What is broken is most often the version before.
    for first in [index.saturating_sub(1), 0] {
        if new.is_empty() {
            break;
        }
        let (before, mode) = (&versions[first..index], CompatMode::FullTransitive);
        let made = breaks(Standing { versions: before, mode }, &versions[index], mode);
        new.retain(|acceptance| !made.iter().any(|found| covers(acceptance, found)));
    }
    new
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

fn unproven(version: &Version, acceptance: &Acceptance, places: Places<'_>) -> Finding {
    let (event, number) = (&version.contract.event_name, version.number);
    let path = acceptance.path.as_ref().map_or_else(String::new, |path| format!(" at `{path}`"));
    let message =
        format!("`{event}` version {number} accepts `{}`{path}, which it does not break", acceptance.rule);
    let help = "remove it from `accepts` where it is new; what is committed stays";
    let finding = Finding::new(&rule::ACCEPTS_UNPROVEN, message).event(event).version(number).help(help);
    places.placed(finding, event, acceptance.path.as_deref())
}
