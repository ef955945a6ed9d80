//! Dumping while git is in the middle of a merge: both sides' versions stay.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape, shapes};
use crate::project::Project;

/// Two branches that changed one event: `int` on main, `string` on feature; feature is checked out.
fn two_branches() -> Project {
    let farm = committed_farm();
    farm.evt_ok(&["init"]);
    farm.commit("init");
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    reshape(&farm, "string");
    farm.commit("string");
    farm.git(&["checkout", "--quiet", "main"]);
    reshape(&farm, "int");
    farm.commit("int");
    farm.git(&["checkout", "--quiet", "feature"]);
    farm
}

#[test]
fn a_merge_that_takes_their_definition_keeps_both_versions() {
    let farm = two_branches();
    farm.try_git(&["merge", "main"]).exits(1).prints("CONFLICT (content): Merge conflict in events/cow_fed");
    farm.git(&["checkout", "--theirs", DEFINITION]);
    farm.evt_ok(&["dump"]).tells("up to date");
    assert_eq!(shapes(&farm), ["float", "string", "int"]);
}

#[test]
fn a_merge_that_keeps_their_contract_stands_on_both_versions() {
    let farm = two_branches();
    farm.try_git(&["merge", "main"]).exits(1);
    assert_eq!(shapes(&farm), ["float", "string", "int"]);
    farm.write(DEFINITION, cow_fed("string"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@4  new version");
    assert_eq!(shapes(&farm), ["float", "string", "int", "string"]);
    assert_settled(&farm);
}

#[test]
fn a_merge_of_both_changes_is_one_more_version_until_it_is_committed() {
    let farm = two_branches();
    farm.try_git(&["merge", "main"]).exits(1);
    for weight in ["decimal", "bool"] {
        reshape(&farm, weight);
        assert_eq!(shapes(&farm), ["float", "string", "int", weight]);
    }
    farm.commit("merged");
    assert_settled(&farm);
    farm.evt_ok(&["verify", "--against", "HEAD^1"]);
}

#[test]
fn a_merge_in_which_the_event_goes_keeps_both_versions() {
    let farm = two_branches();
    farm.try_git(&["merge", "main"]).exits(1);
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]).prints("- cow_fed@3  retired");
    assert_eq!(shapes(&farm), ["float", "string", "int"]);
}

#[test]
fn a_rebase_that_stops_keeps_both_versions() {
    let farm = two_branches();
    farm.try_git(&["rebase", "main"]).exits(1);
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
    reshape(&farm, "decimal");
    assert_eq!(shapes(&farm), ["float", "int", "string", "decimal"]);
    farm.evt_ok(&["dump", "--squash", "main"]);
    assert_eq!(shapes(&farm), ["float", "int", "decimal"]);
    assert_settled(&farm);
}

#[test]
fn a_squashed_merge_is_a_draft() {
    let farm = two_branches();
    farm.git(&["checkout", "--quiet", "main"]);
    farm.try_git(&["merge", "--squash", "feature"]).exits(1);
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
    reshape(&farm, "decimal");
    assert_eq!(shapes(&farm), ["float", "int", "decimal"]);
    assert_settled(&farm);
}
