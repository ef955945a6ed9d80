//! From what the author wrote to what it means: names are resolved, types expanded, and every event is held against
//! every rule.

mod constraints;
mod event;
mod expand;
mod inputs;
mod literal;
mod names;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::definition::{Definitions, EventDefinition};
use crate::event::Event;
use crate::finding::{self, Finding};
use crate::source::{Location, SourceFile, Span};

/// A project's definitions, checked.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// The events by name.
    pub events: BTreeMap<String, Box<DefinedEvent>>,
    /// The subjects by name, with their descriptions and owners.
    pub subjects: BTreeMap<String, Subject>,
    /// The events that are gone on purpose.
    pub removed: BTreeMap<String, Removal>,
    /// The named types that events use, and those that none does.
    pub types: BTreeMap<String, NamedType>,
}

/// An event with the place of its name.
#[derive(Clone, Debug)]
pub struct DefinedEvent {
    /// The event.
    pub event: Event,
    /// Where its name is written.
    pub location: Location,
    /// Where its `renamed_from` is written.
    pub renamed_from: Option<Location>,
    /// Where the fields of its payload are written, in their order.
    pub field_places: Box<[Span]>,
}

impl DefinedEvent {
    /// Where the payload field is written that holds a path such as `lines[].sku`.
    #[must_use]
    pub fn place_of(&self, path: &str) -> Option<Location> {
        let name = path.split(['.', '[', '{']).next().unwrap_or_default();
        let fields = &self.event.contract.payload_fields;
        let index = fields.iter().position(|field| field.name == name)?;
        Some(Location::new(&self.location.file, *self.field_places.get(index)?))
    }
}

/// What a project's events are about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it is.
    pub description: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where it is registered.
    pub location: Location,
}

/// An event that is gone on purpose.
#[derive(Clone, Debug)]
pub struct Removal {
    /// Why.
    pub reason: String,
    /// Where that is written.
    pub location: Location,
}

/// A named type.
#[derive(Clone, Debug)]
pub struct NamedType {
    /// Where it is registered.
    pub location: Location,
    /// What it is.
    pub description: Option<String>,
    /// The named type that it is another name for.
    pub stands_for: Option<String>,
}

/// Checks all definitions of a project against each other.
///
/// Findings come sorted. The catalogue is complete only if none of them is an error.
#[must_use]
pub fn check(definitions: Definitions, mut findings: Vec<Finding>) -> (Catalogue, Vec<Finding>) {
    let Definitions { events, types, broken_types, subjects, removed } = definitions;
    let (named, mut of_types) = expand::expand_named_types(&types, &broken_types);
    findings.append(&mut of_types);
    let mut catalogue = Catalogue::default();
    names::register_types(types, &mut catalogue, &mut findings);
    names::register_subjects(subjects, &mut catalogue, &mut findings);
    names::register_removed(removed, &mut catalogue, &mut findings);
    let checked: Vec<(Box<DefinedEvent>, Vec<Finding>)> =
        events.into_par_iter().map(|definition| event::check_event(definition, &named, &catalogue)).collect();
    let (events, of_events): (Vec<_>, Vec<_>) = checked.into_iter().unzip();
    findings.extend(of_events.into_iter().flatten());
    catalogue.events = names::register_events(events, &mut findings);
    names::check_removed(&catalogue, &mut findings);
    names::check_renames(&catalogue, &mut findings);
    finding::sort(&mut findings);
    (catalogue, findings)
}

/// Collects the findings about one event.
struct Sink<'d> {
    file: &'d Arc<SourceFile>,
    event: Option<&'d str>,
    findings: Vec<Finding>,
}

impl<'d> Sink<'d> {
    fn new(file: &'d Arc<SourceFile>, event: Option<&'d str>) -> Self {
        Self { file, event, findings: Vec::new() }
    }

    fn of_event(definition: &'d EventDefinition) -> Self {
        Self::new(&definition.file, Some(&definition.name.value))
    }

    fn add(&mut self, finding: Finding) {
        self.findings.push(match self.event {
            Some(event) => finding.event(event),
            None => finding,
        });
    }
}
