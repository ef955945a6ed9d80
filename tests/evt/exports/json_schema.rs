use jsonschema::Validator;
use serde_json::{Value, json};

use super::{grown, live, payload};
use crate::newcomer::evt;
use crate::project::Project;

fn is_schema(value: &Value) -> bool {
    jsonschema::draft202012::meta::is_valid(value)
}

/// A validator of the schema that `reference` names in a bundle.
fn inside(bundle: &Value, reference: &str) -> Validator {
    let document = json!({ "$id": "urn:test", "$defs": { "bundle": bundle }, "$ref": reference });
    jsonschema::draft202012::new(&document).unwrap_or_else(|error| panic!("{reference}: {error}"))
}

/// The bundle with another root, for programs that look at pointers alone.
fn rooted_at(bundle: &Value, reference: &Value) -> Validator {
    let mut document = bundle.clone();
    let members = document.as_object_mut().expect("a bundle is an object");
    members.remove("anyOf");
    members.insert("$ref".to_owned(), reference["$ref"].clone());
    jsonschema::draft202012::new(&document).expect("the reference resolves")
}

#[test]
fn the_bundle_is_a_schema_whose_references_resolve() {
    for name in ["farm", "shop"] {
        let (project, schema) = grown(name);
        let bundle = evt(&project, "export json-schema").exits(0).json();
        assert!(is_schema(&bundle), "{name}");
        let references = bundle["anyOf"].as_array().expect("there are events");
        assert_eq!(references.len(), live(&schema).count(), "{name}");
        let whole = jsonschema::draft202012::new(&bundle).expect("every reference resolves");
        let mut tried = 0;
        for (version, reference) in live(&schema).zip(references) {
            let (event, number) = (&version.contract.event_name, version.number);
            let id = format!("urn:evt:{name}:{event}:{number}");
            let validators = [inside(&bundle, &id), rooted_at(&bundle, reference)];
            let Some(payload) = payload(version) else { continue };
            assert!(validators.iter().all(|it| it.is_valid(&payload)), "{event}@{number}: {payload}");
            assert!(whole.is_valid(&payload), "{event}@{number}");
            assert!(validators.iter().all(|it| !it.is_valid(&json!([]))), "{event}@{number}");
            tried += 1;
        }
        assert!(tried > 40, "{name}: {tried} payloads");
    }
}

#[test]
fn a_version_is_the_same_alone_and_in_the_bundle() {
    let (project, schema) = grown("farm");
    let bundle = evt(&project, "export json-schema").exits(0).json();
    for version in live(&schema).take(20) {
        let name = format!("{}@{}", version.contract.event_name, version.number);
        let mut alone = evt(&project, &format!("export json-schema {name}")).exits(0).json();
        assert!(is_schema(&alone), "{name}");
        jsonschema::draft202012::new(&alone).expect("it refers to nothing outside");
        let dialect = alone.as_object_mut().expect("a schema is an object").remove("$schema");
        assert_eq!(dialect, Some(json!("https://json-schema.org/draft/2020-12/schema")));
        assert_eq!(alone, bundle["$defs"][&name], "{name}");
    }
}

#[test]
fn an_event_without_a_version_is_its_latest() {
    let (project, schema) = grown("shop");
    let (event, versions) =
        schema.events.iter().find(|(_, versions)| versions.len() > 2).expect("there is one");
    let latest = evt(&project, &format!("export json-schema {event}")).exits(0).stdout;
    assert_eq!(latest, evt(&project, &format!("export json-schema {event}@{}", versions.len())).stdout);
}

#[test]
fn retired_events_are_left_out_unless_they_are_asked_for() {
    let project = Project::farm();
    evt(&project, "dump").exits(0);
    project.edit("events/cow_fed.yaml", "event_name: cow_fed", "event_name: cow_nourished");
    evt(&project, "dump").exits(0);
    let names = |line: &str| -> Vec<String> {
        let bundle = evt(&project, line).exits(0).json();
        bundle["$defs"].as_object().expect("definitions").keys().cloned().collect()
    };
    assert_eq!(names("export json-schema"), ["cow_nourished@1"]);
    assert_eq!(names("export json-schema --retired"), ["cow_fed@1", "cow_nourished@1"]);
    assert_eq!(evt(&project, "export json-schema cow_fed").exits(0).json()["title"], "cow_fed@1");
}

#[test]
fn fields_stand_in_the_order_of_the_definition() {
    let project = Project::farm().file("evt.toml", "[project]\nsource = \"https://farm.example/\"\n");
    evt(&project, "dump").exits(0);
    insta::assert_snapshot!(evt(&project, "export json-schema cow_fed").exits(0).stdout, @r#"
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://farm.example/cow_fed/1",
      "title": "cow_fed@1",
      "description": "A cow was fed.",
      "type": "object",
      "properties": {
        "weight": {
          "type": "number",
          "x-unit": "kg"
        },
        "farmer_name": {
          "type": "string",
          "pattern": "^[^\\u0000]*$",
          "maxLength": 80
        }
      },
      "required": ["weight"]
    }
    "#);
}
