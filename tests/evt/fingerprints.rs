//! The fingerprints of `fixtures/fingerprints.json`, which were computed elsewhere, from the grammar alone.

use std::collections::BTreeSet;

use evt::fingerprint::{Fingerprint, canonical_text};
use serde::Deserialize;

use crate::checked;

/// A definition with what must be hashed for its one event, and the hash.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    definition: String,
    canonical: String,
    fingerprint: String,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../fixtures/fingerprints.json");
    serde_json::from_str(text).expect("the fixture is a list of vectors")
}

#[test]
fn every_vector_has_its_canonical_text_and_its_fingerprint() {
    let wrong: Vec<String> = vectors().iter().filter_map(difference).collect();
    assert!(wrong.is_empty(), "{} vectors do not hold:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

/// What does not hold for a vector.
fn difference(vector: &Vector) -> Option<String> {
    let (catalogue, findings) = checked::text(&vector.definition);
    let problems = checked::errors_of_meaning(&findings);
    let events: Vec<_> = catalogue.events.values().collect();
    let [defined] = events.as_slice() else {
        return Some(format!("{} events\n{}\n{problems:?}", events.len(), vector.definition));
    };
    let canonical = canonical_text(&defined.event.contract);
    let fingerprint = Fingerprint::of(&defined.event.contract).to_string();
    if problems.is_empty() && canonical == vector.canonical && fingerprint == vector.fingerprint {
        return None;
    }
    Some(format!(
        "{}\nexpected {} {}\nfound    {fingerprint} {canonical}\n{problems:?}",
        vector.definition, vector.fingerprint, vector.canonical
    ))
}

#[test]
fn the_vectors_are_many_and_different() {
    let vectors = vectors();
    let definitions: BTreeSet<&str> = vectors.iter().map(|vector| vector.definition.as_str()).collect();
    assert!(vectors.len() >= 60, "{} vectors", vectors.len());
    assert_eq!(definitions.len(), vectors.len());
}

#[test]
fn the_first_vector_is_what_the_ruby_gem_hashes() {
    const GEM: &str = concat!(
        r#"{"event_name":"cow_fed","event_type":"domain","required_inputs":["cow"],"optional_inputs":["farmer"],"#,
        r#""payload_fields":[{"name":"farmer_name","required":"false","from":"farmer","attr":"name"},"#,
        r#"{"name":"weight","required":"true","from":"cow","attr":"weight"}]}"#,
    );
    assert_eq!(vectors()[0].canonical, GEM);
}
