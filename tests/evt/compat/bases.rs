//! What `evt compat` says where it cannot compare.

use std::fs;

use super::{EVENT, farm, with_barn};
use crate::project::{Project, Run, RunCommand as _};

/// The farm with a break that is not committed.
fn broken() -> Project {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm
}

fn clone(farm: &Project, options: &[&str]) -> Project {
    let copy = Project::empty();
    let url = format!("file://{}", farm.path("").display());
    copy.git(&[&["clone", "--quiet"], options, &[&url, "."]].concat());
    copy
}

fn without_git(farm: &Project, arguments: &[&str]) -> Run {
    let nothing = Project::empty();
    farm.command(arguments).env("PATH", nothing.path("")).run()
}

#[test]
fn without_a_base_it_is_head_that_counts() {
    let farm = broken();
    farm.evt(&["compat"]).exits(1).prints("field-required-added");
    farm.evt_ok(&["dump"]);
    farm.evt(&["compat"]).exits(1).prints("field-required-added");
    farm.commit("broken");
    farm.evt_ok(&["compat"]).tells("nothing is broken");
}

#[test]
fn the_history_of_what_has_not_changed_is_left_to_verify() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.evt_ok(&["dump"]);
    let text = farm.read("schemas/events.json").replacen("\"name\": \"weight\"", "\"name\": \"mass\"", 1);
    farm.write("schemas/events.json", text);
    farm.commit("rewritten by hand");
    farm.evt(&["verify"]).exits(1).prints("history-fingerprint-mismatch");
    farm.evt_ok(&["compat"]).tells("nothing is broken");
    farm.write("events/cow_fed.yaml", with_barn("").replace("A cow", "A bull"));
    farm.evt(&["compat"]).exits(3).tells("history-fingerprint-mismatch");
}

#[test]
fn outside_of_a_repository_it_is_the_schema_file_that_counts() {
    let farm = Project::farm().file("evt.toml", "").file("events/cow_fed.yaml", EVENT);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["compat"]);
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.evt(&["compat"]).exits(1).prints("field-required-added");
    farm.evt(&["compat", "--against", "main"])
        .exits(4)
        .tells("there is no git repository that could hold `main`");
    farm.evt(&["compat", "ref:main", "ref:HEAD"]).exits(4).tells("there is no git repository");
    without_git(&farm, &["compat"]).exits(1).prints("field-required-added");
    without_git(&farm, &["compat", "--against", "main"]).exits(4);
}

#[test]
fn a_ref_that_is_absent_ends_with_the_command_that_fetches_it() {
    let farm = broken();
    farm.git(&["remote", "add", "origin", "https://example.com/farm.git"]);
    let lines: [&[&str]; 3] = [
        &["compat", "--against", "origin/next"],
        &["compat", "ref:origin/next", "ref:HEAD"],
        &["compat", "ref:HEAD", "ref:origin/next"],
    ];
    for line in lines {
        farm.evt(line)
            .exits(4)
            .tells("git does not know `origin/next`")
            .tells("git fetch origin next:refs/remotes/origin/next");
    }
}

#[test]
fn a_shallow_clone_is_compared_with_the_tip() {
    let farm = broken();
    farm.git(&["branch", "feature"]);
    farm.evt_ok(&["dump"]);
    farm.commit("on main");
    farm.git(&["checkout", "--quiet", "--force", "feature"]);
    farm.commit("on feature");
    let copy = clone(&farm, &["--depth", "1", "--no-single-branch", "--branch", "feature"]);
    copy.evt(&["compat", "--against", "origin/main"]).tells("comparing with the tip");
    let single = clone(&farm, &["--depth", "1", "--branch", "feature"]);
    single.evt(&["compat", "--against", "origin/main"]).exits(4).tells("git fetch --deepen=200 origin main");
    single.evt_ok(&["compat"]);
}

#[test]
fn without_git_nothing_is_compared_with_a_commit() {
    let farm = broken();
    for line in [&["compat", "--against", "main"][..], &["compat"], &["compat", "ref:HEAD", "ref:main"]] {
        without_git(&farm, line).exits(4).tells("git is not installed, or not on PATH");
    }
}

#[test]
fn a_project_in_a_submodule_is_compared_with_the_submodules_commits() {
    let farm = farm();
    let outer = Project::empty().git_init();
    let url = farm.path("").display().to_string();
    outer.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", &url, "farm"]);
    outer.commit("with a submodule");
    outer.evt_ok(&["-C", "farm", "compat", "--against", "HEAD"]).tells("nothing is broken");
    outer.write("farm/events/cow_fed.yaml", with_barn(""));
    outer.evt(&["-C", "farm", "compat", "--against", "HEAD"]).exits(1).prints("field-required-added");
}

#[test]
fn a_bare_repository_holds_no_project() {
    let farm = farm();
    let bare = Project::empty();
    bare.git(&["clone", "--quiet", "--bare", &farm.path("").display().to_string(), "farm.git"]);
    bare.evt(&["-C", "farm.git", "compat", "--against", "main"]).exits(3).tells("there is no `evt.toml`");
    // One that was put into it by hand is no part of a work tree.
    fs::copy(farm.path("evt.toml"), bare.path("farm.git/evt.toml")).expect("files can be copied");
    let run = bare.evt(&["-C", "farm.git", "compat", "--against", "main"]);
    assert!([1, 4].contains(&run.code) && !run.stderr.contains("panicked"), "{run:?}");
}

#[test]
fn a_ref_whose_schema_file_is_of_a_newer_format_is_no_base() {
    let farm = farm();
    let whole = farm.read("schemas/events.json");
    farm.write("schemas/events.json", "{ \"evt\": 2, \"events\": [] }\n");
    farm.commit("newer");
    farm.write("schemas/events.json", whole);
    for line in [&["compat", "--against", "HEAD"][..], &["compat"], &["compat", "ref:HEAD~1", "ref:HEAD"]] {
        farm.evt(line).exits(3).tells("history-unreadable").tells("the schema file has format 2");
    }
}

#[test]
fn a_ref_without_a_schema_file_is_told() {
    let farm = broken();
    farm.git(&["checkout", "--quiet", "--orphan", "empty"]);
    farm.git(&["rm", "--quiet", "-r", "-f", "--cached", "."]);
    farm.git(&["commit", "--quiet", "--allow-empty", "-m", "nothing"]);
    farm.evt(&["compat", "ref:empty", "ref:main"])
        .exits(1)
        .tells("`empty` holds no schema file of this project");
    farm.evt_ok(&["compat", "--against", "empty"]).tells("nothing is broken");
}
