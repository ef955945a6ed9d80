//! What both sides say besides the contract.

use super::{DEFINITION, assert_sound, commit_on, farm, farm_with_base, merge, same_event};
use crate::project::Project;

const OWNER: &str = "owner: team-barn\n";

fn accepting(rule: &str) -> String {
    format!("accepts:\n  - {{ rule: {rule}, reason: agreed }}\n")
}

#[test]
fn metadata_of_both_sides_is_what_the_merged_definition_says() {
    let farm = farm();
    commit_on(&farm, "main", || farm.edit(DEFINITION, "process_type: durable", "process_type: broker"));
    commit_on(&farm, "feature", || farm.edit(DEFINITION, OWNER, "owner: team-field\n"));
    merge(&farm, "main");
    farm.evt_ok(&["dump"]);
    let latest = &farm.versions("cow_fed")[0];
    assert_eq!((&latest["process_type"], &latest["owner"]), (&"broker".into(), &"team-field".into()));
    assert_sound(&farm);
}

#[test]
fn what_either_side_accepts_stays_accepted() {
    let farm = farm_with_base();
    let definition = farm.read(DEFINITION);
    for (branch, rule, before) in
        [("main", "type-changed", "inputs:"), ("feature", "unit-changed", "payload:")]
    {
        let accepts = format!("{}{before}", accepting(rule));
        commit_on(&farm, branch, || farm.write(DEFINITION, definition.replace(before, &accepts)));
    }
    farm.try_git(&["merge", "main"]);
    farm.write(DEFINITION, definition);
    farm.evt_ok(&["dump"]);
    farm.commit("merged");
    let accepts = farm.versions("cow_fed")[0]["accepts"].clone();
    let rules: Vec<_> = accepts.as_array().expect("both").iter().map(|one| one["rule"].clone()).collect();
    assert_eq!(rules.len(), 2);
    assert!(rules.contains(&"type-changed".into()) && rules.contains(&"unit-changed".into()));
    assert_sound(&farm);
}

/// Main retires the event, the feature changes it.
fn retired_and_changed() -> Project {
    let farm = farm();
    commit_on(&farm, "main", || farm.write("events/cow_named.yaml", same_event("cow_named")));
    farm.git(&["branch", "--force", "feature", "main"]);
    commit_on(&farm, "main", || farm.remove(DEFINITION));
    commit_on(&farm, "feature", || farm.edit(DEFINITION, "type: float", "type: int"));
    farm
}

#[test]
fn an_event_that_one_side_retired_and_the_other_changed_can_go_on() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = retired_and_changed();
        farm.git(&["checkout", "--quiet", into]);
        farm.try_git(&["merge", from]).exits(1).prints("CONFLICT (modify/delete)");
        assert_eq!(farm.versions("cow_fed").len(), 2);
        farm.git(&["checkout", "feature", "--", DEFINITION]);
        farm.evt_ok(&["dump"]);
        assert!(farm.versions("cow_fed").iter().all(|version| version.get("retired").is_none()));
        farm.commit("goes on");
        assert_sound(&farm);
    }
}

#[test]
fn an_event_that_one_side_retired_and_the_other_changed_can_stay_retired() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = retired_and_changed();
        farm.git(&["checkout", "--quiet", into]);
        farm.try_git(&["merge", from]).exits(1);
        farm.git(&["rm", "--quiet", DEFINITION]);
        farm.evt_ok(&["dump"]);
        let versions = farm.versions("cow_fed");
        assert_eq!(versions.len(), 2);
        assert!(versions[0].get("retired").is_none());
        assert_eq!(versions[1]["retired"], true);
        farm.commit("stays retired");
        assert_sound(&farm);
    }
}

#[test]
fn an_event_that_one_side_retired_is_retired() {
    let farm = farm();
    commit_on(&farm, "main", || farm.write("events/cow_named.yaml", same_event("cow_named")));
    commit_on(&farm, "feature", || {
        farm.write("events/cow_sold.yaml", same_event("cow_sold"));
        farm.remove(DEFINITION);
    });
    merge(&farm, "main");
    assert_eq!(farm.versions("cow_fed")[0]["retired"], true);
    assert_sound(&farm);
}

#[test]
fn an_empty_file_of_ours_takes_theirs() {
    let farm = farm();
    farm.write("ancestor", "");
    farm.write("ours", "");
    farm.write("theirs", farm.read(super::SCHEMA));
    farm.evt_ok(&["merge-driver", "ancestor", "ours", "theirs", super::SCHEMA]);
    assert_eq!(farm.read("ours"), farm.read(super::SCHEMA));
}
