//! Sides that cannot be merged leave ours as it was.

use super::{SCHEMA, change_on_both, commit_on, farm};
use crate::project::Project;

/// Breaks the schema file of a branch and commits it.
fn break_on(farm: &Project, branch: &str) {
    farm.git(&["checkout", "--quiet", branch]);
    let text = farm.read(SCHEMA).replacen("\"required\": true", "\"required\": false", 1);
    farm.write(SCHEMA, text);
    farm.commit("edited by hand");
}

#[test]
fn a_side_that_fails_integrity_leaves_ours_as_it_was() {
    for broken in ["main", "feature"] {
        let farm = farm();
        change_on_both(&farm);
        break_on(&farm, broken);
        farm.git(&["checkout", "--quiet", "feature"]);
        let ours = farm.read(SCHEMA);
        let run = farm.try_git(&["merge", "main"]).exits(1);
        let told = run.stdout + &run.stderr;
        assert!(told.contains(&format!("CONFLICT (content): Merge conflict in {SCHEMA}")), "{told}");
        assert!(told.contains("`cow_fed` version 1"), "{told}");
        assert_eq!(farm.read(SCHEMA), ours);
        assert_eq!(farm.git(&["diff", "--name-only", "--diff-filter=U"]), format!("{SCHEMA}\n"));
    }
}

#[test]
fn a_broken_side_stops_a_rebase() {
    let farm = farm();
    change_on_both(&farm);
    break_on(&farm, "main");
    let onto = farm.read(SCHEMA);
    farm.git(&["checkout", "--quiet", "feature"]);
    farm.try_git(&["rebase", "main"]).exits(1);
    assert_eq!(farm.read(SCHEMA), onto);
    farm.git(&["rebase", "--abort"]);
    farm.evt_ok(&["verify"]);
}

#[test]
fn the_driver_names_the_side_and_ends_with_1() {
    let farm = farm();
    change_on_both(&farm);
    let ours = farm.read(SCHEMA);
    farm.write("ours", &ours);
    let broken = ours.replace("\"event_version\": 2", "\"event_version\": 3");
    for (ancestor, theirs) in
        [(&ours, "<<<<<<< ours\n"), (&ours, "{"), (&broken, ours.as_str()), (&ours, &broken)]
    {
        farm.write("ancestor", ancestor);
        farm.write("theirs", theirs);
        let run = farm.evt(&["merge-driver", "ancestor", "ours", "theirs", SCHEMA]).exits(1);
        assert!(run.stderr.contains(SCHEMA), "{}", run.stderr);
        assert_eq!(farm.read("ours"), ours);
    }
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let farm = farm();
    farm.evt(&["merge-driver", SCHEMA, SCHEMA, "nowhere.json", SCHEMA]).exits(1).tells("nowhere.json");
    farm.evt(&["merge-driver", SCHEMA, SCHEMA]).exits(2);
}

#[test]
fn an_empty_ancestor_is_no_ancestor() {
    let farm = farm();
    let schema = farm.read(SCHEMA);
    farm.write("ancestor", "");
    farm.write("ours", &schema);
    farm.evt_ok(&["merge-driver", "ancestor", "ours", SCHEMA, SCHEMA]);
    assert_eq!(farm.read("ours"), schema);
}

#[test]
fn the_driver_merges_outside_of_a_project() {
    let farm = farm();
    let schema = farm.read(SCHEMA);
    let elsewhere = Project::empty().file("a", &schema).file("b", &schema).file("c", &schema);
    elsewhere.evt_ok(&["merge-driver", "a", "b", "c", "some/where.json"]);
    assert_eq!(elsewhere.read("b"), schema);
}

#[test]
fn conflict_markers_of_a_git_without_the_driver_are_found_and_merged_afterwards() {
    let farm = farm();
    change_on_both(&farm);
    farm.git(&["config", "merge.evt.driver", "false"]);
    farm.try_git(&["-c", "merge.evt.driver=", "merge", "main"]).exits(1);
    farm.git(&["config", "merge.evt.driver", "evt merge-driver %O %A %B %P"]);
    farm.git(&["checkout", "--merge", "--", SCHEMA]);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify"]);
    assert_eq!(farm.versions("cow_fed").len(), 4);
}

#[test]
fn a_merge_of_equal_sides_changes_no_byte() {
    let farm = farm();
    commit_on(&farm, "main", || farm.edit("events/cow_fed.yaml", "type: float", "type: int"));
    let schema = farm.read(SCHEMA);
    farm.evt_ok(&["merge-driver", SCHEMA, SCHEMA, SCHEMA, SCHEMA]);
    assert_eq!(farm.read(SCHEMA), schema);
}
