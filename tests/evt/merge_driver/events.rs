//! New events on both sides.

use super::{SCHEMA, assert_sound, commit_on, farm, merge, same_event};
use crate::project::Project;

fn add_on_both(farm: &Project, on_main: &str, on_feature: &str) {
    for (branch, event) in [("main", on_main), ("feature", on_feature)] {
        commit_on(farm, branch, || farm.write(&format!("events/{event}.yaml"), same_event(event)));
    }
}

#[test]
fn neighbouring_new_events_are_no_conflict() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = farm();
        add_on_both(&farm, "cow_named", "cow_sold");
        farm.git(&["checkout", "--quiet", into]);
        let told = merge(&farm, from);
        assert!(told.contains("run `evt dump`"), "{told}");
        farm.evt_ok(&["verify"]);
        assert_eq!(farm.versions("cow_named").len() + farm.versions("cow_sold").len(), 2);
        assert_sound(&farm);
    }
}

#[test]
fn neighbouring_new_events_are_no_conflict_in_a_rebase() {
    let farm = farm();
    add_on_both(&farm, "cow_named", "cow_sold");
    farm.git(&["rebase", "main"]);
    farm.evt_ok(&["verify", "--against", "main"]);
    assert_sound(&farm);
}

#[test]
fn the_merge_has_the_bytes_of_a_dump_of_both_sides() {
    let farm = farm();
    add_on_both(&farm, "cow_named", "cow_sold");
    merge(&farm, "main");
    let merged = farm.read(SCHEMA);
    let other = Project::farm()
        .file("events/cow_named.yaml", same_event("cow_named"))
        .file("events/cow_sold.yaml", same_event("cow_sold"));
    other.evt_ok(&["dump"]);
    assert_eq!(merged, other.read(SCHEMA));
}

#[test]
fn one_new_event_with_equal_contracts_is_one_version() {
    let farm = farm();
    add_on_both(&farm, "cow_sold", "cow_sold");
    merge(&farm, "main");
    assert_eq!(farm.versions("cow_sold").len(), 1);
    assert_sound(&farm);
}

#[test]
fn one_new_event_with_other_contracts_has_both() {
    let farm = farm();
    for (branch, weight) in [("main", "int"), ("feature", "string")] {
        let definition = same_event("cow_sold").replace("type: float", &format!("type: {weight}"));
        commit_on(&farm, branch, || farm.write("events/cow_sold.yaml", definition));
    }
    farm.try_git(&["merge", "main"])
        .exits(1)
        .prints("CONFLICT (add/add): Merge conflict in events/cow_sold.yaml");
    assert_eq!(farm.git(&["diff", "--name-only", "--diff-filter=U"]), "events/cow_sold.yaml\n");
    assert_eq!(farm.versions("cow_sold").len(), 2);
    farm.git(&["checkout", "--theirs", "events/cow_sold.yaml"]);
    farm.evt_ok(&["dump"]);
    farm.commit("merged");
    assert_sound(&farm);
}

#[test]
fn a_schema_file_that_both_sides_added_is_merged_without_an_ancestor() {
    let farm = Project::farm().git_init();
    farm.evt_ok(&["init"]);
    farm.commit("init");
    farm.git(&["branch", "feature"]);
    add_on_both(&farm, "cow_named", "cow_sold");
    merge(&farm, "main");
    for event in ["cow_fed", "cow_named", "cow_sold"] {
        assert_eq!(farm.versions(event).len(), 1, "{event}");
    }
    assert_sound(&farm);
}
