use super::*;
use crate::example::{farm, history};

fn record(payload: &str) -> serde_json::Value {
    let definition =
        format!("event_name: cow_fed\nevent_type: domain\ninputs: {{ cow: required }}\npayload:\n{payload}");
    let schema = history(&[&definition]);
    let text = schema_text(schema.latest("cow_fed").unwrap(), &Settings::default()).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn fields(payload: &str) -> Vec<String> {
    let record = record(payload);
    let shown = |field: &serde_json::Value| {
        let member = |key| field.get(key).map_or("-".to_owned(), ToString::to_string);
        format!("{} {}", member("type"), member("default"))
    };
    record["fields"].as_array().unwrap().iter().map(shown).collect()
}

#[test]
fn a_union_begins_with_the_branch_of_its_default() {
    let payload = "  a: { type: int, from: cow.a }
  b: { type: int, from: cow.b, required: false }
  c: { type: int, from: cow.c, nullable: true }
  d: { type: int, from: cow.d, nullable: true, required: false }
  e: { type: int, from: cow.e, default: 1e2 }
  f: { type: int, from: cow.f, nullable: true, default: 1 }
  g: { type: int, from: cow.g, nullable: true, default: null }
";
    let wanted = [
        r#""long" -"#,
        r#"["null","long"] null"#,
        r#"["null","long"] -"#,
        r#"["null","long"] null"#,
        r#""long" 100"#,
        r#"["long","null"] 1"#,
        r#"["null","long"] null"#,
    ];
    assert_eq!(fields(payload), wanted);
}

#[test]
fn a_default_that_avro_cannot_say_stands_beside() {
    let record =
        record("  a: { type: { list: { type: int, nullable: true } }, from: cow.a, default: [1, null] }\n");
    let field = &record["fields"][0];
    assert_eq!(field["default"], serde_json::Value::Null);
    assert_eq!(field["x-default"], serde_json::json!([1, null]));
    assert_eq!(field["type"][0], "null");
}

#[test]
fn a_type_is_defined_once_and_another_one_of_that_name_gets_a_number() {
    let record = record(
        "  a_b: { type: { object: { x: { type: int } } }, from: cow.a_b }
  ab: { type: { enum: [x, y] }, from: cow.ab }
  a: { type: { object: { b: { type: { object: { x: { type: int } } } } } }, from: cow.a }
",
    );
    let names: Vec<_> = record["fields"].as_array().unwrap().iter().map(|it| &it["type"]["name"]).collect();
    assert_eq!(names, ["AB", "Ab", "A"]);
    assert_eq!(record["fields"][2]["type"]["fields"][0]["type"], "cow_fed_types.AB");
}

#[test]
fn the_same_named_type_of_two_events_is_in_two_namespaces() {
    let schema = farm();
    let versions: Vec<&Version> = schema.versions().filter(|version| version.number == 1).collect();
    let settings = Settings { source: Some("urn:evt:farm"), namespace: None };
    let text = union_text(&versions, &settings).unwrap();
    let count = |text: &str, part: &str| text.matches(part).count();
    assert_eq!(count(&text, r#""name": "Money""#), 3);
    assert_eq!(count(&text, r#""evt.farm.farm.cow_fed_types.Money""#), 1, "{text}");
    assert_eq!(count(&text, r#""namespace": "evt.farm.cow_sold_types""#), 2);
}
