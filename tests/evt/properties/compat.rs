//! What is said of two versions is what an independent validator sees: it refuses every witness for the reader and takes
//! it from the writer; where nothing is in the way, it takes everything that the writer writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use evt::compat::{Obstacle, ObstacleKind, Standing, breaks, can_read};
use evt::event::{CompatMode, Contract, Metadata, UnknownFields};
use evt::export::payload_schema;
use evt::field_type::{EnumType, Field, FieldType, Item, Openness, ScalarType};
use evt::payload::{table, written};
use evt::rule::{CompatKind, Rule};
use evt::schema::Version;
use evt_runtime::shape::Unknown;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;

use super::agreement::{contract_and_payload, version};
use super::cases;
use super::contracts::{contract, item};

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn a_witness_is_written_by_the_one_and_refused_by_the_other((reader, writer) in pair(contract("cow_fed"))) {
        let (reads, writes) = (validator(&reader), validator(&sealed(&writer)));
        for Obstacle { path, kind, witness } in can_read(&reader, &writer) {
            let Some(witness) = witness else { continue };
            prop_assert!(writes.is_valid(&witness), "{} {:?}: not written: {:#}", path, kind, witness);
            prop_assert!(is_beyond(&kind) || !reads.is_valid(&witness), "{} {:?}: read: {:#}", path, kind, witness);
        }
    }

    #[test]
    fn what_nothing_is_in_the_way_of_is_read(
        ((writer, payload), changes, unknown) in (contract_and_payload(), changes(), unknown()),
    ) {
        let reader = changed(&writer, &changes, unknown);
        let writer = version(&writer);
        let shape = table(&writer.contract.payload_fields, Unknown::Reject);
        // Writers write every required field; what they leave out, they may.
        let text = written(&payload, shape).expect("the payload fits");
        let payload: Value = serde_json::from_str(&text).expect("it is JSON");
        if can_read(&reader, &writer).is_empty() {
            let verdict = validator(&reader).validate(&payload).map_err(|error| error.to_string());
            prop_assert_eq!(verdict, Ok(()), "{:#}", payload);
        }
    }

    #[test]
    fn a_version_reads_itself(contract in contract("cow_fed"), unknown in unknown()) {
        let version = changed(&contract, &[], unknown);
        prop_assert_eq!(can_read(&version, &version), []);
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn forward_is_backward_with_the_sides_exchanged((one, other) in pair(contract("cow_fed"))) {
        let forward = structural(&one, &other, CompatMode::Forward);
        let backward = structural(&other, &one, CompatMode::Backward);
        let exchanged: BTreeSet<_> =
            forward.into_iter().map(|(rule, path, witness)| (dual(rule), path, witness)).collect();
        let sealed = |rule| if rule == "event-sealed" { "field-removed-from-sealed" } else { rule };
        let backward: BTreeSet<_> =
            backward.into_iter().map(|(rule, path, witness)| (sealed(rule), path, witness)).collect();
        prop_assert_eq!(exchanged, backward);
    }

    #[test]
    fn full_is_backward_and_forward((one, other) in pair(contract("cow_fed"))) {
        let [backward, forward, full] = [CompatMode::Backward, CompatMode::Forward, CompatMode::Full]
            .map(|mode| structural(&one, &other, mode));
        let rules = |found: &BTreeSet<Shown>| found.iter().map(|(rule, path, _)| (*rule, path.clone())).collect();
        let both: BTreeSet<_> = rules(&backward.union(&forward).cloned().collect());
        prop_assert_eq!(rules(&full), both);
    }

    #[test]
    fn a_version_breaks_nothing_of_itself(contract in contract("cow_fed"), unknown in unknown()) {
        let version = changed(&contract, &[], unknown);
        for (_, mode) in CompatMode::ALL {
            let standing = Standing { versions: std::slice::from_ref(&version), mode: *mode };
            prop_assert!(breaks(standing, &version, *mode).is_empty());
        }
    }
}

/// A rule, the place where it is broken, and the payload that shows it.
type Shown = (&'static str, Option<String>, Option<String>);

/// What a reader refuses of a change.
fn structural(old: &Version, new: &Version, mode: CompatMode) -> BTreeSet<Shown> {
    let standing = Standing { versions: std::slice::from_ref(old), mode };
    let is_structural =
        |rule: &Rule| rule.compat.as_ref().is_some_and(|compat| compat.kind == CompatKind::Structural);
    let found = breaks(standing, new, mode).into_iter().filter(|found| is_structural(found.rule));
    found.map(|it| (it.rule.id, it.path, it.witness.map(|witness| witness.payload.to_string()))).collect()
}

/// What a rule is called where the other side is the newer one.
fn dual(rule: &'static str) -> &'static str {
    match rule {
        "field-required-removed" => "field-required-added",
        "field-became-optional" => "field-became-required",
        "field-became-nullable" => "field-became-non-nullable",
        "field-added-to-sealed" => "field-removed-from-sealed",
        "type-widened" => "type-narrowed",
        "constraint-relaxed" => "constraint-tightened",
        "enum-value-added" => "enum-value-removed",
        same @ ("type-changed" | "constraint-changed") => same,
        other => panic!("{other} is no rule of forward"),
    }
}

/// Bounds of decimals, which are texts, are beyond JSON Schema.
fn is_beyond(kind: &ObstacleKind) -> bool {
    matches!(kind, ObstacleKind::Constraint { key: "min" | "max", .. })
}

fn unknown() -> impl Strategy<Value = UnknownFields> {
    prop_oneof![3 => Just(UnknownFields::Ignore), 1 => Just(UnknownFields::Reject)]
}

fn validator(version: &Version) -> Validator {
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&payload_schema(version)).expect("the export is a JSON Schema")
}

/// The version as its writers know it: they write no other fields.
fn sealed(version: &Version) -> Version {
    let metadata = Metadata { unknown_fields: UnknownFields::Reject, ..(*version.metadata).clone() };
    Version { metadata: Arc::new(metadata), ..version.clone() }
}

/// Two versions that are near to each other.
fn pair(contract: impl Strategy<Value = Contract>) -> impl Strategy<Value = (Version, Version)> {
    (contract, changes(), unknown()).prop_map(|(contract, changes, unknown)| {
        let reader = changed(&contract, &changes, unknown);
        (reader, version(&contract))
    })
}

/// What becomes of one field.
#[derive(Clone, Debug)]
enum Change {
    Nothing,
    Removed,
    OtherNeed,
    OtherNull,
    NoFlags,
    OtherItem(Item),
    Added(Item),
    Wider,
    Narrower,
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let change = prop_oneof![
        4 => Just(Change::Nothing),
        1 => Just(Change::Removed),
        1 => Just(Change::OtherNeed),
        1 => Just(Change::OtherNull),
        2 => Just(Change::NoFlags),
        2 => item(1).prop_map(Change::OtherItem),
        1 => item(1).prop_map(Change::Added),
        3 => Just(Change::Wider),
        3 => Just(Change::Narrower),
    ];
    prop::collection::vec(change, 0..4)
}

fn changed(contract: &Contract, changes: &[Change], unknown: UnknownFields) -> Version {
    let mut contract = contract.clone();
    contract.payload_fields = fields(&contract.payload_fields, changes);
    let metadata = Metadata { unknown_fields: unknown, ..Metadata::default() };
    Version { metadata: Arc::new(metadata), ..version(&contract) }
}

fn fields(old: &[Field], changes: &[Change]) -> Vec<Field> {
    let mut new = Vec::new();
    for (index, field) in old.iter().enumerate() {
        let mut field = field.clone();
        match changes.get(index).unwrap_or(&Change::Nothing) {
            Change::Nothing => {}
            Change::Removed => continue,
            Change::OtherNeed => field.required = !field.required,
            Change::OtherNull => field.item.flags.nullable = !field.item.flags.nullable,
            Change::NoFlags => field.item = Item::plain(field.item.field_type),
            Change::OtherItem(item) => field.item = item.clone(),
            Change::Added(item) => {
                new.push(Field { name: format!("added_{index}"), item: item.clone(), ..field.clone() });
            }
            Change::Wider => field.item = Item { field_type: wider(&field.item.field_type), ..field.item },
            Change::Narrower => {
                field.item = Item { field_type: narrower(&field.item.field_type, changes), ..field.item };
            }
        }
        // A default of another type is none.
        if !field
            .item
            .flags
            .default
            .as_deref()
            .is_none_or(|it| evt::value::misfits(it, &field.item).is_empty())
        {
            field.item.flags.default = None;
        }
        new.push(field);
    }
    new
}

/// A type that has all that this one has.
fn wider(field_type: &FieldType) -> FieldType {
    match field_type {
        FieldType::Scalar(ScalarType::Int) => FieldType::Scalar(ScalarType::Float),
        FieldType::Enum(values) if values.openness == Openness::Closed => {
            FieldType::Enum(EnumType { openness: Openness::Open, ..(**values).clone() }.into())
        }
        FieldType::Enum(_)
        | FieldType::Scalar(
            ScalarType::Uuid | ScalarType::Date | ScalarType::Timestamp | ScalarType::Bytes,
        ) => FieldType::Scalar(ScalarType::String),
        FieldType::Object(fields) => match &fields[..] {
            [only] => FieldType::Map(Box::new(only.item.clone())),
            _ => FieldType::Scalar(ScalarType::Json),
        },
        FieldType::List(item) => {
            FieldType::List(Box::new(Item { field_type: wider(&item.field_type), ..(**item).clone() }))
        }
        FieldType::Scalar(_) | FieldType::Map(_) => FieldType::Scalar(ScalarType::Json),
    }
}

/// A type that lacks something.
fn narrower(field_type: &FieldType, changes: &[Change]) -> FieldType {
    match field_type {
        FieldType::Scalar(ScalarType::Float) => FieldType::Scalar(ScalarType::Int),
        FieldType::Scalar(ScalarType::String) => FieldType::Scalar(ScalarType::Date),
        FieldType::Enum(values) => {
            let fewer: Vec<_> = values.values.iter().skip(1).cloned().collect();
            let values = if fewer.is_empty() { values.values.clone() } else { fewer };
            FieldType::Enum(EnumType { values, openness: Openness::Closed }.into())
        }
        FieldType::Object(old) => FieldType::Object(fields(old, &changes[1..]).into()),
        FieldType::Map(item) => FieldType::Map(Box::new(Item {
            field_type: narrower(&item.field_type, &[Change::Nothing]),
            ..(**item).clone()
        })),
        other => other.clone(),
    }
}
