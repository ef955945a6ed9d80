//! The history of one event that two sides went on with.

use super::alignment::Alignment;
use super::version::{Mark, merge_marks, merge_version};
use crate::schema::Version;

/// The versions of one event.
pub(super) struct Histories<'a> {
    /// What both sides started from; empty where that is not known.
    pub(super) ancestor: &'a [Version],
    /// The side whose versions keep their numbers.
    pub(super) first: &'a [Version],
    /// The side whose versions follow after them.
    pub(super) second: &'a [Version],
}

/// Two histories in one.
pub(super) struct Joined {
    /// Its versions.
    pub(super) versions: Vec<Version>,
    /// For each version of the second side, the number under which its contract stands now.
    pub(super) numbers: Vec<u32>,
}

impl Histories<'_> {
    /// The first side's versions, then those that only the second side has.
    pub(super) fn join(&self) -> Joined {
        let Alignment { versions, places, unmatched } = Alignment::new(self.first, self.second);
        let mut versions: Vec<Version> = versions.into_iter().cloned().collect();
        for (&place, version) in places.iter().zip(self.second) {
            versions[place] =
                merge_version(self.ancestor_of(&versions[place], version), &versions[place], version);
        }
        let mark = self.mark(unmatched.len(), versions.len() - self.first.len());
        mark_latest(&mut versions, &mark);
        chain(&mut versions);
        let numbers = places.into_iter().map(|place| versions[place].number).collect();
        Joined { versions, numbers }
    }

    /// The version that both of these were. In a rebase the ancestor is the start of the second side alone, whose
    /// commits come one after the other.
    fn ancestor_of(&self, first: &Version, second: &Version) -> Option<&Version> {
        let find = |side: &Version| {
            self.ancestor.iter().find(|old| old.number == side.number && old.fingerprint == side.fingerprint)
        };
        find(second).or_else(|| find(first))
    }

    /// What became of the event, if each side has so many versions that the other one lacks. An event that one side
    /// retired goes on where the other side changed it: the next dump knows whether it is defined.
    fn mark(&self, only_first: usize, only_second: usize) -> Mark {
        let (first, second) = (Mark::of(self.first), Mark::of(self.second));
        if (only_first > 0 && first.is_live()) || (only_second > 0 && second.is_live()) {
            return Mark::default();
        }
        merge_marks(&Mark::of(self.ancestor), &first, &second)
    }
}

/// Leaves a mark on the latest version alone.
fn mark_latest(versions: &mut [Version], mark: &Mark) {
    for version in &mut *versions {
        Mark::default().put_on(version);
    }
    if let Some(latest) = versions.last_mut() {
        mark.put_on(latest);
    }
}

/// Numbers versions from 1, and chains each to the one before.
fn chain(versions: &mut [Version]) {
    let mut previous = None;
    for (number, version) in (1..).zip(versions) {
        version.number = number;
        version.previous = previous.replace(version.fingerprint);
    }
}
