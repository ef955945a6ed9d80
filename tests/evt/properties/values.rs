//! Arbitrary values that an arbitrary type admits.

use evt::field_type::{Field, FieldType, Item, Openness, ScalarType};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::alphabet::{PATTERNS, TEXTS, one_of};

/// A value that `item` admits, as the schema file gives it back.
pub(super) fn value(item: &Item) -> BoxedStrategy<Value> {
    let value = match &item.field_type {
        FieldType::Scalar(ScalarType::String) => text(item),
        FieldType::Scalar(scalar) => scalar_value(*scalar),
        FieldType::Enum(values) => {
            let mut known: Vec<Value> = values.values.iter().map(|value| json!(value)).collect();
            known.extend((values.openness == Openness::Open).then(|| json!("unheard of")));
            prop::sample::select(known).boxed()
        }
        FieldType::List(inner) => prop::collection::vec(value(inner), 1..3).prop_map(Value::Array).boxed(),
        FieldType::Map(inner) => prop::collection::vec((one_of(&TEXTS), value(inner)), 1..4)
            .prop_map(|members| Value::Object(members.into_iter().collect()))
            .boxed(),
        FieldType::Object(fields) => object(fields),
    };
    if item.flags.nullable { prop_oneof![3 => value, 1 => Just(Value::Null)].boxed() } else { value }
}

fn text(item: &Item) -> BoxedStrategy<Value> {
    match &item.flags.pattern {
        None => one_of(&TEXTS)
            .prop_filter("as long as it must be", min_length(item))
            .prop_map(Value::from)
            .boxed(),
        Some(pattern) => {
            let (_, sample) =
                PATTERNS.iter().find(|(known, _)| **known == **pattern).expect("patterns come from the list");
            Just(json!(sample)).boxed()
        }
    }
}

fn min_length(item: &Item) -> impl Fn(&String) -> bool + 'static {
    let least = usize::try_from(item.flags.min_length.unwrap_or(0)).expect("lengths are small");
    move |text| text.chars().count() >= least
}

fn scalar_value(scalar: ScalarType) -> BoxedStrategy<Value> {
    let samples = match scalar {
        ScalarType::String => vec![json!("a")],
        ScalarType::Int => vec![json!(0), json!(1), json!(7)],
        ScalarType::Float => vec![json!(0), json!(7), json!(0.1), json!(2.5), json!(1e-7)],
        ScalarType::Bool => vec![json!(true), json!(false)],
        ScalarType::Decimal => {
            vec![json!("0"), json!("0.1"), json!("7"), json!("1.2345678901234567890123456")]
        }
        ScalarType::Uuid => vec![json!("67e55044-10b1-426f-9247-bb680e5fe0c8")],
        ScalarType::Timestamp => {
            vec![json!("2027-01-31T08:30:00Z"), json!("2027-01-31t08:30:00.12345678901-23:59")]
        }
        ScalarType::Date => vec![json!("2027-01-31"), json!("2028-02-29")],
        ScalarType::Bytes => vec![json!(""), json!("aGk=")],
        ScalarType::Json => return any_json(),
    };
    prop::sample::select(samples).boxed()
}

fn any_json() -> BoxedStrategy<Value> {
    let leaves = vec![
        Value::Null,
        json!(true),
        json!(1),
        json!("1"),
        json!(-9_223_372_036_854_775_808_i64),
        json!(18_446_744_073_709_551_615_u64),
        json!(0.5),
        json!(1e21),
        json!("]"),
        json!("\u{1}\u{7f}\u{2028}"),
    ];
    prop::sample::select(leaves)
        .prop_recursive(2, 8, 3, |inner| {
            let members = prop::collection::vec((one_of(&TEXTS), inner.clone()), 0..3);
            prop_oneof![
                prop::collection::vec(inner, 0..3).prop_map(Value::Array),
                members.prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
        .boxed()
}

fn object(fields: &[Field]) -> BoxedStrategy<Value> {
    let members: Vec<BoxedStrategy<Option<(String, Value)>>> = fields
        .iter()
        .map(|field| {
            let name = field.name.clone();
            let member = value(&field.item).prop_map(move |value| (name.clone(), value));
            if field.required { member.prop_map(Some).boxed() } else { prop::option::of(member).boxed() }
        })
        .collect();
    members.prop_map(|members| Value::Object(members.into_iter().flatten().collect())).boxed()
}
