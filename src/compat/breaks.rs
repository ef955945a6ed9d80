use std::collections::BTreeSet;

use serde_json::Value;

use super::meaning::{self, Change};
use super::mode::{Direction, Promise};
use super::naming::{rule_of, sentence};
use super::obstacle::ObstacleKind;
use super::path::Path;
use super::read::can_read;
use crate::event::{CompatMode, UnknownFields};
use crate::rule::{Rule, Severity};
use crate::schema::Version;

/// One thing that a version breaks.
#[derive(Clone, Debug)]
pub struct Break {
    /// The rule, one of two versions.
    pub rule: &'static Rule,
    /// How bad it is under the mode.
    pub severity: Severity,
    /// The earlier version.
    pub from_version: u32,
    /// The later one.
    pub to_version: u32,
    /// The place in the payload, if it is one place.
    pub path: Option<String>,
    /// What is wrong, in words that name the versions.
    pub message: String,
    /// A payload that one side writes and the other refuses, if there is one, and which side does which.
    pub witness: Option<Witness>,
}

/// A payload that shows a break.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The payload.
    pub payload: Value,
    /// Which side writes it, and which one refuses it.
    pub words: String,
}

/// The versions of one event before a change.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'v> {
    /// All of them, the latest last.
    pub versions: &'v [Version],
    /// The mode that counted for them.
    pub mode: CompatMode,
}

/// All that `new` breaks of what stood, under a mode.
#[must_use]
pub fn breaks(old: Standing<'_>, new: &Version, mode: CompatMode) -> Vec<Break> {
    let promise = Promise::from(mode);
    let Some(latest) = old.versions.last() else { return Vec::new() };
    let mut look = Look { new, promise, found: Vec::new(), told: BTreeSet::new() };
    look.changes(latest, meaning::of_event(latest, new, (old.mode, mode)));
    let count = if promise.transitive { old.versions.len() } else { 1 };
    for earlier in old.versions.iter().rev().take(count) {
        look.versions(earlier);
    }
    if latest.metadata.unknown_fields != new.metadata.unknown_fields {
        for earlier in old.versions.iter().rev() {
            look.sealed(earlier);
        }
    }
    look.changes(latest, meaning::reused(old.versions, new));
    look.found
}

/// All that `reader` cannot read of what `writer` may have written, whatever was promised.
#[must_use]
pub fn unreadable(writer: &Version, reader: &Version) -> Vec<Break> {
    let promise = Promise::from(CompatMode::Backward);
    let mut look = Look { new: reader, promise, found: Vec::new(), told: BTreeSet::new() };
    look.read(writer, Direction::Backward, |_| true);
    look.found
}

struct Look<'v> {
    new: &'v Version,
    promise: Promise,
    found: Vec<Break>,
    /// What was told of a later version already.
    told: BTreeSet<(&'static str, String)>,
}

impl Look<'_> {
    fn versions(&mut self, old: &Version) {
        let is_same = old.fingerprint == self.new.fingerprint
            && old.metadata.unknown_fields == self.new.metadata.unknown_fields;
        if is_same {
            return;
        }
        for direction in self.promise.directions() {
            self.read(old, direction, |_| true);
        }
        self.changes(old, meaning::of_fields(old, self.new));
    }

    /// What an event refuses since it is sealed, whatever version it stood in.
    fn sealed(&mut self, old: &Version) {
        if self.promise.backward && self.new.metadata.unknown_fields == UnknownFields::Reject {
            self.read(old, Direction::Backward, |kind| *kind == ObstacleKind::Unknown);
        }
    }

    fn read(&mut self, old: &Version, direction: Direction, is_wanted: impl Fn(&ObstacleKind) -> bool) {
        let (reader, writer) = match direction {
            Direction::Backward => (self.new, old),
            Direction::Forward => (old, self.new),
        };
        let (reads, writes) = (self.called(reader, old), self.called(writer, old));
        for obstacle in can_read(reader, writer).into_iter().filter(|found| is_wanted(&found.kind)) {
            let words = format!("{writes} may write this, {reads} refuses it");
            let witness = obstacle.witness.clone().map(|payload| Witness { payload, words });
            let rule = rule_of(&obstacle.kind, direction, old);
            let message = sentence(&obstacle, &reads, &writes);
            self.add(rule, Severity::Error, old, Some(&obstacle.path), message, witness);
        }
    }

    /// What a version is called beside another one: one number may have had other metadata before.
    fn called(&self, version: &Version, old: &Version) -> String {
        let number = version.number;
        match (old.number == self.new.number, std::ptr::eq(version, old)) {
            (false, _) => format!("version {number}"),
            (true, true) => format!("version {number} as it was"),
            (true, false) => format!("version {number} as it is now"),
        }
    }

    fn changes(&mut self, old: &Version, changes: Vec<Change>) {
        for Change { rule, path, message, most } in changes {
            self.add(rule, most, old, path.as_ref(), message, None);
        }
    }

    fn add(
        &mut self,
        rule: &'static Rule,
        most: Severity,
        old: &Version,
        path: Option<&Path>,
        message: String,
        witness: Option<Witness>,
    ) {
        let Some(severity) = self.promise.severity(rule) else { return };
        let path = path.map(ToString::to_string);
        if self.told.insert((rule.id, path.clone().unwrap_or_default())) {
            let (from_version, to_version) = (old.number, self.new.number);
            let severity = severity.min(most);
            self.found.push(Break { rule, severity, from_version, to_version, path, message, witness });
        }
    }
}
