//! Clones whose history is cut off.

use super::{clone, farm_with, reshape, rewrite};
use crate::project::Project;

/// A farm whose branch `feature` parted from `main` before main's version 2, and added a version of its own.
fn parted() -> Project {
    let farm = farm_with(&["float"]);
    farm.git(&["branch", "feature"]);
    reshape(&farm, "int");
    farm.commit("int");
    farm.git(&["checkout", "--quiet", "feature"]);
    farm.write("README", "a commit more");
    farm.commit("feature");
    farm
}

#[test]
fn the_tip_of_the_base_is_compared_and_the_help_is_to_merge_or_to_deepen() {
    let farm = parted();
    let copy = clone(&farm, &["--depth", "1", "--no-single-branch", "--branch", "feature"]);
    copy.evt(&["verify", "--against", "origin/main"])
        .exits(1)
        .tells("no common commit of `origin/main` and HEAD was found: comparing with the tip")
        .prints("history-version-removed")
        .prints("merge the base into this branch, or deepen the clone");
}

#[test]
fn what_the_help_says_to_fetch_is_enough() {
    let farm = parted();
    let copy = clone(&farm, &["--depth", "1", "--no-single-branch", "--branch", "feature"]);
    copy.git(&["fetch", "--quiet", "--deepen=200"]);
    let run = copy.evt_ok(&["verify", "--against", "origin/main"]);
    assert!(!run.stderr.contains("comparing with the tip"), "{}", run.stderr);
}

#[test]
fn a_whole_history_is_fine_against_the_tip() {
    let farm = farm_with(&["float", "int"]);
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    farm.commit("feature");
    let copy = clone(&farm, &["--depth", "1", "--no-single-branch", "--branch", "feature"]);
    copy.evt_ok(&["verify", "--against", "origin/main"]).tells("comparing with the tip");
}

#[test]
fn a_clone_of_one_branch_is_told_a_command_that_brings_the_base() {
    let farm = parted();
    let copy = clone(&farm, &["--depth", "1", "--branch", "feature"]);
    let run = copy.evt(&["verify", "--against", "origin/main"]).exits(4);
    let command = run.stderr.split("fetch it: `git ").nth(1).and_then(|rest| rest.split('`').next());
    let command = command.expect("the command is named");
    copy.git(&command.split_whitespace().collect::<Vec<_>>());
    copy.evt_ok(&["verify", "--against", "origin/main"]);
}

#[test]
fn a_lost_version_is_found_in_a_shallow_clone() {
    let farm = farm_with(&["float", "int"]);
    let copy = clone(&farm, &["--depth", "1"]);
    rewrite(&copy, &["float"]);
    copy.evt(&["verify", "--against", "origin/main"]).exits(1).prints("history-version-removed");
}

#[test]
fn drafts_are_known_in_a_shallow_clone() {
    let farm = farm_with(&["float", "int"]);
    let copy = clone(&farm, &["--depth", "1"]);
    reshape(&copy, "string");
    reshape(&copy, "bool");
    assert_eq!(copy.versions("cow_fed").len(), 3);
}
