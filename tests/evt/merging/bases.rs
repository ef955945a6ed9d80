//! What the base holds is no draft, and keeps its numbers.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape, shapes};
use crate::project::Project;

const SCHEMA: &str = "schemas/events.json";

/// `main` has `int` as version 2, `feature` has `string`; feature has merged main without a base, so that its own
/// numbers stayed, and has put both together as `decimal`.
fn merged_without_a_base() -> Project {
    let farm = committed_farm();
    farm.evt_ok(&["init"]);
    farm.commit("init");
    farm.git(&["branch", "feature"]);
    for (branch, weight) in [("main", "int"), ("feature", "string")] {
        farm.git(&["checkout", "--quiet", branch]);
        reshape(&farm, weight);
        farm.commit(weight);
    }
    farm.try_git(&["merge", "main"]).exits(1);
    assert_eq!(shapes(&farm), ["float", "string", "int"]);
    reshape(&farm, "decimal");
    farm
}

#[test]
fn a_merge_without_a_base_says_that_ours_kept_its_numbers() {
    let farm = committed_farm();
    farm.evt_ok(&["init"]);
    farm.commit("init");
    farm.git(&["branch", "feature"]);
    for (branch, weight) in [("main", "int"), ("feature", "string")] {
        farm.git(&["checkout", "--quiet", branch]);
        reshape(&farm, weight);
        farm.commit(weight);
    }
    let run = farm.try_git(&["merge", "main"]).exits(1);
    let told = run.stdout + &run.stderr;
    assert!(told.contains("no base is known, so our side kept its numbers"), "{told}");
    farm.git(&["merge", "--abort"]);
    farm.settings("[git]\nbase = \"main\"\n");
    farm.commit("base");
    let run = farm.try_git(&["merge", "main"]).exits(1);
    assert!(!(run.stdout + &run.stderr).contains("no base is known"));
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
}

#[test]
fn squashing_onto_a_base_gives_it_back_its_numbers() {
    for is_committed in [false, true] {
        let farm = merged_without_a_base();
        if is_committed {
            farm.commit("merged");
            farm.evt(&["verify", "--against", "main"]).exits(1).prints("`evt dump --squash main`");
        }
        farm.evt_ok(&["dump", "--squash", "main"]);
        assert_eq!(shapes(&farm), ["float", "int", "decimal"]);
        assert_settled(&farm);
        farm.commit("squashed");
        farm.evt_ok(&["verify", "--against", "main"]);
        farm.evt_ok(&["dump", "--squash", "main"]).tells("up to date");
    }
}

#[test]
fn squashing_restores_what_the_common_history_held() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.commit("int");
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    let other = Project::farm();
    reshape(&other, "float");
    reshape(&other, "string");
    farm.write(SCHEMA, other.read(SCHEMA));
    farm.write(DEFINITION, cow_fed("string"));
    farm.commit("rewritten");
    farm.evt(&["verify", "--against", "main"]).exits(1).prints("history-version-rewritten");
    farm.evt_ok(&["dump", "--squash", "main"]);
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
    farm.evt_ok(&["verify", "--against", "main"]);
}

#[test]
fn squashing_leaves_what_the_branch_has_not_merged_yet_to_the_merge() {
    let farm = committed_farm();
    farm.git(&["branch", "feature"]);
    reshape(&farm, "int");
    farm.commit("int");
    farm.git(&["checkout", "--quiet", "feature"]);
    for weight in ["string", "decimal"] {
        reshape(&farm, weight);
        farm.commit(weight);
    }
    farm.evt_ok(&["dump", "--squash", "main"]);
    assert_eq!(shapes(&farm), ["float", "decimal"]);
}

#[test]
fn a_version_that_the_base_holds_is_no_draft() {
    let farm = merged_without_a_base();
    farm.commit("merged");
    farm.settings("[git]\nbase = \"main\"\n");
    farm.git(&["checkout", "main", "--", SCHEMA]);
    assert_eq!(shapes(&farm), ["float", "int"]);
    farm.evt_ok(&["dump"]).prints("~ cow_fed@3  new version");
    assert_eq!(shapes(&farm), ["float", "int", "decimal"]);
    farm.evt_ok(&["verify"]);
    farm.write(DEFINITION, cow_fed("bool"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@3  draft replaced");
}

#[test]
fn a_base_that_git_does_not_know_changes_nothing() {
    let farm = committed_farm();
    farm.settings("[git]\nbase = \"origin/main\"\n");
    reshape(&farm, "int");
    reshape(&farm, "string");
    assert_eq!(shapes(&farm), ["float", "string"]);
}

#[test]
fn init_names_the_branch_that_a_clone_starts_on() {
    let origin = Project::empty().file("README", "a farm").git_init();
    let copy = Project::empty();
    copy.git(&["clone", "--quiet", &format!("file://{}", origin.path("").display()), "."]);
    copy.evt_ok(&["init"]);
    assert!(copy.read("evt.toml").contains("\n[git]\nbase = \"origin/main\"\n"), "{}", copy.read("evt.toml"));
    origin.evt_ok(&["init"]);
    assert!(origin.read("evt.toml").contains("# base = \"origin/main\""));
}
