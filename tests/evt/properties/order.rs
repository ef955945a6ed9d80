//! Neither the order of what a definition says nor its spelling changes the fingerprint.

use std::sync::Arc;

use evt::event::Contract;
use evt::field_type::{Field, FieldType, Item};
use evt::fingerprint::{Fingerprint, canonical_text};
use proptest::prelude::*;

use super::cases;
use super::contracts::contract;
use super::yaml::{Spelling, document};
use crate::checked;

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_definition_has_the_fingerprint_of_its_contract_in_every_spelling(contract in contract("cow_fed")) {
        for spelling in [Spelling::Short, Spelling::Long] {
            let text = document(&contract, spelling);
            prop_assert_eq!(texts(&[("events/a.yaml", &text)]), vec![canonical_text(&contract)], "{}", text);
        }
    }

    #[test]
    fn declared_order_does_not_change_the_fingerprint(contract in contract("cow_fed")) {
        let mut turned = contract.clone();
        turn(&mut turned);
        prop_assert_eq!(Fingerprint::of(&turned), Fingerprint::of(&contract));
        let text = document(&turned, Spelling::Short);
        prop_assert_eq!(texts(&[("events/a.yaml", &text)]), vec![canonical_text(&contract)], "{}", text);
    }

    #[test]
    fn files_and_their_order_do_not_change_fingerprints(
        contracts in (contract("a_fed"), contract("b_fed"), contract("c_fed"))
    ) {
        let [a, b, c] = [&contracts.0, &contracts.1, &contracts.2].map(|each| document(each, Spelling::Short));
        let expected = texts(&[("events/a.yaml", &a), ("events/b.yaml", &b), ("events/c.yaml", &c)]);
        prop_assert_eq!(expected.len(), 3);
        let together = format!("{c}\n---\n{a}\n---\n{b}\n");
        prop_assert_eq!(&texts(&[("events/a.yaml", &together)]), &expected);
        prop_assert_eq!(&texts(&[("x/z/c.yml", &c), ("x/b.yaml", &b), ("events/z.yaml", &a)]), &expected);
    }
}

/// The canonical texts of the events, by name.
fn texts(files: &[(&str, &str)]) -> Vec<String> {
    let (catalogue, findings) = checked::files(files);
    let errors = checked::errors_of_meaning(&findings);
    assert!(errors.is_empty(), "{files:#?}\n{errors:#?}");
    catalogue.events.values().map(|defined| canonical_text(&defined.event.contract)).collect()
}

/// Turns every order around.
fn turn(contract: &mut Contract) {
    contract.required_inputs.reverse();
    contract.optional_inputs.reverse();
    turn_fields(&mut contract.payload_fields);
}

fn turn_fields(fields: &mut [Field]) {
    fields.reverse();
    for field in fields {
        turn_item(&mut field.item);
    }
}

fn turn_item(item: &mut Item) {
    match &mut item.field_type {
        FieldType::Scalar(_) => {}
        FieldType::List(item) | FieldType::Map(item) => turn_item(item),
        FieldType::Enum(values) => Arc::make_mut(values).values.reverse(),
        FieldType::Object(fields) => turn_fields(Arc::<Vec<Field>>::make_mut(fields)),
    }
}
