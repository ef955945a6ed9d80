//! Metadata is rewritten in place; what was accepted is sealed.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape};
use crate::project::Project;

fn accepting(weight: &str, rules: &[&str]) -> String {
    let accepts = rules.iter().map(|rule| format!("  - {{ rule: {rule}, reason: agreed }}\n"));
    let heading = if rules.is_empty() { "" } else { "accepts:\n" };
    format!("{}{heading}{}", cow_fed(weight), accepts.collect::<String>())
}

fn accepted(farm: &Project) -> Vec<String> {
    let versions = farm.versions("cow_fed");
    let latest = versions.last().expect("there is a version");
    let accepts = latest["accepts"].as_array().cloned().unwrap_or_default();
    accepts.iter().map(|accepted| accepted["rule"].as_str().expect("a rule is text").to_owned()).collect()
}

#[test]
fn from_durable_to_broker_is_a_change_of_one_line() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    farm.edit(DEFINITION, "durable", "broker");
    farm.evt_ok(&["dump"]).prints("~ cow_fed@1  metadata");
    let after = farm.read("schemas/events.json");
    assert_eq!(before.lines().count(), after.lines().count());
    let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed, [("      \"process_type\": \"durable\",", "      \"process_type\": \"broker\",")]);
    assert_settled(&farm);
}

#[test]
fn metadata_changes_the_latest_version_alone() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.commit("int");
    farm.edit(DEFINITION, "team-barn", "team-field");
    farm.evt_ok(&["dump"]);
    let versions = farm.versions("cow_fed");
    assert_eq!(versions[0]["owner"], "team-barn");
    assert_eq!(versions[1]["owner"], "team-field");
    assert_settled(&farm);
}

#[test]
fn metadata_that_is_taken_out_of_the_definition_is_gone() {
    let farm = committed_farm();
    farm.edit(DEFINITION, "domain: farm\n", "");
    farm.evt_ok(&["dump"]);
    assert!(farm.versions("cow_fed")[0].get("domain").is_none());
    assert_settled(&farm);
}

#[test]
fn what_a_committed_version_accepts_stays_when_the_definition_drops_it() {
    let farm = committed_farm();
    farm.write(DEFINITION, accepting("int", &["type-changed"]));
    farm.evt_ok(&["dump"]);
    farm.commit("accepted");
    farm.write(DEFINITION, accepting("int", &[]));
    farm.evt_ok(&["dump"]).tells("up to date");
    assert_eq!(accepted(&farm), ["type-changed"]);
    assert_settled(&farm);
}

#[test]
fn a_committed_version_can_accept_more() {
    let farm = committed_farm();
    farm.write(DEFINITION, accepting("int", &["type-changed"]));
    farm.evt_ok(&["dump"]);
    farm.commit("accepted");
    farm.write(DEFINITION, accepting("int", &["unit-changed"]));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  metadata");
    assert_eq!(accepted(&farm), ["type-changed", "unit-changed"]);
    assert_settled(&farm);
}

#[test]
fn a_new_version_does_not_accept_what_the_one_before_did() {
    let farm = committed_farm();
    farm.write(DEFINITION, accepting("int", &["type-changed"]));
    farm.evt_ok(&["dump"]);
    farm.commit("accepted");
    farm.write(DEFINITION, accepting("string", &[]));
    farm.evt_ok(&["dump"]);
    assert_eq!(accepted(&farm), Vec::<String>::new());
    assert_eq!(farm.versions("cow_fed")[1]["accepts"][0]["rule"], "type-changed");
}

#[test]
fn a_draft_that_is_replaced_accepts_what_its_definition_says_now() {
    let farm = committed_farm();
    farm.write(DEFINITION, accepting("int", &["type-changed"]));
    farm.evt_ok(&["dump"]);
    farm.write(DEFINITION, accepting("string", &["unit-changed"]));
    farm.evt_ok(&["dump"]);
    assert_eq!(accepted(&farm), ["unit-changed"]);
    assert_settled(&farm);
}

#[test]
fn a_draft_no_longer_accepts_what_its_definition_drops() {
    let farm = committed_farm();
    farm.write(DEFINITION, accepting("int", &["type-changed"]));
    farm.evt_ok(&["dump"]);
    farm.write(DEFINITION, accepting("int", &[]));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  metadata");
    assert_eq!(accepted(&farm), Vec::<String>::new());
    assert_settled(&farm);
}
