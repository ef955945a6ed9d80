//! What is said about one version, or about an event, on two sides: a three-way merge.

use std::sync::Arc;

use crate::event::{Acceptance, Metadata};
use crate::schema::Version;

/// What became of an event whose definition is gone. It stands on the latest version.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Mark {
    retired: bool,
    renamed_to: Option<String>,
}

impl Mark {
    /// The mark of an event; that of a live one where there is no version.
    pub(super) fn of(versions: &[Version]) -> Self {
        versions.last().map_or_else(Self::default, |latest| Self {
            retired: latest.retired,
            renamed_to: latest.renamed_to.clone(),
        })
    }

    /// Whether the event is still defined.
    pub(super) fn is_live(&self) -> bool {
        *self == Self::default()
    }

    /// Marks a version.
    pub(super) fn put_on(&self, version: &mut Version) {
        version.retired = self.retired;
        version.renamed_to.clone_from(&self.renamed_to);
    }
}

/// The mark that one side changed, else that of the first side.
pub(super) fn merge_marks(ancestor: &Mark, first: &Mark, second: &Mark) -> Mark {
    changed(Some(ancestor), first, second).clone()
}

/// One version from two with the same contract: what one side says anew, else what the first side says, and what
/// either of them accepts.
pub(super) fn merge_version(ancestor: Option<&Version>, first: &Version, second: &Version) -> Version {
    let said = |version: &Version| Metadata { accepts: Vec::new(), ..Metadata::clone(&version.metadata) };
    let metadata = changed(ancestor.map(said).as_ref(), &said(first), &said(second)).clone();
    let accepts = union(&first.metadata.accepts, &second.metadata.accepts);
    // Equal contracts may differ in what is said for people: the order of fields, their descriptions.
    let contract = changed(ancestor.map(|old| &old.contract), &first.contract, &second.contract).clone();
    Version { contract, metadata: Arc::new(Metadata { accepts, ..metadata }), ..first.clone() }
}

/// The side that is not as the ancestor; the first one if both are not.
fn changed<'a, T: PartialEq>(ancestor: Option<&T>, first: &'a T, second: &'a T) -> &'a T {
    if ancestor == Some(first) { second } else { first }
}

fn union(first: &[Acceptance], second: &[Acceptance]) -> Vec<Acceptance> {
    let more = second.iter().filter(|acceptance| !first.contains(acceptance));
    first.iter().chain(more).cloned().collect()
}
