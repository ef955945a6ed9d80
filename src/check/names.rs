//! What is registered once in a project: events, types, subjects, removed events.

use std::collections::{BTreeMap, btree_map};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Catalogue, DefinedEvent, NamedType, Removal, Subject};
use crate::definition::{RemovedDefinition, Shape, SubjectDefinition, TypeDefinition};
use crate::finding::Finding;
use crate::rule::{self, Rule};
use crate::source::{Location, SourceFile, Spanned};

pub(super) fn register_types(
    types: Vec<TypeDefinition>,
    catalogue: &mut Catalogue,
    findings: &mut Vec<Finding>,
) {
    for definition in in_order(types, |definition| (&definition.file, &definition.name)) {
        let location = Location::new(&definition.file, definition.name.span);
        let description = definition.item.flags.description.clone();
        let stands_for = match definition.item.type_expression.shape {
            Shape::Named(name) => Some(name),
            Shape::Scalar(_) | Shape::List(_) | Shape::Map(_) | Shape::Enum(_) | Shape::Object(_) => None,
        };
        let named = NamedType { location: location.clone(), description, stands_for };
        let name = definition.name.value;
        if let Some(first) = insert_once(&mut catalogue.types, &name, named) {
            findings.push(twice(&rule::DUPLICATE_TYPE, "type", &name, location, &first.location));
        }
    }
}

pub(super) fn register_subjects(
    subjects: Vec<SubjectDefinition>,
    catalogue: &mut Catalogue,
    findings: &mut Vec<Finding>,
) {
    for definition in in_order(subjects, |definition| (&definition.file, &definition.name)) {
        let location = Location::new(&definition.file, definition.name.span);
        let (description, owner) = (definition.description, definition.owner);
        let subject = Subject { description, owner, location: location.clone() };
        let name = definition.name.value;
        if let Some(first) = insert_once(&mut catalogue.subjects, &name, subject) {
            findings.push(twice(&rule::DUPLICATE_SUBJECT, "subject", &name, location, &first.location));
        }
    }
}

pub(super) fn register_removed(
    removed: Vec<RemovedDefinition>,
    catalogue: &mut Catalogue,
    findings: &mut Vec<Finding>,
) {
    for definition in in_order(removed, |definition| (&definition.file, &definition.name)) {
        let location = Location::new(&definition.file, definition.name.span);
        let removal = Removal { reason: definition.reason, location: location.clone() };
        let name = definition.name.value;
        if let Some(first) = insert_once(&mut catalogue.removed, &name, removal) {
            findings.push(twice(&rule::DUPLICATE_REMOVED, "removed event", &name, location, &first.location));
        }
    }
}

/// The first of two is the one whose place comes first.
///
/// Sorted first and put into the map at once: to insert one by one takes several times as long.
#[expect(clippy::vec_box, reason = "events are large and change hands often")]
pub(super) fn register_events(
    mut events: Vec<Box<DefinedEvent>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Box<DefinedEvent>> {
    events.par_sort_unstable_by(|a, b| {
        let by_name = a.event.contract.event_name.cmp(&b.event.contract.event_name);
        by_name.then_with(|| a.location.sort_key().cmp(&b.location.sort_key()))
    });
    events.dedup_by(|again, first| {
        let name = &first.event.contract.event_name;
        let is_twice = again.event.contract.event_name == *name;
        if is_twice {
            let finding =
                twice(&rule::DUPLICATE_EVENT, "event", name, again.location.clone(), &first.location);
            findings.push(finding.event(name));
        }
        is_twice
    });
    let named = |event: Box<DefinedEvent>| (event.event.contract.event_name.clone(), event);
    let named: Vec<_> = events.into_par_iter().map(named).collect();
    named.into_iter().collect()
}

fn insert_once<'m, T>(map: &'m mut BTreeMap<String, T>, name: &str, value: T) -> Option<&'m T> {
    match map.entry(name.to_owned()) {
        btree_map::Entry::Occupied(first) => Some(first.into_mut()),
        btree_map::Entry::Vacant(free) => {
            free.insert(value);
            None
        }
    }
}

fn twice(rule: &'static Rule, what: &str, name: &str, location: Location, first: &Location) -> Finding {
    Finding::new(rule, format!("the {what} `{name}` is defined twice"))
        .located(location)
        .label("again here")
        .related(&first.file, first.span, "first here")
        .help("keep one of the two, or rename one")
}

fn in_order<T>(
    mut definitions: Vec<T>,
    place: impl Fn(&T) -> (&Arc<SourceFile>, &Spanned<String>),
) -> Vec<T> {
    definitions.sort_by(|a, b| {
        let key = |definition: &T| {
            let (file, name) = place(definition);
            (file.path.clone(), name.span.start())
        };
        key(a).cmp(&key(b))
    });
    definitions
}

/// What is removed must not be defined any more.
pub(super) fn check_removed(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    for (name, removal) in &catalogue.removed {
        if let Some(defined) = catalogue.events.get(name) {
            let finding = Finding::new(
                &rule::REMOVED_STILL_DEFINED,
                format!("the removed event `{name}` is still defined"),
            )
            .located(removal.location.clone())
            .label("removed here")
            .related(&defined.location.file, defined.location.span, "defined here")
            .event(name);
            findings.push(finding.help("delete the definition, or the entry under `removed`"));
        }
    }
}

/// The old name of an event is free, and only one event goes on from it.
pub(super) fn check_renames(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    let mut claimed: BTreeMap<&str, &Location> = BTreeMap::new();
    for (name, defined) in &catalogue.events {
        let (Some(old), Some(location)) = (&defined.event.renamed_from, &defined.renamed_from) else {
            continue;
        };
        if old == name {
            let message = format!("`{name}` cannot be renamed from itself");
            let finding = Finding::new(&rule::RENAMED_STILL_DEFINED, message).located(location.clone());
            findings.push(finding.label("its own name").event(name).help("remove `renamed_from`"));
            continue;
        }
        if let Some(other) = catalogue.events.get(old) {
            let finding =
                Finding::new(&rule::RENAMED_STILL_DEFINED, format!("`{old}` is renamed and still defined"))
                    .located(location.clone())
                    .label(format!("renamed to `{name}` here"))
                    .related(&other.location.file, other.location.span, "defined here")
                    .event(name);
            findings.push(finding.help(format!("delete the definition of `{old}`")));
        }
        if let Some(first) = claimed.insert(old, location) {
            let finding = Finding::new(&rule::RENAMED_TWICE, format!("two events are renamed from `{old}`"))
                .located(location.clone())
                .label("again here")
                .related(&first.file, first.span, "first here");
            findings
                .push(finding.event(name).help("remove one `renamed_from`: the other event is a new one"));
        }
    }
}
