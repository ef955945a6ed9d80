//! From what the author wrote to what it means: names are resolved, types expanded, and every event is held against
//! every rule.

mod constraints;
mod event;
mod expand;
mod inputs;
mod keys;
mod literal;
mod names;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use self::expand::Resolved;
use crate::definition::{Definitions, EventDefinition, may_hold_register, read_definitions};
use crate::event::Event;
use crate::field_type::Field;
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

    /// Where the first payload field is written that reads an input, `cow`, or an attribute of one, `cow.weight`.
    #[must_use]
    pub fn reader_of(&self, source: &str) -> Option<Location> {
        let (input, attr) =
            source.split_once('.').map_or((source, None), |(input, attr)| (input, Some(attr)));
        let mut fields = self.event.contract.payload_fields.iter();
        let reads = |field: &Field| {
            field.from.as_deref() == Some(input)
                && attr.is_none_or(|attr| field.attr.as_deref() == Some(attr))
        };
        let index = fields.position(reads)?;
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

impl Catalogue {
    /// Whether nothing at all is defined.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.subjects.is_empty() && self.removed.is_empty() && self.types.is_empty()
    }
}

/// Reads all definitions of a project and checks them against each other. `findings` are those about its files, which
/// come in any order.
///
/// Findings come sorted. The catalogue is complete only if none of them is an error.
///
/// Files that may hold a register are read first. An event of any other file is checked as soon as it is read: what was
/// written of all events takes more memory than what it means.
#[must_use]
pub fn check(files: Vec<Arc<SourceFile>>, mut findings: Vec<Finding>) -> (Catalogue, Vec<Finding>) {
    let (first, others): (Vec<_>, Vec<_>) =
        files.into_par_iter().partition(|file| may_hold_register(&file.text));
    let (definitions, wrong) = read_all(first);
    findings.extend(wrong);
    let Definitions { events, types, broken_types, subjects, removed } = definitions;
    let (named, of_types) = expand::expand_named_types(&types, &broken_types);
    findings.extend(of_types);
    let mut catalogue = Catalogue::default();
    names::register_types(types, &mut catalogue, &mut findings);
    names::register_subjects(subjects, &mut catalogue, &mut findings);
    names::register_removed(removed, &mut catalogue, &mut findings);
    let registers = Registers { named, subjects: catalogue.subjects };
    let checked = check_events(events, others, &registers);
    findings.extend(checked.findings);
    catalogue.subjects = registers.subjects;
    catalogue.events = names::register_events(checked.events, &mut findings);
    names::check_removed(&catalogue, &mut findings);
    names::check_renames(&catalogue, &mut findings);
    finding::sort(&mut findings);
    (catalogue, findings)
}

/// What a few files define.
fn read_all(files: Vec<Arc<SourceFile>>) -> (Definitions, Vec<Finding>) {
    let read = files.into_par_iter().map(|file| read_definitions(&file));
    read.reduce(Default::default, |(mut all, mut findings), (own, wrong)| {
        all.append(own);
        findings.extend(wrong);
        (all, findings)
    })
}

/// Checks events that were read already, and those of files without a register.
#[expect(clippy::vec_box, reason = "events are large and change hands often")]
fn check_events(
    read: Vec<Box<EventDefinition>>,
    files: Vec<Arc<SourceFile>>,
    registers: &Registers,
) -> Checked {
    let read = read.into_par_iter().fold(Checked::default, |all, event| all.with(event, registers));
    let of_files = files.into_par_iter().fold(Checked::default, |mut all, file| {
        let (definitions, wrong) = read_definitions(&file);
        all.findings.extend(wrong);
        definitions.events.into_iter().fold(all, |all, event| all.with(event, registers))
    });
    read.chain(of_files).reduce(Checked::default, Checked::joined)
}

/// What every event is checked against.
struct Registers {
    named: Resolved,
    subjects: BTreeMap<String, Subject>,
}

/// Events, checked, in any order.
#[derive(Default)]
#[expect(clippy::vec_box, reason = "events are large and change hands often")]
struct Checked {
    events: Vec<Box<DefinedEvent>>,
    findings: Vec<Finding>,
}

impl Checked {
    fn with(mut self, definition: Box<EventDefinition>, registers: &Registers) -> Self {
        let (event, findings) = event::check_event(definition, registers);
        self.events.push(event);
        self.findings.extend(findings);
        self
    }

    fn joined(mut self, mut other: Self) -> Self {
        self.events.append(&mut other.events);
        self.findings.append(&mut other.findings);
        self
    }
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
