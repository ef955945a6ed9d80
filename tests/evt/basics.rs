//! The main job: define, dump, change, verify.

use crate::project::Project;

#[test]
fn a_dumped_project_verifies() {
    let farm = Project::farm();
    farm.evt("verify".split(' ').collect::<Vec<_>>().as_slice()).exits(1).prints("drift-schema-missing");
    farm.evt_ok(&["dump"]).prints("+ cow_fed@1  new event");
    farm.evt_ok(&["verify"]);
}

#[test]
fn dumping_twice_changes_no_byte() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    let before = farm.read("schemas/events.json");
    farm.evt_ok(&["dump"]).tells("schemas/events.json is up to date");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_changed_contract_becomes_the_next_version() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    farm.edit("events/cow_fed.yaml", "type: float", "type: int");
    farm.evt(&["verify"]).exits(1).prints("drift-event-changed").prints("~ field `weight`: float → int");
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  new version");
    let versions = farm.versions("cow_fed");
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1]["previous"], versions[0]["fingerprint"]);
    farm.evt_ok(&["verify"]);
}

#[test]
fn the_definitions_that_the_readme_shows_are_right() {
    let project = Project::new();
    let (first_steps, _) = include_str!("../../README.md").split_once("\n## In CI\n").expect("a heading");
    let blocks = first_steps.split("```yaml\n").skip(1);
    let blocks: Vec<&str> = blocks.filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() >= 2, "{blocks:?}");
    for (index, block) in blocks.iter().enumerate() {
        project.write(&format!("events/{index}.yaml"), block);
    }
    project.evt_ok(&["dump"]).prints("+ cow_fed@1");
    project.evt_ok(&["fmt", "--check"]);
}
