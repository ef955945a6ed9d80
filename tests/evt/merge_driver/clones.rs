//! Git keeps the driver in each clone, and line breaks as its own configuration says.

use super::{SCHEMA, commit_on, farm, same_event};
use crate::project::Project;

const HINT: &str = "run `evt init` in this clone";

fn clone(farm: &Project, options: &[&str]) -> Project {
    let copy = Project::empty();
    let url = format!("file://{}", farm.path("").display());
    copy.git(&[options, &["clone", "--quiet", &url, "."]].concat());
    copy
}

#[test]
fn a_fresh_clone_is_told_that_it_lacks_the_driver() {
    let copy = clone(&farm(), &[]);
    for command in ["dump", "verify"] {
        copy.evt_ok(&[command]).tells(HINT);
        let quiet = copy.evt_ok(&[command, "--quiet"]);
        assert_eq!(quiet.stderr, "");
    }
    copy.evt_ok(&["init"]);
    for command in ["dump", "verify"] {
        let run = copy.evt_ok(&[command]);
        assert!(!run.stderr.contains(HINT), "{}", run.stderr);
    }
}

#[test]
fn a_project_that_does_not_ask_for_the_driver_hears_nothing_of_it() {
    let plain = Project::farm().git_init();
    let run = plain.evt_ok(&["dump"]);
    assert!(!run.stderr.contains(HINT), "{}", run.stderr);
}

#[test]
fn line_breaks_stay_as_they_are_where_git_would_change_them() {
    let farm = farm();
    let copy = clone(&farm, &["-c", "core.autocrlf=true"]);
    copy.git(&["config", "core.autocrlf", "true"]);
    copy.evt_ok(&["verify"]);
    copy.evt_ok(&["init"]);
    copy.git(&["checkout", "--quiet", "-b", "feature", "origin/main"]);
    commit_on(&copy, "feature", || copy.write("events/cow_sold.yaml", same_event("cow_sold")));
    copy.git(&["checkout", "--quiet", "main"]);
    commit_on(&copy, "main", || copy.write("events/cow_named.yaml", same_event("cow_named")));
    copy.git(&["merge", "--no-edit", "feature"]);
    assert!(!copy.read(SCHEMA).contains('\r'));
    copy.evt_ok(&["verify"]);
}

#[test]
fn what_the_help_about_line_breaks_says_works() {
    let farm = farm();
    farm.write(".gitattributes", "schemas/events.json merge=evt linguist-generated\n");
    farm.commit("older attributes");
    let copy = clone(&farm, &["-c", "core.autocrlf=true"]);
    copy.git(&["config", "core.autocrlf", "true"]);
    copy.evt(&["verify"]).exits(1).prints("git add --renormalize schemas/events.json");
    copy.evt_ok(&["init"]);
    copy.git(&["add", "--renormalize", SCHEMA]);
    copy.evt_ok(&["dump"]);
    copy.commit("line breaks");
    copy.remove(SCHEMA);
    copy.git(&["checkout", "--", SCHEMA]);
    copy.evt_ok(&["verify"]);
}

#[test]
fn commands_are_never_broken() {
    let deep = "a_rather_long_folder_of_contracts/that-goes-on/and-on/for-the-whole/company/events.json";
    let farm = Project::farm()
        .file("evt.toml", format!("[schema]\npath = \"{deep}\"\n"))
        .file(deep, "<<<<<<< HEAD\n");
    farm.evt(&["verify"]).exits(1).prints(&format!("`git add {deep}`"));
}
