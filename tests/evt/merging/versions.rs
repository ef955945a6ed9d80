//! When an event becomes a new version, and when it does not.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape, same_event, shapes};
use crate::project::Project;

#[test]
fn a_new_event_becomes_version_1() {
    let farm = Project::farm().file("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]).prints("+ cow_fed@1  new event").prints("+ cow_sold@1  new event");
    let versions = farm.versions("cow_sold");
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0]["event_version"], 1);
    assert!(versions[0]["previous"].is_null());
    assert_settled(&farm);
}

#[test]
fn a_changed_contract_names_the_version_before() {
    let farm = committed_farm();
    reshape(&farm, "int");
    let versions = farm.versions("cow_fed");
    assert_eq!(versions[1]["event_version"], 2);
    assert_eq!(versions[1]["previous"], versions[0]["fingerprint"]);
    assert_settled(&farm);
}

#[test]
fn going_back_to_an_older_shape_is_a_new_version() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.commit("int");
    reshape(&farm, "float");
    assert_eq!(shapes(&farm), ["float", "int", "float"]);
    let versions = farm.versions("cow_fed");
    assert_eq!(versions[2]["fingerprint"], versions[0]["fingerprint"]);
    assert_eq!(versions[2]["previous"], versions[1]["fingerprint"]);
    assert_settled(&farm);
}

#[test]
fn ten_versions_are_sorted_as_numbers() {
    let farm = Project::farm();
    for weight in ["int", "float"].into_iter().cycle().take(10) {
        reshape(&farm, weight);
    }
    let numbers: Vec<u64> =
        farm.versions("cow_fed").iter().filter_map(|entry| entry["event_version"].as_u64()).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<_>>());
    assert_settled(&farm);
}

#[test]
fn another_order_of_fields_inputs_and_enum_values_is_the_same_contract() {
    let mood = "  mood: { type: { enum: [calm, wild] }, from: cow.mood }\n";
    let farm = Project::farm().file(DEFINITION, cow_fed("float") + mood);
    farm.evt_ok(&["dump"]);
    let farm = farm.git_init();
    let reordered = cow_fed("float")
        .replace("  cow: required\n  farmer: optional\n", "  farmer: optional\n  cow: required\n")
        .replace("payload:\n", &format!("payload:\n{}", mood.replace("calm, wild", "wild, calm")));
    farm.write(DEFINITION, reordered);
    farm.evt_ok(&["dump"]).prints("~ cow_fed@1  metadata");
    assert_eq!(farm.versions("cow_fed").len(), 1);
    assert_eq!(farm.versions("cow_fed")[0]["payload_fields"][0]["name"], "mood");
    assert_settled(&farm);
}

#[test]
fn a_definition_in_another_file_changes_nothing() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    farm.remove(DEFINITION);
    farm.write("events/barn/feeding.yaml", cow_fed("float"));
    farm.evt_ok(&["dump"]).tells("up to date");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn one_changed_event_leaves_the_others_as_they_are() {
    let farm = Project::farm().file("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    let before = farm.versions("cow_sold");
    reshape(&farm, "int");
    assert_eq!(farm.versions("cow_sold"), before);
}
