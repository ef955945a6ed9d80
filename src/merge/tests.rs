use super::*;
use std::sync::Arc;

use crate::event::{Acceptance, Contract};
use crate::fingerprint::Fingerprint;
use crate::schema::Version;

mod laws;

const EVENT: &str = "cow_fed";

/// One version for each letter; equal letters have equal contracts.
fn versions(event: &str, shapes: &str) -> Vec<Version> {
    let mut versions = Vec::new();
    for shape in shapes.chars() {
        push(&mut versions, event, shape);
    }
    versions
}

fn push(versions: &mut Vec<Version>, event: &str, shape: char) {
    let contract = Contract {
        event_name: event.to_owned(),
        event_type: "domain".to_owned(),
        required_inputs: vec![shape.to_ascii_lowercase().to_string(), "cow".to_owned()],
        optional_inputs: Vec::new(),
        payload_fields: Vec::new(),
    };
    let version = Version {
        number: u32::try_from(versions.len() + 1).expect("a few versions"),
        fingerprint: Fingerprint::of(&contract),
        contract: Arc::new(contract),
        previous: versions.last().map(|latest| latest.fingerprint),
        metadata: Arc::default(),
        renamed_to: None,
        retired: false,
    };
    versions.push(version);
}

fn schema(shapes: &str) -> Schema {
    Schema { events: [(EVENT.to_owned(), versions(EVENT, shapes))].into() }
}

/// A schema whose latest version is edited.
fn edited(shapes: &str, edit: impl FnOnce(&mut Version)) -> Schema {
    let mut schema = schema(shapes);
    let versions = schema.events.get_mut(EVENT).expect("the event is there");
    edit(versions.last_mut().expect("an event has a version"));
    schema
}

fn retired(shapes: &str) -> Schema {
    edited(shapes, |latest| latest.retired = true)
}

fn described(shapes: &str, text: &str) -> Schema {
    edited(shapes, |latest| Arc::make_mut(&mut latest.metadata).description = Some(text.to_owned()))
}

fn accepting(shapes: &str, rule: &str) -> Schema {
    let acceptance = Acceptance { rule: rule.to_owned(), path: None, reason: "agreed".to_owned() };
    edited(shapes, |latest| Arc::make_mut(&mut latest.metadata).accepts.push(acceptance))
}

fn merged(ancestor: &Schema, ours: &Schema, theirs: &Schema) -> Schema {
    merge(&Conflict { ancestor: Some(ancestor), ours, theirs, base: None }).schema
}

fn latest(schema: &Schema) -> &Version {
    schema.latest(EVENT).expect("the event is there")
}

fn shapes(schema: &Schema) -> String {
    schema.events[EVENT].iter().map(|version| version.contract.required_inputs[0].to_uppercase()).collect()
}

/// The shapes that come of two sides without a base.
fn joined(ours: &str, theirs: &str) -> String {
    shapes(&merged(&schema("A"), &schema(ours), &schema(theirs)))
}

fn with_base(ours: &str, theirs: &str, base: &str) -> String {
    let (ours, theirs, base) = (schema(ours), schema(theirs), schema(base));
    shapes(&merge(&Conflict { ancestor: None, ours: &ours, theirs: &theirs, base: Some(&base) }).schema)
}

#[test]
fn without_a_base_ours_keeps_its_numbers() {
    assert_eq!(joined("AB", "AC"), "ABC");
}

#[test]
fn the_side_that_agrees_with_the_base_keeps_its_numbers() {
    assert_eq!(with_base("AB", "AC", "AC"), "ACB");
    assert_eq!(with_base("AC", "AB", "AC"), "ACB");
}

#[test]
fn a_base_that_went_on_still_tells_which_side_is_its_own() {
    assert_eq!(with_base("AB", "AC", "ACD"), "ACB");
}

#[test]
fn a_base_that_knows_neither_side_leaves_ours_its_numbers() {
    assert_eq!(with_base("AB", "AC", "A"), "ABC");
    assert_eq!(with_base("AB", "AC", "AD"), "ABC");
}

#[test]
fn versions_that_follow_are_renumbered_and_chained() {
    let schema = merged(&schema("A"), &schema("AB"), &schema("AC"));
    let versions = &schema.events[EVENT];
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(versions[2].previous, Some(versions[1].fingerprint));
}

#[test]
fn what_was_renumbered_is_told() {
    let (ours, theirs) = (schema("AB"), schema("AC"));
    let told = |base| merge(&Conflict { ancestor: None, ours: &ours, theirs: &theirs, base }).renumbered;
    let renumbered = |side| vec![Renumbered { event: EVENT.to_owned(), side, from: 2, to: 3 }];
    assert_eq!(told(None), renumbered(Side::Theirs));
    assert_eq!(told(Some(&theirs)), renumbered(Side::Ours));
}

#[test]
fn a_contract_that_both_sides_added_is_one_version() {
    assert_eq!(joined("AB", "AB"), "AB");
    assert_eq!(joined("ABC", "AC"), "ABC");
    assert_eq!(joined("AC", "ABC"), "ACB");
    assert_eq!(joined("ABC", "ACB"), "ABC");
}

#[test]
fn going_back_to_an_older_contract_stays_a_version() {
    assert_eq!(joined("AC", "ABA"), "ACBA");
    assert_eq!(joined("ABC", "ABA"), "ABCA");
    assert_eq!(joined("AU", "AXAX"), "AUXAX");
}

#[test]
fn a_version_is_never_followed_by_an_equal_one() {
    assert_eq!(joined("AC", "ABCB"), "ACB");
    assert_eq!(joined("AC", "ABCBD"), "ACBD");
}

#[test]
fn a_side_that_only_went_on_is_taken_as_it_is() {
    assert_eq!(joined("A", "ABAB"), "ABAB");
    assert_eq!(joined("A", "AAB"), "AAB");
}

#[test]
fn an_event_that_both_sides_added_is_one_event() {
    assert_eq!(with_base("B", "B", ""), "B");
    assert_eq!(with_base("B", "C", ""), "BC");
    assert_eq!(with_base("B", "C", "C"), "CB");
}

#[test]
fn an_event_of_one_side_is_taken() {
    let (none, one) = (Schema::default(), schema("AB"));
    assert_eq!(merged(&none, &none, &one), one);
    assert_eq!(merged(&none, &one, &none), one);
}

#[test]
fn an_event_that_one_side_removed_stays() {
    let (none, one) = (Schema::default(), schema("AB"));
    assert_eq!(merged(&one, &none, &one), one);
    assert_eq!(merged(&one, &one, &none), one);
}

#[test]
fn rewritten_history_loses_no_contract() {
    assert_eq!(joined("ABC", "AXC"), "ABCX");
    assert_eq!(joined("AB", "XB"), "ABX");
}

#[test]
fn metadata_that_one_side_changed_is_taken() {
    let (before, after) = (described("A", "old"), described("A", "new"));
    assert_eq!(merged(&before, &before, &after), after);
    assert_eq!(merged(&before, &after, &before), after);
}

#[test]
fn metadata_that_both_sides_changed_is_that_of_the_first() {
    let (ours, theirs) = (described("A", "ours"), described("A", "theirs"));
    assert_eq!(merged(&schema("A"), &ours, &theirs), ours);
    let conflict = Conflict {
        ancestor: None,
        ours: &ours,
        theirs: &described("AB", "theirs"),
        base: Some(&schema("AB")),
    };
    assert_eq!(merge(&conflict).schema.version(EVENT, 1).expect("it is there").metadata.description, None);
}

#[test]
fn a_renumbered_version_keeps_its_metadata() {
    let merged = merged(&schema("A"), &described("AB", "ours"), &described("AC", "theirs"));
    let described: Vec<_> =
        merged.versions().map(|version| version.metadata.description.as_deref()).collect();
    assert_eq!(described, [None, Some("ours"), Some("theirs")]);
}

#[test]
fn a_rebase_knows_what_a_renumbered_version_said_before() {
    let merged = merged(&described("AX", "old"), &described("AUX", "old"), &described("AX", "new"));
    assert_eq!(merged, described("AUX", "new"));
}

#[test]
fn the_order_of_fields_is_merged_like_metadata() {
    let before = schema("A");
    let after = edited("A", |latest| Arc::make_mut(&mut latest.contract).required_inputs.reverse());
    assert_eq!(merged(&before, &before, &after), after);
    assert_eq!(merged(&before, &after, &before), after);
}

#[test]
fn both_sides_accepts_are_kept_once() {
    let accepted = merged(&schema("A"), &accepting("AB", "field-removed"), &accepting("AB", "field-added"));
    let again = merged(&schema("A"), &accepted, &accepting("AB", "field-removed"));
    let rules: Vec<_> =
        latest(&again).metadata.accepts.iter().map(|accepted| accepted.rule.as_str()).collect();
    assert_eq!(rules, ["field-removed", "field-added"]);
}

#[test]
fn an_acceptance_is_no_change_of_the_other_metadata() {
    let merged = merged(&schema("A"), &accepting("A", "field-removed"), &described("A", "new"));
    assert_eq!(latest(&merged).metadata.description.as_deref(), Some("new"));
    assert_eq!(latest(&merged).metadata.accepts.len(), 1);
}

#[test]
fn an_event_that_one_side_retired_is_retired() {
    assert_eq!(merged(&schema("A"), &schema("A"), &retired("A")), retired("A"));
    assert_eq!(merged(&schema("A"), &retired("A"), &schema("A")), retired("A"));
}

#[test]
fn an_event_that_one_side_brought_back_is_live() {
    assert_eq!(merged(&retired("A"), &schema("A"), &retired("A")), schema("A"));
    assert_eq!(merged(&retired("A"), &retired("A"), &schema("AB")), schema("AB"));
}

#[test]
fn an_event_that_one_side_retired_and_the_other_changed_is_live() {
    assert_eq!(merged(&schema("A"), &retired("A"), &schema("AB")), schema("AB"));
    assert_eq!(merged(&schema("A"), &schema("AB"), &retired("A")), schema("AB"));
    assert_eq!(merged(&schema("A"), &retired("AB"), &schema("AC")), schema("ABC"));
}

#[test]
fn an_event_that_both_sides_changed_and_retired_is_retired_once() {
    assert_eq!(merged(&schema("A"), &retired("AB"), &retired("AC")), retired("ABC"));
    assert_eq!(merged(&schema("A"), &retired("AB"), &schema("A")), retired("AB"));
}

#[test]
fn a_new_name_on_one_side_is_taken() {
    let renamed = edited("A", |latest| {
        latest.retired = true;
        latest.renamed_to = Some("cow_nourished".to_owned());
    });
    assert_eq!(merged(&retired("A"), &retired("A"), &renamed), renamed);
    assert_eq!(merged(&schema("A"), &renamed, &schema("A")), renamed);
    assert_eq!(merged(&schema("A"), &renamed, &retired("A")), renamed);
}
