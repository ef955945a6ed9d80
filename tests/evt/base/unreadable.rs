//! Bases whose schema file cannot be relied on.

use super::{SCHEMA, clone, farm_with, reshape};
use crate::project::Project;

/// A farm whose base holds this instead of a schema file, and whose work tree is whole.
fn farm_with_base(text: &str) -> Project {
    let farm = farm_with(&["float"]);
    let whole = farm.read(SCHEMA);
    farm.write(SCHEMA, text);
    farm.commit("broken");
    farm.write(SCHEMA, whole);
    farm
}

#[test]
fn a_base_that_cannot_be_read_is_a_finding() {
    let whole = farm_with(&["float"]).read(SCHEMA);
    let texts = [
        "{",
        "",
        "{ \"evt\": 2, \"events\": [] }\n",
        "<<<<<<< ours\n",
        &whole.replace("\"type\": \"float\"", "\"type\": \"int\""),
    ];
    for text in texts {
        let farm = farm_with_base(text);
        let run = farm.evt(&["verify", "--against", "main", "--format", "json"]).exits(1);
        assert_eq!(run.rules(), ["history-unreadable"], "{text}");
    }
}

#[test]
fn a_base_that_is_newer_says_so() {
    farm_with_base("{ \"evt\": 2, \"events\": [] }\n")
        .evt(&["verify", "--against", "main"])
        .exits(1)
        .prints("format 2");
}

#[test]
fn drafts_of_a_commit_that_cannot_be_read_are_versions() {
    let farm = farm_with_base("{");
    reshape(&farm, "int");
    farm.write("events/cow_fed.yaml", farm.read("events/cow_fed.yaml").replace("type: int", "type: string"));
    farm.evt_ok(&["dump"]).tells("no version counts as a draft");
    assert_eq!(farm.versions("cow_fed").len(), 3);
}

#[test]
fn a_base_that_git_no_longer_holds_is_not_an_empty_one() {
    let farm = farm_with(&["float", "int"]);
    reshape(&farm, "string");
    farm.commit("string");
    farm.git(&["config", "uploadpack.allowFilter", "true"]);
    let copy = clone(&farm, &["--filter=blob:none"]);
    copy.git(&["remote", "set-url", "origin", "file:///nowhere"]);
    copy.evt(&["verify", "--against", "HEAD~1"]).exits(4);
}

#[test]
fn a_repository_that_git_cannot_read_is_not_taken_for_none() {
    let farm = farm_with(&["float"]);
    let config = farm.read(".git/config");
    farm.write(".git/config", format!("{config}[bad\n"));
    farm.evt(&["verify", "--against", "main"]).exits(4).tells("git rev-parse");
}
