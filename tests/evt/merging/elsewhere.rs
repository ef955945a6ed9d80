//! Schema files that move, and projects that only read one.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, same_event};
use crate::project::Project;

#[test]
fn a_schema_file_that_moves_with_a_change_loses_no_history() {
    let farm = committed_farm();
    std::fs::create_dir(farm.path("contracts")).expect("folders can be made");
    farm.git(&["mv", "schemas/events.json", "contracts/farm.json"]);
    farm.settings("[schema]\npath = \"contracts/farm.json\"\n");
    farm.write(DEFINITION, cow_fed("int"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  new version");
    farm.write(DEFINITION, cow_fed("string"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  draft replaced");
    farm.evt_ok(&["verify", "--against", "HEAD"]);
    farm.commit("moved");
    farm.evt_ok(&["verify", "--against", "HEAD~1"]);
}

#[test]
fn a_project_that_moves_with_a_change_loses_no_history() {
    let farm = committed_farm();
    std::fs::create_dir(farm.path("barn")).expect("folders can be made");
    farm.git(&["mv", "evt.toml", "events", "schemas", "barn"]);
    farm.write("barn/events/cow_fed.yaml", cow_fed("int"));
    farm.evt_ok(&["-C", "barn", "dump"]).prints("~ cow_fed@2  new version");
}

#[test]
fn a_consumer_dumps_and_verifies_without_definitions() {
    let farm = committed_farm();
    let schema = farm.read("schemas/events.json");
    let consumer = Project::empty()
        .file("evt.toml", "[definitions]\npaths = []\n")
        .file("schemas/events.json", &schema)
        .git_init();
    consumer.evt_ok(&["dump"]);
    consumer.evt_ok(&["verify"]);
    consumer.evt_ok(&["verify", "--against", "main"]);
    assert_eq!(consumer.read("schemas/events.json"), schema);
}

#[test]
fn a_consumer_ignores_definitions_that_lie_about() {
    let consumer = committed_farm();
    consumer.write("evt.toml", "[definitions]\npaths = []\n");
    consumer.write(DEFINITION, cow_fed("int"));
    consumer.write("events/cow_sold.yaml", same_event("cow_sold"));
    let before = consumer.read("schemas/events.json");
    assert_settled(&consumer);
    assert_eq!(consumer.read("schemas/events.json"), before);
}

#[test]
fn a_consumer_without_a_schema_file_is_told_where_it_comes_from() {
    let consumer = Project::empty().file("evt.toml", "[definitions]\npaths = []\n");
    let run = consumer.evt(&["verify"]).exits(1).prints("drift-schema-missing");
    assert!(run.stdout.contains("copy the schema file"), "{}", run.stdout);
    consumer.evt(&["dump"]).exits(3);
    assert!(!consumer.exists("schemas/events.json"));
}

#[test]
fn a_consumer_finds_what_is_wrong_with_its_schema_file() {
    let consumer = committed_farm();
    consumer.write("evt.toml", "[definitions]\npaths = []\n");
    consumer.edit("schemas/events.json", "\"type\": \"float\"", "\"type\": \"int\"");
    consumer.evt(&["verify"]).exits(1).prints("history-fingerprint-mismatch");
    let before = consumer.read("schemas/events.json");
    consumer.evt(&["dump"]).exits(3);
    assert_eq!(consumer.read("schemas/events.json"), before);
}
