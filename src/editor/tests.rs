use std::sync::Arc;

use serde_json::{Value, json};

use super::{Names, config_schema, definition_schema};
use crate::check::check;
use crate::example::{FARM, farm};
use crate::project::Project;
use crate::schema::Schema;
use crate::source::SourceFile;

fn names(definitions: &str, schema: &Schema) -> Names {
    let file = |path: &str, text: &str| Arc::new(SourceFile::new(path, text.to_owned()));
    let (catalogue, _) = check(vec![file("events/farm.yaml", definitions)], Vec::new());
    let project = Project::read(&file("evt.toml", "[compat]\ndomain = { shop = \"none\" }\n")).unwrap();
    Names::of(&catalogue, schema, &project)
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn names_that_must_exist_are_the_only_ones() {
    let schema = parsed(&definition_schema(&names(FARM, &farm())));
    assert_eq!(
        schema["$defs"]["subject_name"],
        json!({ "enum": ["cow", "tank"], "enumDescriptions": ["A cow.", ""] })
    );
    assert_eq!(schema["$defs"]["named_type"]["enum"], json!(["Money"]));
    assert!(schema["$defs"]["container_type"]["pattern"].as_str().unwrap().ends_with("|json|Money)>+$"));
    let events = json!(["cow_fed", "cow_given", "cow_sold", "tank_emptied"]);
    assert_eq!(schema["properties"]["renamed_from"]["enum"], events);
    assert_eq!(schema["$defs"]["verb"]["properties"]["renamed_from"]["enum"], events);
    let removed = schema["properties"]["removed"]["properties"].as_object().unwrap();
    assert_eq!(json!(removed.keys().collect::<Vec<_>>()), events);
}

#[test]
fn names_that_may_be_new_are_offered() {
    let schema = parsed(&definition_schema(&names(FARM, &farm())));
    let offered = |pointer: &str| schema.pointer(pointer).unwrap()["anyOf"][0]["enum"].clone();
    assert_eq!(offered("/properties/domain"), json!(["farm", "shop"]));
    assert_eq!(offered("/properties/owner"), json!(["team-barn"]));
    assert_eq!(offered("/properties/event_type"), json!(["domain", "integration", "system"]));
    assert_eq!(offered("/$defs/aggregate/properties/type"), json!(["Cow"]));
    assert_eq!(offered("/$defs/unit"), json!(["kg"]));
    assert_eq!(schema["properties"]["domain"]["anyOf"][1], json!({ "$ref": "#/$defs/name" }));
}

#[test]
fn rules_are_known_by_their_ids() {
    let schema = parsed(&definition_schema(&Names::default()));
    let of = |list: &str| schema["$defs"][list]["items"]["properties"]["rule"]["enum"].to_string();
    assert!(of("allow").contains("\"string-unbounded\"") && of("allow").contains("\"event-removed\""));
    assert!(!of("accepts").contains("\"string-unbounded\"") && of("accepts").contains("\"event-removed\""));
}

#[test]
fn a_project_without_names_closes_nothing() {
    let schema = parsed(&definition_schema(&Names::default()));
    assert_eq!(schema["$defs"]["subject_name"], json!({ "$ref": "#/$defs/name" }));
    assert_eq!(schema["properties"]["domain"]["$ref"], "#/$defs/name");
    assert!(schema["properties"]["removed"]["properties"].is_null());
}

#[test]
fn evt_toml_knows_every_rule_that_can_be_set() {
    let schema = parsed(&config_schema(&names(FARM, &farm())));
    let rules = &schema["properties"]["rules"];
    assert_eq!(rules["additionalProperties"], false);
    let text = |id: &str| rules["properties"][id]["description"].as_str().unwrap_or_default();
    assert!(text("string-unbounded").ends_with("Default: `info`."), "{}", text("string-unbounded"));
    assert!(text("timestamp-name").ends_with("Default: `off`."), "{}", text("timestamp-name"));
    assert!(rules["properties"]["yaml-syntax"].is_null());
    let domains = &schema["properties"]["compat"]["properties"]["domain"]["properties"];
    assert_eq!(json!(domains.as_object().unwrap().keys().collect::<Vec<_>>()), json!(["farm", "shop"]));
}

#[test]
fn the_same_names_give_the_same_bytes() {
    let names = names(FARM, &farm());
    assert_eq!(definition_schema(&names), definition_schema(&names));
    assert_eq!(config_schema(&names), config_schema(&names));
}
