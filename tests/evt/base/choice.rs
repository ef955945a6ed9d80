//! Which base is taken.

use super::{clone, farm_with, rewrite};
use crate::project::{Project, Run, RunCommand};

/// A clone that lost version 2, in which `HEAD~1` is fine and `origin/main` is not; `origin/ci` is absent.
fn clone_that_lost_a_version() -> Project {
    let farm = farm_with(&["float", "int"]);
    let copy = clone(&farm, &[]);
    copy.git(&["branch", "whole"]);
    copy.git(&["checkout", "--quiet", "--orphan", "lost"]);
    rewrite(&copy, &["float"]);
    copy.commit("lost");
    copy.commit("more");
    copy
}

fn verify_in(copy: &Project, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let arguments = [&["verify"], arguments].concat();
    copy.command(&arguments).envs(environment.iter().copied()).run()
}

#[test]
fn without_a_base_verify_says_what_was_not_checked() {
    let copy = clone_that_lost_a_version();
    verify_in(&copy, &[], &[]).exits(0).tells("there is no base");
}

#[test]
fn the_base_branch_of_github_is_a_base() {
    let copy = clone_that_lost_a_version();
    verify_in(&copy, &[], &[("GITHUB_BASE_REF", "main")]).exits(1).prints("history-version-removed");
}

#[test]
fn the_base_commit_of_gitlab_is_a_base() {
    let copy = clone_that_lost_a_version();
    let tip = copy.git(&["rev-parse", "origin/main"]);
    let environment = [("CI_MERGE_REQUEST_DIFF_BASE_SHA", tip.trim())];
    verify_in(&copy, &[], &environment).exits(1).prints("history-version-removed");
}

#[test]
fn an_empty_variable_of_ci_is_no_base() {
    let copy = clone_that_lost_a_version();
    let environment = [("GITHUB_BASE_REF", ""), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")];
    verify_in(&copy, &[], &environment).exits(0).tells("there is no base");
}

#[test]
fn github_goes_before_gitlab() {
    let copy = clone_that_lost_a_version();
    let environment = [("GITHUB_BASE_REF", "main"), ("CI_MERGE_REQUEST_DIFF_BASE_SHA", "HEAD~1")];
    verify_in(&copy, &[], &environment).exits(1);
}

#[test]
fn the_configured_base_goes_before_those_of_ci() {
    let copy = clone_that_lost_a_version();
    copy.write("evt.toml", "[git]\nbase = \"HEAD~1\"\n");
    verify_in(&copy, &[], &[("GITHUB_BASE_REF", "main")]).exits(0);
    copy.write("evt.toml", "[git]\nbase = \"origin/main\"\n");
    verify_in(&copy, &[], &[]).exits(1).prints("history-version-removed");
}

#[test]
fn against_goes_before_all_others() {
    let copy = clone_that_lost_a_version();
    copy.write("evt.toml", "[git]\nbase = \"origin/main\"\n");
    verify_in(&copy, &["--against", "HEAD~1"], &[("GITHUB_BASE_REF", "main")]).exits(0);
    copy.write("evt.toml", "[git]\nbase = \"HEAD~1\"\n");
    verify_in(&copy, &["--against", "whole"], &[]).exits(1).prints("history-version-removed");
}
