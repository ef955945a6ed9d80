//! Commits that are replayed one by one.

use super::{DEFINITION, assert_sound, change_on_both, commit_on, contracts, farm, farm_with_base, merge};
use crate::project::Project;

/// The feature adds two versions, main one.
fn two_commits(farm: &Project) {
    change_on_both(farm);
    commit_on(farm, "feature", || farm.edit(DEFINITION, "event_type: public", "event_type: inner"));
}

#[test]
fn the_branch_that_is_rebased_onto_keeps_its_numbers() {
    for farm in [farm(), farm_with_base()] {
        change_on_both(&farm);
        farm.git(&["rebase", "main"]);
        assert_eq!(contracts(&farm), ["domain float", "domain int", "public float"]);
        farm.evt_ok(&["dump"]);
        farm.evt_ok(&["verify", "--against", "main"]);
        assert_sound(&farm);
    }
}

#[test]
fn a_base_that_is_rebased_onto_a_feature_keeps_its_numbers() {
    let farm = farm_with_base();
    change_on_both(&farm);
    farm.git(&["checkout", "--quiet", "-b", "copy", "main"]);
    farm.git(&["rebase", "feature"]);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "public float"]);
    assert_sound(&farm);
}

#[test]
fn two_commits_follow_one_after_the_other() {
    for farm in [farm(), farm_with_base()] {
        two_commits(&farm);
        farm.git(&["rebase", "main"]);
        assert_eq!(contracts(&farm), ["domain float", "domain int", "public float", "inner float"]);
        farm.evt_ok(&["dump"]).prints("~ cow_fed@5  new version");
        farm.evt_ok(&["verify", "--against", "main"]);
        assert_sound(&farm);
    }
}

#[test]
fn a_rebased_branch_squashes_into_one_version() {
    let farm = farm_with_base();
    two_commits(&farm);
    farm.git(&["rebase", "main"]);
    farm.evt_ok(&["dump", "--squash", "main"]);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "inner int"]);
    assert_sound(&farm);
}

#[test]
fn a_branch_that_is_rebased_again_comes_to_the_same_order() {
    let farm = farm_with_base();
    two_commits(&farm);
    farm.git(&["rebase", "main"]);
    commit_on(&farm, "main", || farm.edit(DEFINITION, "type: int", "type: string"));
    farm.git(&["checkout", "--quiet", "feature"]);
    farm.git(&["rebase", "main"]);
    let expected = ["domain float", "domain int", "domain string", "public float", "inner float"];
    assert_eq!(contracts(&farm), expected);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "main"]);
    assert_sound(&farm);
}

#[test]
fn a_branch_on_a_branch_is_rebased_after_it() {
    let farm = farm_with_base();
    change_on_both(&farm);
    farm.git(&["branch", "upper"]);
    commit_on(&farm, "upper", || farm.edit(DEFINITION, "event_type: public", "event_type: inner"));
    farm.git(&["tag", "before", "feature"]);
    farm.git(&["rebase", "main", "feature"]);
    farm.git(&["rebase", "--onto", "feature", "before", "upper"]);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "public float", "inner float"]);
    assert_sound(&farm);
}

#[test]
fn merging_and_rebasing_come_to_the_same_versions() {
    let (merged, rebased) = (farm_with_base(), farm_with_base());
    two_commits(&merged);
    merge(&merged, "main");
    two_commits(&rebased);
    rebased.git(&["rebase", "main"]);
    assert_eq!(contracts(&merged), contracts(&rebased));
}
