//! What authors do to their definitions, one edit after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use evt::check::{Catalogue, DefinedEvent};
use evt::event::{Acceptance, Contract, Deprecation, Event, Metadata, ProcessType};
use evt::source::{Location, SourceFile, Span};
use proptest::prelude::*;

use super::alphabet::{NOTES, one_of};
use super::contracts::contract;

/// The names that events may have.
const EVENTS: [&str; 3] = ["calf_born", "cow_fed", "cow_fed_again"];

/// The contracts that events may have: few, so that they come back.
const CONTRACTS: usize = 3;

/// One edit.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    /// Adds an event, changes it or brings it back.
    Define { name: String, contract: usize },
    /// Changes what it says besides its contract.
    Describe { name: String, metadata: Box<Metadata> },
    /// Deletes its definition.
    Remove { name: String },
    /// Gives it another name.
    Rename { from: String, to: String },
}

/// What an author has written.
#[derive(Clone, Debug)]
pub(super) struct Author {
    events: BTreeMap<String, Event>,
    contracts: Vec<Contract>,
}

impl Author {
    /// An author who has written nothing, and has a few contracts in mind.
    pub(super) fn arbitrary() -> impl Strategy<Value = Self> {
        prop::collection::vec(contract("cow_fed"), CONTRACTS)
            .prop_map(|contracts| Self { events: BTreeMap::new(), contracts })
    }

    /// The events, by name.
    pub(super) fn events(&self) -> &BTreeMap<String, Event> {
        &self.events
    }

    /// Makes an edit. One that makes no sense is left out.
    pub(super) fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Define { name, contract } => self.define(name, *contract),
            Edit::Describe { name, metadata } => {
                if let Some(event) = self.events.get_mut(name) {
                    event.metadata = Arc::new(metadata.as_ref().clone());
                }
            }
            Edit::Remove { name } => {
                self.events.remove(name);
            }
            Edit::Rename { from, to } => self.rename(from, to),
        }
    }

    fn define(&mut self, name: &str, contract: usize) {
        let contract = Contract { event_name: name.to_owned(), ..self.contracts[contract].clone() };
        self.release(name);
        let new =
            || Event { contract: Arc::new(contract.clone()), metadata: Arc::default(), renamed_from: None };
        self.events.entry(name.to_owned()).or_insert_with(new).contract = Arc::new(contract.clone());
    }

    fn rename(&mut self, from: &str, to: &str) {
        if self.events.contains_key(to) {
            return;
        }
        let Some(mut event) = self.events.remove(from) else { return };
        self.release(from);
        self.release(to);
        to.clone_into(&mut Arc::make_mut(&mut event.contract).event_name);
        event.renamed_from = Some(from.to_owned());
        self.events.insert(to.to_owned(), event);
    }

    /// No event goes on from `name` any more.
    fn release(&mut self, name: &str) {
        for event in self.events.values_mut().filter(|event| event.renamed_from.as_deref() == Some(name)) {
            event.renamed_from = None;
        }
    }

    /// The definitions, as if they had been read and checked.
    pub(super) fn catalogue(&self) -> Catalogue {
        let file = Arc::new(SourceFile::new("events/a.yaml", String::new()));
        let location = Location::new(&file, Span::default());
        let defined = |event: &Event| DefinedEvent {
            event: event.clone(),
            location: location.clone(),
            renamed_from: event.renamed_from.as_ref().map(|_| location.clone()),
            field_places: Box::default(),
        };
        let events =
            self.events.iter().map(|(name, event)| (name.clone(), Box::new(defined(event)))).collect();
        Catalogue { events, ..Catalogue::default() }
    }
}

/// Any edit.
pub(super) fn edit() -> impl Strategy<Value = Edit> {
    let name = || one_of(&EVENTS);
    prop_oneof![
        5 => (name(), 0..CONTRACTS).prop_map(|(name, contract)| Edit::Define { name, contract }),
        2 => (name(), metadata()).prop_map(|(name, metadata)| Edit::Describe { name, metadata: Box::new(metadata) }),
        2 => name().prop_map(|name| Edit::Remove { name }),
        2 => (name(), name()).prop_map(|(from, to)| Edit::Rename { from, to }),
    ]
}

/// What an event says besides its contract.
pub(super) fn metadata() -> impl Strategy<Value = Metadata> {
    let process_types: Vec<ProcessType> = ProcessType::ALL.iter().map(|(_, word)| *word).collect();
    let note = || prop::option::of(one_of(&NOTES));
    let accepts = prop::collection::vec((one_of(&["field-removed", "field-added"]), note()), 0..3);
    let deprecated = prop::option::of(note());
    (prop::sample::select(process_types), note(), note(), accepts, deprecated).prop_map(
        |(process_type, description, owner, accepts, deprecated)| Metadata {
            process_type,
            description,
            owner,
            accepts: accepts.into_iter().map(|(rule, path)| acceptance(rule, path)).collect(),
            deprecated: deprecated.map(|reason| Box::new(Deprecation { reason, sunset: None })),
            ..Metadata::default()
        },
    )
}

fn acceptance(rule: String, path: Option<String>) -> Acceptance {
    Acceptance { rule, path, reason: "Nobody reads it.".to_owned() }
}
