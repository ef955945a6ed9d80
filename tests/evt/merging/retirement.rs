//! Events whose definition is gone, is back, or has another name.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape, same_event};
use crate::project::Project;

/// A farm of two events, so that one of them can go.
fn committed_pair() -> Project {
    let farm = Project::farm().file("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.git_init()
}

fn renamed(old: &str, new: &str) -> String {
    format!("{}renamed_from: {old}\n", same_event(new))
}

#[test]
fn an_event_without_a_definition_keeps_its_history() {
    let farm = committed_pair();
    reshape(&farm, "int");
    farm.commit("int");
    let before = farm.versions("cow_fed");
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]).prints("- cow_fed@2  retired");
    let after = farm.versions("cow_fed");
    assert_eq!(after[0], before[0]);
    assert_eq!(after[1]["fingerprint"], before[1]["fingerprint"]);
    assert_eq!(after[1]["retired"], true);
    assert_settled(&farm);
}

#[test]
fn an_unchanged_event_that_is_back_loses_its_mark() {
    let farm = committed_pair();
    let before = farm.read("schemas/events.json");
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]);
    farm.commit("retired");
    farm.write(DEFINITION, cow_fed("float"));
    farm.evt_ok(&["dump"]).prints("+ cow_fed@1  no longer retired");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_changed_event_that_is_back_is_a_new_version_and_the_mark_is_gone() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]);
    farm.commit("retired");
    reshape(&farm, "int");
    let versions = farm.versions("cow_fed");
    assert_eq!(versions.len(), 2);
    assert!(versions.iter().all(|version| version.get("retired").is_none()));
    assert_settled(&farm);
}

#[test]
fn the_last_event_of_a_project_can_be_retired() {
    let farm = committed_farm();
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]);
    assert_eq!(farm.versions("cow_fed")[0]["retired"], true);
    assert_settled(&farm);
}

#[test]
fn a_renamed_event_starts_at_version_1_and_the_old_name_says_where_it_went() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten"));
    farm.evt_ok(&["dump"]).prints("+ cow_eaten@1  new event").prints("- cow_fed@1  retired");
    let old = &farm.versions("cow_fed")[0];
    assert_eq!((&old["retired"], &old["renamed_to"]), (&true.into(), &"cow_eaten".into()));
    assert_eq!(farm.versions("cow_eaten")[0]["event_version"], 1);
    assert_settled(&farm);
}

#[test]
fn a_renaming_that_stays_in_the_definition_gives_no_further_step() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten"));
    farm.evt_ok(&["dump"]);
    farm.commit("renamed");
    assert_settled(&farm);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten").replace("float", "int"));
    let run = farm.evt_ok(&["dump"]).prints("~ cow_eaten@2  new version");
    assert!(!run.stdout.contains("cow_fed"), "{}", run.stdout);
    assert_settled(&farm);
}

#[test]
fn a_renaming_that_is_taken_out_of_the_definition_is_still_known() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten"));
    farm.evt_ok(&["dump"]);
    farm.commit("renamed");
    farm.write("events/cow_eaten.yaml", same_event("cow_eaten"));
    farm.evt_ok(&["dump"]).tells("up to date");
    assert_eq!(farm.versions("cow_fed")[0]["renamed_to"], "cow_eaten");
}

#[test]
fn an_event_can_be_renamed_twice() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    for (old, new) in [("cow_fed", "cow_eaten"), ("cow_eaten", "cow_dined")] {
        let _ = std::fs::remove_file(farm.path(&format!("events/{old}.yaml")));
        farm.write(&format!("events/{new}.yaml"), renamed(old, new));
        farm.evt_ok(&["dump"]);
        farm.commit(new);
    }
    assert_eq!(farm.versions("cow_fed")[0]["renamed_to"], "cow_eaten");
    assert_eq!(farm.versions("cow_eaten")[0]["renamed_to"], "cow_dined");
    assert!(farm.versions("cow_dined")[0].get("retired").is_none());
    assert_settled(&farm);
}

#[test]
fn a_renaming_that_is_taken_back_before_a_commit_leaves_no_trace() {
    let farm = committed_pair();
    let before = farm.read("schemas/events.json");
    farm.remove(DEFINITION);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten"));
    farm.evt_ok(&["dump"]);
    farm.remove("events/cow_eaten.yaml");
    farm.write(DEFINITION, cow_fed("float"));
    farm.evt_ok(&["dump"]);
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_new_name_that_never_was_committed_is_not_where_an_event_went() {
    let farm = committed_pair();
    farm.remove(DEFINITION);
    farm.write("events/cow_eaten.yaml", renamed("cow_fed", "cow_eaten"));
    farm.evt_ok(&["dump"]);
    farm.remove("events/cow_eaten.yaml");
    farm.evt_ok(&["dump"]).prints("- cow_eaten  draft forgotten");
    assert_eq!(farm.versions("cow_eaten").len(), 0);
    assert_eq!(farm.versions("cow_fed")[0]["retired"], true);
    assert!(farm.versions("cow_fed")[0].get("renamed_to").is_none());
    assert_settled(&farm);
}
