//! `evt export json-schema|asyncapi|avro|cloudevents`, held against validators and parsers of others.

mod asyncapi;
pub(crate) mod avro;
mod cloudevents;
mod directory;
mod every_project;
mod json_schema;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use evt::event::{Contract, Metadata};
use evt::field_type::{FieldType, Item};
use evt::fingerprint::Fingerprint;
use evt::sample::least;
use evt::schema::{Schema, Version, read_schema};
use evt::source::SourceFile;
use evt::value::misfits;
use serde_json::Value;

use crate::project::Project;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// A project of the fixtures with its schema file alone, and what that holds.
fn grown(name: &str) -> (Project, Schema) {
    let folder = fixtures().join("projects").join(name);
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).expect("the fixture is there");
    let text = read("schemas/events.json");
    let schema = read_schema(&Arc::new(SourceFile::new("events.json", text.clone()))).schema;
    let project = Project::empty().file("evt.toml", read("evt.toml")).file("schemas/events.json", text);
    (project, schema)
}

/// A project that holds these events alone, as one that was imported may.
fn holding(contracts: &[Contract]) -> Project {
    let mut schema = Schema::default();
    for contract in contracts {
        let version = Version {
            number: 1,
            fingerprint: Fingerprint::of(contract),
            contract: Arc::new(contract.clone()),
            previous: None,
            metadata: Arc::new(Metadata::default()),
            renamed_to: None,
            retired: false,
        };
        schema.events.insert(contract.event_name.clone(), vec![version]);
    }
    let settings = "[project]\nsource = \"urn:evt:farm\"\n[definitions]\npaths = []\n";
    Project::empty().file("evt.toml", settings).file("schemas/events.json", schema.text())
}

/// An event whose payload has texts under these names.
fn with_fields(event: &str, names: &[&str]) -> Contract {
    let field = |name: &&str| evt::field_type::Field {
        name: (*name).to_owned(),
        required: true,
        from: Some("cow".to_owned()),
        attr: Some((*name).to_owned()),
        item: Item::plain(FieldType::Scalar(evt::field_type::ScalarType::String)),
    };
    Contract {
        event_name: event.to_owned(),
        event_type: "domain".to_owned(),
        required_inputs: vec!["cow".to_owned()],
        optional_inputs: Vec::new(),
        payload_fields: names.iter().map(field).collect(),
    }
}

/// A small payload of a version, where one is found that breaks no rule.
fn payload(version: &Version) -> Option<Value> {
    let item = Item::plain(FieldType::Object(version.contract.payload_fields.clone().into()));
    Some(least(&item)).filter(|value| misfits(value, &item).is_empty())
}

/// The versions of events that are not retired.
fn live(schema: &Schema) -> impl Iterator<Item = &Version> {
    let histories = schema.events.values().filter(|versions| versions.last().is_some_and(|it| !it.retired));
    histories.flatten()
}
