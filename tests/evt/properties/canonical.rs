//! Distinct contracts have distinct canonical texts, equal ones the same.

use evt::event::Contract;
use evt::field_type::{EnumType, Field, FieldType, Item, Number, Openness, ScalarType};
use evt::fingerprint::canonical_text;
use proptest::prelude::*;
use serde_json::json;

use super::cases;
use super::contracts::{contract, item};
use super::normal_form::NormalContract;

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn contracts_have_the_same_text_only_if_they_say_the_same(
        contracts in prop::collection::vec(contract("cow_fed"), 2..10)
    ) {
        compare_all(&contracts);
    }

    #[test]
    fn types_have_the_same_text_only_if_they_say_the_same(items in prop::collection::vec(item(2), 2..30)) {
        compare_all(&items.into_iter().map(of_item).collect::<Vec<_>>());
    }

    #[test]
    fn a_contract_with_one_change_has_another_text(before in contract("cow_fed"), extra in item(1)) {
        let mut after = before.clone();
        for (index, field) in before.payload_fields.iter().enumerate() {
            if NormalContract::from(&of_item(extra.clone())) != NormalContract::from(&of_item(field.item.clone())) {
                after.payload_fields[index].item = extra.clone();
                break;
            }
        }
        let changed = before != after;
        prop_assert_eq!(canonical_text(&before) != canonical_text(&after), changed);
    }
}

/// A contract whose one field is `item`.
fn of_item(item: Item) -> Contract {
    let field = Field { name: "a".into(), required: true, from: Some("a".into()), attr: None, item };
    Contract {
        event_name: "cow_fed".into(),
        event_type: "domain".into(),
        required_inputs: vec!["a".into()],
        optional_inputs: Vec::new(),
        payload_fields: vec![field],
    }
}

fn compare_all(contracts: &[Contract]) {
    let known: Vec<_> =
        contracts.iter().map(|contract| (NormalContract::from(contract), canonical_text(contract))).collect();
    for (index, (normal, text)) in known.iter().enumerate() {
        for (other, other_text) in &known[..index] {
            assert_eq!(normal == other, text == other_text, "{normal:#?}\n{other:#?}\n{text}\n{other_text}");
        }
    }
}

#[test]
fn types_that_look_alike_have_different_texts() {
    let mut items = look_alike_enums();
    items.extend(look_alike_flags());
    items.extend(look_alike_objects());
    let mut nested: Vec<Item> = items.iter().cloned().map(list_of).collect();
    nested.extend(items.iter().cloned().map(|item| plain(FieldType::Map(Box::new(item)))));
    items.extend(nested);
    let contracts: Vec<Contract> = items.into_iter().map(of_item).collect();
    for (index, contract) in contracts.iter().enumerate() {
        for other in &contracts[..index] {
            assert_ne!(canonical_text(contract), canonical_text(other), "{contract:#?}\n{other:#?}");
        }
    }
}

fn plain(field_type: FieldType) -> Item {
    Item::plain(field_type)
}

fn text() -> Item {
    plain(FieldType::Scalar(ScalarType::String))
}

fn list_of(item: Item) -> Item {
    plain(FieldType::List(Box::new(item)))
}

fn look_alike_enums() -> Vec<Item> {
    let values: [&[&str]; 18] = [
        &["a", "b"],
        &["a|b"],
        &["a\"|\"b"],
        &["a", "b", "*"],
        &["a", "b|*"],
        &["a|b", "*"],
        &["\"a\"", "b"],
        &["\"a\"|b"],
        &["a)", "b"],
        &["a)|enum(b"],
        &["A"],
        &["\"A\""],
        &["\\\"A\\\""],
        &["A\"", "b"],
        &["A\\"],
        &["A\\\\"],
        &["*"],
        &[],
    ];
    let both = values.into_iter().flat_map(|values| [(values, Openness::Closed), (values, Openness::Open)]);
    both.map(|(values, openness)| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        plain(FieldType::Enum(EnumType { values, openness }.into()))
    })
    .collect()
}

fn look_alike_flags() -> Vec<Item> {
    let texts = ["]", "a]", "a\",unit=\"b", "a,unit=b", "a,b", "a\"]", "a", "a\\", "a\\\"", "nullable", "1"];
    let mut items: Vec<Item> = Vec::new();
    for flag in texts {
        let (mut pattern, mut unit, mut default) = (text(), text(), text());
        pattern.flags.pattern = Some(flag.into());
        unit.flags.unit = Some(flag.into());
        default.flags.default = Some(Box::new(json!(flag)));
        let mut both = pattern.clone();
        both.flags.unit = Some("b".into());
        items.extend([pattern, unit, default, both]);
    }
    let int = || plain(FieldType::Scalar(ScalarType::Int));
    let (mut least, mut most, mut number, mut nothing) = (int(), int(), text(), text());
    least.flags.min = Some(Number::Int(1));
    most.flags.max = Some(Number::Int(1));
    number.flags.default = Some(Box::new(json!(1)));
    nothing.flags.default = Some(Box::new(json!(null)));
    let mut nullable = text();
    nullable.flags.nullable = true;
    let mut string_null = text();
    string_null.flags.default = Some(Box::new(json!("null")));
    items.extend([int(), text(), least, most, number, nothing, nullable, string_null]);
    items
}

fn look_alike_objects() -> Vec<Item> {
    let field =
        |name: &str, required, item| Field { name: name.into(), required, from: None, attr: None, item };
    let mut a_then_b = text();
    a_then_b.flags.unit = Some("],b:string".into());
    let mut nullable = list_of(text());
    nullable.flags.nullable = true;
    let mut of_nullable = text();
    of_nullable.flags.nullable = true;
    let object = |fields: Vec<Field>| plain(FieldType::Object(fields.into()));
    vec![
        object(vec![]),
        object(vec![field("a", true, text())]),
        object(vec![field("a", false, text())]),
        object(vec![field("a", true, text()), field("b", true, text())]),
        object(vec![field("a", true, object(vec![field("b", true, text())]))]),
        object(vec![field("a", true, object(vec![])), field("b", true, text())]),
        object(vec![field("a", true, a_then_b)]),
        object(vec![field("a", true, nullable)]),
        object(vec![field("a", true, list_of(of_nullable))]),
    ]
}
