//! Which versions of two histories are the same version.

use crate::schema::Version;

/// A second side whose versions follow after those of a first side, which keeps its numbers.
///
/// A contract that both sides added is one version, wherever it stands; each version is found once, so that a side
/// that went back to an older contract does so after the merge too. A second side that is already in the first one
/// adds nothing, so that commits replayed one by one, as in a rebase, come to what all of them merged at once do.
pub(super) struct Alignment<'a> {
    /// All versions: those of the first side, then those that only the second side has.
    pub(super) versions: Vec<&'a Version>,
    /// For each version of the second side, the index of its contract among them.
    pub(super) places: Vec<usize>,
    /// The indices of what the first side added, and the second side has not been found to have added as well.
    pub(super) unmatched: Vec<usize>,
}

impl<'a> Alignment<'a> {
    /// Aligns all versions of the second side.
    pub(super) fn new(first: &'a [Version], second: &'a [Version]) -> Self {
        let shared = agreement(first, second);
        let mut alignment = Self {
            versions: first.iter().collect(),
            places: (0..shared).collect(),
            unmatched: (shared..first.len()).collect(),
        };
        for version in &second[shared..] {
            let place = alignment.place(version);
            alignment.places.push(place);
        }
        alignment
    }

    fn place(&mut self, version: &'a Version) -> usize {
        if let Some(place) = self.stayed(version) {
            return place;
        }
        if let Some(at) = self.unmatched.iter().position(|&place| self.has(place, version)) {
            return self.unmatched.remove(at);
        }
        self.versions.push(version);
        self.versions.len() - 1
    }

    /// Where the second side is still: it only went to a version that the merge holds further up, and back.
    fn stayed(&self, version: &Version) -> Option<usize> {
        let furthest = self.places.iter().copied().max()?;
        let is_elsewhere = self.places.last() != Some(&furthest);
        (is_elsewhere && self.has(furthest, version)).then_some(furthest)
    }

    fn has(&self, place: usize, version: &Version) -> bool {
        self.versions[place].fingerprint == version.fingerprint
    }
}

/// How many versions two histories agree on, counted from the first.
pub(super) fn agreement(one: &[Version], other: &[Version]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one.fingerprint == other.fingerprint).count()
}
