//! An independent validator, by the JSON Schema of a payload, and the runtime, by its table, admit the same payloads.

use std::sync::Arc;

use evt::event::{Contract, Metadata};
use evt::export::payload_schema;
use evt::fingerprint::Fingerprint;
use evt::payload::{table, written};
use evt::schema::Version;
use evt_runtime::shape::Unknown;
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

use super::cases;
use super::contracts::contract;
use super::values::value;

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn a_payload_of_the_contract_is_admitted_by_both((contract, payload) in contract_and_payload()) {
        let [validator, table] = verdicts(&contract, &payload);
        prop_assert_eq!((validator, table), (Ok(()), Ok(())), "{:#}", payload);
    }

    #[test]
    fn what_evt_writes_of_a_payload_is_admitted_and_says_the_same((contract, payload) in contract_and_payload()) {
        let shape = table(&contract.payload_fields, Unknown::Reject);
        let text = written(&payload, shape).expect("the payload fits");
        let again: Value = serde_json::from_str(&text).expect("it is JSON");
        prop_assert!(validator(&contract).is_valid(&again), "{}", text);
        prop_assert_eq!(written(&again, shape), Ok(text));
        for (field, value) in payload.as_object().expect("a payload is an object") {
            prop_assert!(says(&again[field], value), "{}: {} {}", field, again, payload);
        }
    }

    #[test]
    fn what_one_refuses_the_other_refuses(
        (contract, mut payload) in contract_and_payload(),
        at in any::<Index>(),
        other in select(others()),
    ) {
        // Bounds of decimals, which are texts, are beyond JSON Schema.
        let places = places(&payload);
        spoil(&mut payload, &places[at.index(places.len())], other);
        let [validator, table] = verdicts(&contract, &payload);
        prop_assert_eq!(validator.is_ok(), table.is_ok(), "{:?} {:?}\n{:#}", validator, table, payload);
    }
}

/// Whether a value says all that another one does: numbers may be written in another way, defaults may have come.
fn says(written: &Value, given: &Value) -> bool {
    match (written, given) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| says(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            other.iter().all(|(key, value)| one.get(key).is_some_and(|written| says(written, value)))
        }
        (one, other) => one == other,
    }
}

/// A contract with a payload that fits it; fields that may be left out sometimes are.
pub(super) fn contract_and_payload() -> impl Strategy<Value = (Contract, Value)> {
    contract("cow_fed").prop_flat_map(|contract| {
        let fields: Vec<_> = contract.payload_fields.clone();
        let values: Vec<_> = fields.iter().map(|field| (value(&field.item), any::<bool>())).collect();
        let payload = values.prop_map(move |values| {
            let members = fields.iter().zip(values).filter_map(|(field, (value, kept))| {
                let may_be_absent = !field.required || field.item.flags.default.is_some();
                (kept || !may_be_absent).then(|| (field.name.clone(), value))
            });
            Value::Object(members.collect::<Map<_, _>>())
        });
        (Just(contract), payload)
    })
}

/// What the validator and the table say.
fn verdicts(contract: &Contract, payload: &Value) -> [Result<(), String>; 2] {
    let table = table(&contract.payload_fields, Unknown::Ignore);
    [
        validator(contract).validate(payload).map_err(|error| error.to_string()),
        evt_runtime::check_json(table, payload).map_err(|misfits| misfits.to_string()),
    ]
}

/// A contract as a first version.
pub(super) fn version(contract: &Contract) -> Version {
    Version {
        number: 1,
        fingerprint: Fingerprint::of(contract),
        contract: Arc::new(contract.clone()),
        previous: None,
        metadata: Arc::new(Metadata::default()),
        renamed_to: None,
        retired: false,
    }
}

/// The independent validator, by the JSON Schema of the payload.
pub(super) fn validator(contract: &Contract) -> Validator {
    let schema = payload_schema(&version(contract));
    let options = jsonschema::draft202012::options().should_validate_formats(true);
    options.build(&schema).expect("the export is a JSON Schema")
}

pub(super) fn others() -> Vec<Value> {
    vec![
        Value::Null,
        json!(true),
        json!(1),
        json!(1.5),
        json!(1e2),
        json!(9_223_372_036_854_775_808_u64),
        json!(-1e300),
        json!("a\u{0}"),
        json!(""),
        json!("calm"),
        json!("01"),
        json!("1.5"),
        json!("2027-02-30"),
        json!("2027-01-31T08:30:00"),
        json!("2027-01-31T08:30Z"),
        json!("2027-01-31T08:30:00,5+25:59"),
        json!("aGk"),
        json!("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        json!([]),
        json!({}),
        json!([[1]]),
    ]
}

/// Pointers to every value of a payload, its own included.
pub(super) fn places(payload: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut next = 0;
    while let Some(place) = found.get(next).cloned() {
        next += 1;
        let below: Vec<String> = match payload.pointer(&place).expect("the place was found") {
            Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
            Value::Object(members) => {
                members.keys().map(|key| key.replace('~', "~0").replace('/', "~1")).collect()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
        };
        found.extend(below.into_iter().map(|step| format!("{place}/{step}")));
    }
    found
}

pub(super) fn spoil(payload: &mut Value, place: &str, other: Value) {
    *payload.pointer_mut(place).expect("the place was found") = other;
}
