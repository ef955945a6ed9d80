//! Texts of instants and days that are nearly right: the JSON Schema and the runtime judge them alike, whether or not a
//! validator asserts formats.

use evt::event::Contract;
use evt::export::payload_schema;
use evt::field_type::{Field, FieldType, Item, ScalarType};
use evt::payload::table;
use evt_runtime::shape::Unknown;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::agreement::{validator, version};
use super::cases;

const DAYS: [&str; 14] = [
    "2027-01-31",
    "2027-04-30",
    "2027-04-31",
    "2027-02-28",
    "2027-02-29",
    "2028-02-29",
    "1900-02-29",
    "2000-02-29",
    "2027-00-01",
    "2027-13-01",
    "2027-12-00",
    "2027-12-32",
    "2027-W04-7",
    "20270131",
];
const BETWEEN: [&str; 5] = ["T", "T", "t", " ", ""];
const TIMES: [&str; 9] =
    ["08:30:00", "00:00:00", "23:59:59", "23:59:60", "24:00:00", "08:60:00", "08:30:61", "08:30", "8:30:00"];
const FRACTIONS: [&str; 6] = ["", "", ".5", ".12345678901", ",5", "."];
const OFFSETS: [&str; 11] =
    ["Z", "Z", "z", "", "+01:00", "-00:00", "+23:59", "+24:00", "+25:59", "+0100", "+01:60"];

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn the_schema_and_the_runtime_judge_instants_and_days_alike(
        day in select(&DAYS[..]), between in select(&BETWEEN[..]), time in select(&TIMES[..]),
        fraction in select(&FRACTIONS[..]), offset in select(&OFFSETS[..]),
    ) {
        let instant = format!("{day}{between}{time}{fraction}{offset}");
        for (scalar, text) in [(ScalarType::Timestamp, instant.as_str()), (ScalarType::Date, day)] {
            let contract = of_one_field(scalar);
            let payload = json!({ "at": text });
            let reads = evt_runtime::check_json(table(&contract.payload_fields, Unknown::Ignore), &payload).is_ok();
            prop_assert_eq!(validator(&contract).is_valid(&payload), reads, "{}", text);
            // A pattern does not know what an offset makes of a second 60.
            if !time.ends_with(":60") {
                let schema = payload_schema(&version(&contract));
                let by_pattern = jsonschema::draft202012::options()
                    .should_validate_formats(false)
                    .build(&schema)
                    .expect("the export is a JSON Schema");
                prop_assert_eq!(by_pattern.is_valid(&payload), reads, "{}", text);
            }
        }
    }
}

fn of_one_field(scalar: ScalarType) -> Contract {
    let item = Item::plain(FieldType::Scalar(scalar));
    let at = Field { name: "at".to_owned(), required: true, from: None, attr: None, item };
    Contract {
        event_name: "cow_fed".to_owned(),
        event_type: "domain".to_owned(),
        required_inputs: Vec::new(),
        optional_inputs: Vec::new(),
        payload_fields: vec![at],
    }
}
