//! Registers are read before everything else, wherever they stand and however they are written.

use crate::checked;

const EVENT: &str = "
event_name: cow_sold
event_type: domain
subject: cow
inputs: { sale: required }
payload: { price: { type: Money, from: sale.price } }
";

fn messages(files: &[(&str, &str)]) -> Vec<String> {
    checked::files(files).1.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_register_may_stand_in_any_file() {
    let types = "types: { Money: decimal }";
    let subjects = "subjects: { cow: {} }\nremoved: { cow_lost: { reason: None was. } }";
    assert_eq!(messages(&[("a.yaml", EVENT), ("b.yaml", types), ("c.yaml", subjects)]), [""; 0]);
    let one = format!("{EVENT}---\n{types}\n---\n{subjects}");
    assert_eq!(messages(&[("a.yaml", &one)]), [""; 0]);
}

#[test]
fn the_keys_of_a_register_may_be_written_with_escapes() {
    let subjects = "subjects: { cow: {} }";
    let spellings = [
        r#""t\x79pes": { Money: decimal }"#,
        r#""\u0074ypes": { Money: decimal }"#,
        r#""type\U00000073": { Money: decimal }"#,
        "? \"ty\\\n  pes\"\n: { Money: decimal }",
        "? \"ty\\\r\n  pes\"\r\n: { Money: decimal }",
    ];
    for types in spellings {
        assert_eq!(
            messages(&[("a.yaml", EVENT), ("b.yaml", types), ("c.yaml", subjects)]),
            [""; 0],
            "{types}"
        );
    }
}

#[test]
fn of_two_events_of_one_name_the_first_file_has_it_in_whatever_order_files_are_found() {
    let event = |kind: &str| format!("event_name: cow_sold\nevent_type: {kind}\n");
    let (first, second) = (event("first"), format!("{}# types\n", event("second")));
    let (a, b) = (("events/a.yaml", first.as_str()), ("events/b.yaml", second.as_str()));
    for files in [[a, b], [b, a]] {
        let (catalogue, findings) = checked::files(&files);
        assert_eq!(catalogue.events["cow_sold"].event.contract.event_type, "first");
        let places: Vec<&str> = findings
            .iter()
            .filter_map(|finding| Some(finding.location.as_ref()?.file.path.as_str()))
            .collect();
        assert_eq!(places, ["events/b.yaml"]);
    }
}
