//! Every contract has an Avro schema that others parse, by which its payloads are written and read again.

use apache_avro::Schema;
use evt::export::avro::{Settings, schema_text, union_text};
use proptest::prelude::*;

use super::agreement::{contract_and_payload, version};
use super::cases;
use crate::exports::avro::{given, survives};

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn avro_schemas_parse_and_take_the_payloads_of_their_contract((contract, payload) in contract_and_payload()) {
        let text = schema_text(&version(&contract), &Settings::default()).expect("its names are names in Avro");
        let schema = Schema::parse_str(&text);
        prop_assert!(schema.is_ok(), "{}\n{}", schema.unwrap_err(), text);
        let written = survives(&schema.unwrap(), given(&contract.payload_fields, &payload));
        prop_assert_eq!(written, Ok(()), "{}\n{:#}", text, payload);
    }

    #[test]
    fn avro_schemas_of_several_events_parse_as_one((one, _) in contract_and_payload(), (mut other, _) in contract_and_payload()) {
        other.event_name = "calf_born".to_owned();
        let settings = Settings { source: Some("urn:evt:farm"), namespace: None };
        let text = union_text(&[&version(&one), &version(&other)], &settings).expect("its names are names in Avro");
        let schema = Schema::parse_str(&text);
        prop_assert!(schema.is_ok(), "{}\n{}", schema.unwrap_err(), text);
    }
}
