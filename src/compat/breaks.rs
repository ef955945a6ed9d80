use std::collections::BTreeMap;

use serde_json::Value;

use super::meaning::{self, Change};
use super::mode::{Direction, Promise};
use super::naming::{rule_of, sentence};
use super::obstacle::ObstacleKind;
use super::path::Path;
use super::read::can_read;
use crate::event::{CompatMode, UnknownFields};
use crate::rule::{self, Rule, Severity};
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
    let mut look = Look::of(new, promise);
    look.weakened(latest, (old.mode, mode));
    look.changes(latest, meaning::of_event(latest, new));
    let count = if promise.transitive { old.versions.len() } else { 1 };
    let held = &old.versions[old.versions.len() - count..];
    for earlier in held.iter().rev() {
        look.versions(earlier, held);
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
    let mut look = Look::of(reader, Promise::from(CompatMode::Backward));
    look.read(writer, Direction::Backward, |_| true);
    look.found
}

struct Look<'v> {
    new: &'v Version,
    promise: Promise,
    found: Vec<Break>,
    /// Where in `found` what was told of a later version stands: by rule, place and constraint.
    told: BTreeMap<(&'static str, String, &'static str), usize>,
}

impl<'v> Look<'v> {
    fn of(new: &'v Version, promise: Promise) -> Self {
        Self { new, promise, found: Vec::new(), told: BTreeMap::new() }
    }

    /// A weaker promise is a breach of the one that was made, not of itself.
    fn weakened(&mut self, latest: &Version, (was, is): (CompatMode, CompatMode)) {
        let before = Promise::from(was);
        let Some(severity) = before.severity(&rule::COMPAT_WEAKENED) else { return };
        if self.promise.lacks(before) {
            let message = format!("its mode was `{was}`, and is `{is}`");
            self.put((&rule::COMPAT_WEAKENED, severity, ""), latest, None, message, None);
        }
    }

    /// `held` are all the versions that the promise is about.
    fn versions(&mut self, old: &Version, held: &[Version]) {
        let is_same = old.fingerprint == self.new.fingerprint
            && old.metadata.unknown_fields == self.new.metadata.unknown_fields;
        if is_same {
            return;
        }
        for direction in self.promise.directions() {
            self.read(old, direction, |_| true);
        }
        self.changes(old, meaning::of_fields(old, self.new, held));
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
            let constraint = match obstacle.kind {
                ObstacleKind::Constraint { key, .. } => key,
                _ => "",
            };
            let Some(severity) = self.promise.severity(rule) else { continue };
            self.put((rule, severity, constraint), old, Some(&obstacle.path), message, witness);
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
            let Some(severity) = self.promise.severity(rule) else { continue };
            self.put((rule, severity.min(most), ""), old, path.as_ref(), message, None);
        }
    }

    /// Of breaks of one kind at one place the worst is told; of equals, that of the latest version.
    fn put(
        &mut self,
        (rule, severity, constraint): (&'static Rule, Severity, &'static str),
        old: &Version,
        path: Option<&Path>,
        message: String,
        witness: Option<Witness>,
    ) {
        let path = path.map(ToString::to_string);
        let (from_version, to_version) = (old.number, self.new.number);
        let key = (rule.id, path.clone().unwrap_or_default(), constraint);
        let found = Break { rule, severity, from_version, to_version, path, message, witness };
        match self.told.get(&key) {
            Some(at) if self.found[*at].severity >= severity => {}
            Some(at) => self.found[*at] = found,
            None => {
                self.told.insert(key, self.found.len());
                self.found.push(found);
            }
        }
    }
}
