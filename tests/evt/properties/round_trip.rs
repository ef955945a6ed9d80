//! What is written to the schema file is read back as it was, and written as the same bytes.

use std::sync::Arc;

use evt::event::{Contract, Deprecation, Metadata};
use evt::field_type::Notes;
use evt::fingerprint::Fingerprint;
use evt::schema::{Schema, Version, read_schema};
use evt::source::SourceFile;
use proptest::prelude::*;
use serde_json::json;

use super::alphabet::{NOTES, one_of};
use super::cases;
use super::contracts::contract;
use super::edits::metadata;

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_schema_is_read_back_as_it_was_written(schema in schema()) {
        let text = schema.text();
        let read = read_schema(&Arc::new(SourceFile::new("events.json", text.clone())));
        prop_assert!(read.findings.is_empty(), "{}\n{:#?}", text, read.findings);
        prop_assert_eq!(read.schema.text(), text);
        prop_assert_eq!(read.schema, schema);
    }

    #[test]
    fn a_schema_file_is_json_that_says_the_same(schema in schema()) {
        let text = schema.text();
        let value: serde_json::Value = serde_json::from_str(&text).expect("the schema file is JSON");
        let entries = value["events"].as_array().expect("`events` is a list");
        prop_assert_eq!(entries.len(), schema.versions().count());
        for (entry, version) in entries.iter().zip(schema.versions()) {
            prop_assert_eq!(&entry["event_version"], version.number);
            prop_assert_eq!(&entry["fingerprint"], &version.fingerprint.to_string());
            prop_assert_eq!(entry["payload_fields"].as_array().map(Vec::len), Some(version.contract.payload_fields.len()));
        }
    }
}

/// Two events with one to three versions each.
fn schema() -> impl Strategy<Value = Schema> {
    let history = |name| prop::collection::vec(((contract(name), notes()), metadata()), 1..4);
    (history("calf_born"), history("cow_fed"), any::<bool>()).prop_map(|(calves, cows, retired)| {
        let mut schema = Schema::default();
        schema.events.insert("calf_born".to_owned(), versions(calves));
        let mut cows = versions(cows);
        if let Some(latest) = cows.last_mut() {
            latest.retired = retired;
            latest.renamed_to = retired.then(|| "calf_born".to_owned());
        }
        schema.events.insert("cow_fed".to_owned(), cows);
        schema
    })
}

fn versions(history: Vec<((Contract, Notes), Metadata)>) -> Vec<Version> {
    let mut versions: Vec<Version> = Vec::with_capacity(history.len());
    for ((mut contract, notes), metadata) in history {
        if let Some(field) = contract.payload_fields.first_mut() {
            let unset: &mut Notes = &mut field.item.notes;
            *unset = notes;
        }
        let before = versions.last();
        versions.push(Version {
            number: before.map_or(1, |before| before.number + 1),
            fingerprint: Fingerprint::of(&contract),
            previous: before.map(|before| before.fingerprint),
            contract: Arc::new(contract),
            metadata: Arc::new(metadata),
            renamed_to: None,
            retired: false,
        });
    }
    versions
}

fn notes() -> impl Strategy<Value = Notes> {
    let note = || prop::option::of(one_of(&NOTES));
    (note(), prop::option::of(any::<bool>()), prop::option::of(note()), any::<bool>()).prop_map(
        |(description, pii, deprecated, is_named)| Notes {
            named: is_named.then(|| "Money".to_owned()),
            description,
            pii,
            deprecated: deprecated.map(|reason| Box::new(Deprecation { reason, sunset: None })),
            examples: if is_named { vec![json!(1), json!({ "a": [null, "]"] })] } else { Vec::new() },
            rust_name: is_named.then(|| "kilos".to_owned()),
        },
    )
}
