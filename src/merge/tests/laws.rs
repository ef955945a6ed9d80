//! Laws that hold for all histories that dumps can write.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::schema::read_schema;
use crate::source::SourceFile;

const EVENTS: [&str; 2] = ["cow_fed", "cow_sold"];

/// What a dump does to an event.
#[derive(Clone, Debug)]
enum Change {
    Shape(char),
    Describe(u8),
    Accept(u8),
    Retire(Option<u8>),
    Reorder,
}

type Changes = Vec<(usize, Change)>;

fn changes(count: usize) -> impl Strategy<Value = Changes> {
    let change = prop_oneof![
        4 => (0..4_u8).prop_map(|shape| Change::Shape(char::from(b'A' + shape))),
        1 => (0..3_u8).prop_map(Change::Describe),
        1 => (0..3_u8).prop_map(Change::Accept),
        1 => proptest::option::of(0..2_u8).prop_map(Change::Retire),
        1 => Just(Change::Reorder),
    ];
    vec((0..EVENTS.len(), change), 0..count)
}

fn apply(schema: &mut Schema, changes: &[(usize, Change)]) {
    for (event, change) in changes {
        let event = EVENTS[*event];
        let mut versions = schema.events.remove(event).unwrap_or_default();
        apply_one(&mut versions, event, change);
        if !versions.is_empty() {
            schema.events.insert(event.to_owned(), versions);
        }
    }
}

fn apply_one(versions: &mut Vec<Version>, event: &str, change: &Change) {
    let Some(latest) = versions.last_mut() else {
        if let Change::Shape(shape) = change {
            push(versions, event, *shape);
        }
        return;
    };
    match change {
        Change::Describe(text) => Arc::make_mut(&mut latest.metadata).description = Some(text.to_string()),
        Change::Accept(rule) => {
            let acceptance =
                Acceptance { rule: format!("rule-{rule}"), path: None, reason: "agreed".to_owned() };
            if !latest.metadata.accepts.contains(&acceptance) {
                Arc::make_mut(&mut latest.metadata).accepts.push(acceptance);
            }
        }
        Change::Retire(name) => {
            latest.retired = true;
            latest.renamed_to = name.map(|name| format!("cow_{name}"));
        }
        Change::Reorder => Arc::make_mut(&mut latest.contract).required_inputs.reverse(),
        Change::Shape(shape) => {
            latest.retired = false;
            latest.renamed_to = None;
            let before = latest.fingerprint;
            push(versions, event, *shape);
            if versions.last().unwrap().fingerprint == before {
                versions.pop();
            }
        }
    }
}

fn schema_of(parts: &[&[(usize, Change)]]) -> Schema {
    let mut schema = Schema::default();
    for changes in parts {
        apply(&mut schema, changes);
    }
    schema
}

/// An ancestor, two sides, and a base that may be anything between.
fn conflicts() -> impl Strategy<Value = [Schema; 4]> {
    (changes(8), changes(8), changes(8), 0..4_usize).prop_map(|(before, ours, theirs, base)| {
        let sides = [schema_of(&[&before]), schema_of(&[&before, &ours]), schema_of(&[&before, &theirs])];
        let base =
            if base < 3 { sides[base].clone() } else { schema_of(&[&before, &theirs[..theirs.len() / 2]]) };
        let [ancestor, ours, theirs] = sides;
        [ancestor, ours, theirs, base]
    })
}

/// Two schema files that share nothing but, by chance, contracts.
fn strangers() -> impl Strategy<Value = [Schema; 2]> {
    (changes(12), changes(12)).prop_map(|(ours, theirs)| [schema_of(&[&ours]), schema_of(&[&theirs])])
}

fn merge_of<'a>(
    ancestor: &'a Schema,
    ours: &'a Schema,
    theirs: &'a Schema,
    base: Option<&'a Schema>,
) -> Merged {
    merge(&Conflict { ancestor: Some(ancestor), ours, theirs, base })
}

fn contracts(schema: &Schema) -> BTreeSet<(&str, Fingerprint)> {
    schema.versions().map(|version| (version.contract.event_name.as_str(), version.fingerprint)).collect()
}

/// Numbers and contracts, without what is said besides.
fn numbers(schema: &Schema) -> Vec<(&str, u32, Fingerprint)> {
    schema.versions().map(|held| (held.contract.event_name.as_str(), held.number, held.fingerprint)).collect()
}

fn assert_whole(schema: &Schema) {
    let read = read_schema(&Arc::new(SourceFile::new("events.json", schema.text())));
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(&read.schema, schema);
}

/// Where a version of a side stands after the merge.
fn number_after(merged: &Merged, side: Side, version: &Version) -> u32 {
    let is_it = |renumbered: &&Renumbered| {
        renumbered.side == side
            && renumbered.event == version.contract.event_name
            && renumbered.from == version.number
    };
    merged.renumbered.iter().find(is_it).map_or(version.number, |renumbered| renumbered.to)
}

fn assert_held(merged: &Merged, side: Side, schema: &Schema) {
    for version in schema.versions() {
        let number = number_after(merged, side, version);
        let held = merged.schema.version(&version.contract.event_name, number).unwrap();
        assert_eq!(held.fingerprint, version.fingerprint);
        assert!(version.metadata.accepts.iter().all(|acceptance| held.metadata.accepts.contains(acceptance)));
    }
}

proptest! {
    #[test]
    fn a_merge_is_a_schema_file_without_findings([ancestor, ours, theirs, base] in conflicts()) {
        assert_whole(&merge_of(&ancestor, &ours, &theirs, Some(&base)).schema);
        assert_whole(&merge_of(&ancestor, &ours, &theirs, None).schema);
    }

    #[test]
    fn strangers_merge_too([ours, theirs] in strangers()) {
        let merged = merge(&Conflict { ancestor: None, ours: &ours, theirs: &theirs, base: None });
        assert_whole(&merged.schema);
        assert_held(&merged, Side::Ours, &ours);
        assert_held(&merged, Side::Theirs, &theirs);
    }

    #[test]
    fn every_contract_and_acceptance_of_both_sides_is_held([ancestor, ours, theirs, base] in conflicts()) {
        let merged = merge_of(&ancestor, &ours, &theirs, Some(&base));
        assert_held(&merged, Side::Ours, &ours);
        assert_held(&merged, Side::Theirs, &theirs);
        let both: BTreeSet<_> = contracts(&ours).union(&contracts(&theirs)).copied().collect();
        assert_eq!(contracts(&merged.schema), both);
    }

    #[test]
    fn what_the_base_holds_of_a_side_keeps_its_numbers([ancestor, ours, theirs, _] in conflicts()) {
        for base in [&ours, &theirs] {
            let merged = merge_of(&ancestor, &ours, &theirs, Some(base)).schema;
            let after = numbers(&merged);
            assert!(numbers(base).iter().all(|version| after.contains(version)));
        }
    }

    #[test]
    fn both_directions_give_the_same_numbers([ancestor, ours, theirs, _] in conflicts()) {
        for base in [&ours, &theirs] {
            let there = merge_of(&ancestor, &ours, &theirs, Some(base)).schema;
            let back = merge_of(&ancestor, &theirs, &ours, Some(base)).schema;
            assert_eq!(numbers(&there), numbers(&back));
        }
    }

    #[test]
    fn a_side_merged_with_itself_or_its_ancestor_is_itself([ancestor, ours, ..] in conflicts()) {
        for (ancestor, theirs) in [(&ancestor, &ours), (&ancestor, &ancestor), (&ours, &ours)] {
            let merged = merge_of(ancestor, &ours, theirs, None);
            assert_eq!(&merged.schema, &ours);
            assert!(merged.renumbered.is_empty());
        }
        assert_eq!(&merge_of(&ancestor, &ancestor, &ours, None).schema, &ours);
    }

    #[test]
    fn events_of_one_side_alone_are_united([ours, theirs] in strangers()) {
        let (mut left, mut right) = (ours, theirs);
        left.events.remove(EVENTS[0]);
        right.events.remove(EVENTS[1]);
        let mut union = left.clone();
        union.events.extend(right.events.clone());
        assert_eq!(merge_of(&Schema::default(), &left, &right, None).schema, union);
    }

    #[test]
    fn merging_a_side_again_adds_nothing([ancestor, ours, theirs, base] in conflicts()) {
        let merged = merge_of(&ancestor, &ours, &theirs, Some(&base)).schema;
        for side in [&ours, &theirs] {
            let again = merge_of(side, &merged, side, Some(&merged)).schema;
            assert_eq!(numbers(&again), numbers(&merged));
        }
    }

    #[test]
    fn commits_replayed_one_by_one_come_to_what_they_come_to_at_once(
        before in changes(8), upstream in changes(8), branch in changes(8),
    ) {
        let ancestor = schema_of(&[&before]);
        let upstream = schema_of(&[&before, &upstream]);
        let mut replayed = upstream.clone();
        for count in 1..=branch.len() {
            let parent = schema_of(&[&before, &branch[..count - 1]]);
            let commit = schema_of(&[&before, &branch[..count]]);
            replayed = merge_of(&parent, &replayed, &commit, Some(&upstream)).schema;
            assert_whole(&replayed);
        }
        let at_once = merge_of(&ancestor, &upstream, &schema_of(&[&before, &branch]), Some(&upstream)).schema;
        assert_eq!(numbers(&replayed), numbers(&at_once));
    }
}
