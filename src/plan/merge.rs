//! The rules of merging, for one event.

use std::sync::Arc;

use super::{Held, Step, StepKind};
use crate::event::{Acceptance, Event, Metadata};
use crate::fingerprint::Fingerprint;
use crate::schema::Version;

/// An event that is defined.
pub(super) fn merge_defined(name: &str, before: &[Version], event: &Event, held: &Held) -> Option<Step> {
    if let Some(latest) = before.last()
        && !held.squashes()
        && is_unchanged(latest, event)
    {
        return None;
    }
    let fingerprint = match before.last() {
        Some(latest) if is_same(&latest.contract, &event.contract) => latest.fingerprint,
        _ => Fingerprint::of(&event.contract),
    };
    let kept = held.kept(name, before);
    let committed = kept.len();
    let mut after = match before.last() {
        Some(latest) if latest.fingerprint == fingerprint && !held.squashes() => before.to_vec(),
        _ => kept,
    };
    if after.last().is_some_and(|latest| latest.fingerprint == fingerprint) {
        rewrite_latest(&mut after, event, committed);
    } else {
        after.push(next_version(&after, event, fingerprint));
    }
    clear_marks(&mut after);
    step(name, before, after)
}

/// Whether a dump would write the latest version just as it is.
fn is_unchanged(latest: &Version, event: &Event) -> bool {
    !latest.retired
        && latest.renamed_to.is_none()
        && is_same(&latest.contract, &event.contract)
        && is_same(&latest.metadata, &event.metadata)
}

/// Whether two are equal; what was recognised in the schema file is the very same.
fn is_same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// The latest version with what the definition says besides the contract. `accepts` of a committed version is only
/// added to.
fn rewrite_latest(versions: &mut [Version], event: &Event, committed: usize) {
    let is_committed = versions.len() <= committed;
    let Some(latest) = versions.last_mut() else { return };
    let sealed = if is_committed {
        std::mem::take(&mut Arc::make_mut(&mut latest.metadata).accepts)
    } else {
        Vec::new()
    };
    latest.contract = Arc::clone(&event.contract);
    let accepts = union(sealed, &event.metadata.accepts);
    latest.metadata = Arc::new(Metadata { accepts, ..Metadata::clone(&event.metadata) });
}

fn union(mut sealed: Vec<Acceptance>, more: &[Acceptance]) -> Vec<Acceptance> {
    for acceptance in more {
        if !sealed.contains(acceptance) {
            sealed.push(acceptance.clone());
        }
    }
    sealed
}

fn next_version(before: &[Version], event: &Event, fingerprint: Fingerprint) -> Version {
    Version {
        number: before.last().map_or(1, |latest| latest.number + 1),
        contract: Arc::clone(&event.contract),
        fingerprint,
        previous: before.last().map(|latest| latest.fingerprint),
        metadata: Arc::clone(&event.metadata),
        renamed_to: None,
        retired: false,
    }
}

/// A live event has no mark of retirement.
fn clear_marks(versions: &mut [Version]) {
    for version in versions {
        version.retired = false;
        version.renamed_to = None;
    }
}

/// An event whose definition is gone.
pub(super) fn merge_gone(
    name: &str,
    before: &[Version],
    successor: Option<&str>,
    held: &Held,
    is_forgotten: impl Fn(&str) -> bool,
) -> Option<Step> {
    if is_forgotten(name) {
        return step(name, before, Vec::new());
    }
    let mut after = held.kept(name, before);
    if after.is_empty() {
        after.extend(before.first().cloned());
    }
    clear_marks(&mut after);
    if let Some(latest) = after.last_mut() {
        let known = before.last().and_then(|known| known.renamed_to.clone());
        latest.retired = true;
        latest.renamed_to = successor.map(str::to_owned).or_else(|| known.filter(|name| !is_forgotten(name)));
    }
    step(name, before, after)
}

fn step(name: &str, before: &[Version], after: Vec<Version>) -> Option<Step> {
    if before == after {
        return None;
    }
    let kind = kind(before, &after);
    Some(Step { event: name.to_owned(), kind, before: before.to_vec(), after })
}

fn kind(before: &[Version], after: &[Version]) -> StepKind {
    let (Some(old), Some(new)) = (before.last(), after.last()) else {
        return if after.is_empty() { StepKind::DraftForgotten } else { StepKind::Added };
    };
    let same_contract = old.fingerprint == new.fingerprint && old.number == new.number;
    match (old.retired, new.retired) {
        (false, true) => StepKind::Retired,
        (true, false) if same_contract => StepKind::Revived,
        _ if after.len() > before.len() => StepKind::NewVersion,
        _ if same_contract => StepKind::Metadata,
        _ if after.len() < before.len() && before[after.len() - 1].fingerprint == new.fingerprint => {
            StepKind::DraftDropped
        }
        _ => StepKind::DraftReplaced,
    }
}
