//! Versions of one event on both sides: whose numbers stay.

use super::{assert_sound, change_on_both, commit_on, contracts, farm, farm_with_base, merge};
use crate::project::Project;

const MAIN_FIRST: [&str; 3] = ["domain float", "domain int", "public float"];
const FEATURE_FIRST: [&str; 3] = ["domain float", "public float", "domain int"];

/// Asserts the versions, and that a dump adds the one that both changes come to.
fn assert_numbers(farm: &Project, expected: [&str; 3]) {
    assert_eq!(contracts(farm), expected);
    farm.evt_ok(&["dump"]).prints("~ cow_fed@4  new version");
    assert_eq!(contracts(farm)[3], "public int");
    assert_sound(farm);
}

#[test]
fn without_a_base_ours_keeps_its_numbers() {
    for (from, into, expected) in [("main", "feature", FEATURE_FIRST), ("feature", "main", MAIN_FIRST)] {
        let farm = farm();
        change_on_both(&farm);
        farm.git(&["checkout", "--quiet", into]);
        let told = merge(&farm, from);
        assert!(told.contains("cow_fed@2 of theirs is now version 3"), "{told}");
        assert_numbers(&farm, expected);
    }
}

#[test]
fn the_configured_base_keeps_its_numbers() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = farm_with_base();
        change_on_both(&farm);
        farm.git(&["checkout", "--quiet", into]);
        merge(&farm, from);
        assert_numbers(&farm, MAIN_FIRST);
    }
}

#[test]
fn the_head_of_origin_is_the_base_where_none_is_named() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = farm();
        change_on_both(&farm);
        farm.git(&["update-ref", "refs/remotes/origin/main", "main"]);
        farm.git(&["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]);
        farm.git(&["checkout", "--quiet", into]);
        merge(&farm, from);
        assert_numbers(&farm, MAIN_FIRST);
    }
}

#[test]
fn a_configured_base_that_is_absent_does_not_stop_a_merge() {
    let farm = farm();
    farm.settings("[git]\nbase = \"origin/nowhere\"\n");
    farm.commit("base");
    farm.git(&["branch", "--force", "feature", "main"]);
    commit_on(&farm, "main", || farm.edit("events/cow_fed.yaml", "type: float", "type: int"));
    commit_on(&farm, "feature", || farm.edit("events/cow_fed.yaml", "type: domain", "type: public"));
    merge(&farm, "main");
    assert_eq!(contracts(&farm), FEATURE_FIRST);
}

#[test]
fn a_base_that_went_on_further_keeps_its_numbers() {
    let farm = farm_with_base();
    change_on_both(&farm);
    commit_on(&farm, "main", || farm.edit("events/cow_fed.yaml", "type: int", "type: string"));
    farm.git(&["checkout", "--quiet", "feature"]);
    merge(&farm, "main~1");
    assert_numbers(&farm, MAIN_FIRST);
}

#[test]
fn equal_contracts_on_both_sides_are_one_version() {
    for (from, into) in [("main", "feature"), ("feature", "main")] {
        let farm = farm();
        for branch in ["main", "feature"] {
            commit_on(&farm, branch, || {
                farm.edit("events/cow_fed.yaml", "type: float", "type: int");
                farm.write("README", branch);
            });
        }
        farm.write("README", "main");
        farm.commit("no conflict besides");
        farm.git(&["checkout", "--quiet", into]);
        merge(&farm, from);
        assert_eq!(contracts(&farm), ["domain float", "domain int"]);
        farm.evt_ok(&["verify", "--against", from]);
        assert_sound(&farm);
    }
}

#[test]
fn a_side_that_is_merged_twice_adds_nothing_more() {
    let farm = farm_with_base();
    change_on_both(&farm);
    merge(&farm, "main");
    farm.evt_ok(&["dump"]);
    farm.commit("both");
    let merged = contracts(&farm);
    commit_on(&farm, "main", || farm.edit("events/cow_fed.yaml", "team-barn", "team-field"));
    farm.git(&["checkout", "--quiet", "feature"]);
    merge(&farm, "main");
    assert_eq!(contracts(&farm), merged);
    farm.git(&["checkout", "--quiet", "main"]);
    merge(&farm, "feature");
    assert_sound(&farm);
}
