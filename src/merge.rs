//! Two schema files that went on from one ancestor become one: the core of git's merge driver.
//!
//! No version is ever lost and no side is refused, so that a merge can always be committed: what people meant is
//! told by the definitions, which the next dump writes into the latest versions.

mod alignment;
mod history;
mod version;

use crate::schema::{Schema, Version};
use alignment::agreement;
use history::Histories;

/// Two schema files that are to become one. Each of them passed the integrity check.
#[derive(Clone, Copy, Debug)]
pub struct Conflict<'a> {
    /// What both sides started from, where git knows it.
    pub ancestor: Option<&'a Schema>,
    /// The side that git calls ours: while a rebase goes on, the branch that is rebased onto.
    pub ours: &'a Schema,
    /// The other side.
    pub theirs: &'a Schema,
    /// The tip of the base branch, whose numbers others may rely on.
    pub base: Option<&'a Schema>,
}

/// What a merge comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// Both histories in one.
    pub schema: Schema,
    /// The versions that have another number than on their side, by event and old number.
    pub renumbered: Vec<Renumbered>,
}

/// A version that has another number than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumbered {
    /// The event's name.
    pub event: String,
    /// The side that the version comes from.
    pub side: Side,
    /// Its number on that side.
    pub from: u32,
    /// The number under which the merge holds its contract.
    pub to: u32,
}

/// A side of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The side that git calls ours.
    Ours,
    /// The other one.
    Theirs,
}

/// Merges two schema files; an event or a version that one of them holds is never removed.
#[must_use]
pub fn merge(conflict: &Conflict<'_>) -> Merged {
    let mut merged = Merged { schema: conflict.ours.clone(), renumbered: Vec::new() };
    for (event, theirs) in &conflict.theirs.events {
        let versions = match conflict.ours.events.get(event) {
            None => theirs.clone(),
            Some(ours) if ours == theirs => continue,
            Some(ours) => merge_event(conflict, event, ours, theirs, &mut merged.renumbered),
        };
        merged.schema.events.insert(event.clone(), versions);
    }
    merged
}

fn merge_event(
    conflict: &Conflict<'_>,
    event: &str,
    ours: &[Version],
    theirs: &[Version],
    renumbered: &mut Vec<Renumbered>,
) -> Vec<Version> {
    let base = versions_of(conflict.base, event);
    let ancestor = versions_of(conflict.ancestor, event);
    // A side that went on from the base, or that the base went on from, agrees with all that both hold; a side that
    // branched off before agrees with less.
    let theirs_is_base = agreement(theirs, base) > agreement(ours, base);
    let (first, second, side) =
        if theirs_is_base { (theirs, ours, Side::Ours) } else { (ours, theirs, Side::Theirs) };
    let joined = Histories { ancestor, first, second }.join();
    for (version, to) in second.iter().zip(joined.numbers) {
        if version.number != to {
            renumbered.push(Renumbered { event: event.to_owned(), side, from: version.number, to });
        }
    }
    joined.versions
}

fn versions_of<'a>(schema: Option<&'a Schema>, event: &str) -> &'a [Version] {
    schema.and_then(|schema| schema.events.get(event)).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
