//! What can be named as a base.

use super::{farm_with, reshape, rewrite};
use crate::project::Project;

#[test]
fn an_absent_reference_ends_with_the_command_that_fetches_it() {
    let farm = farm_with(&["float"]);
    farm.git(&["remote", "add", "origin", "https://example.com/farm.git"]);
    let told = [
        ("origin/main", "git fetch origin main"),
        ("v1.0", "git fetch origin v1.0"),
        ("0123456789abcdef0123456789abcdef01234567", "git fetch origin 0123456789abcdef"),
    ];
    for (reference, command) in told {
        farm.evt(&["verify", "--against", reference])
            .exits(4)
            .tells(&format!("git does not know `{reference}`"))
            .tells(command);
    }
}

#[test]
fn where_nothing_can_be_fetched_from_no_fetch_is_advised() {
    let farm = farm_with(&["float"]);
    for reference in ["origin/main", "v1.0", "0123456789abcdef"] {
        let run = farm.evt(&["verify", "--against", reference]).exits(4).tells("that this clone holds");
        assert!(!run.stderr.contains("git fetch"), "{}", run.stderr);
    }
}

#[test]
fn a_branch_with_a_slash_is_not_taken_for_a_remote() {
    let farm = farm_with(&["float"]);
    let run = farm.evt(&["verify", "--against", "feature/barn"]).exits(4);
    assert!(!run.stderr.contains("git fetch feature barn"), "{}", run.stderr);
}

#[test]
fn an_absent_configured_base_is_no_silent_pass() {
    let farm = farm_with(&["float"]);
    farm.git(&["remote", "add", "origin", "https://example.com/farm.git"]);
    farm.write("evt.toml", "[git]\nbase = \"origin/main\"\n");
    farm.evt(&["verify"]).exits(4).tells("git fetch origin main");
}

#[test]
fn the_report_of_an_absent_base_is_one_document() {
    let farm = farm_with(&["float"]);
    let run = farm.evt(&["verify", "--against", "origin/main", "--format", "json"]).exits(4);
    assert_eq!(run.json()["status"], "error");
}

#[test]
fn a_reference_that_looks_like_an_option_is_no_option() {
    let farm = farm_with(&["float"]);
    for reference in ["-x", "--all", "--git-dir"] {
        farm.evt(&["verify", &format!("--against={reference}")])
            .exits(4)
            .tells(&format!("git does not know `{reference}`"));
    }
    farm.evt(&["verify", "--against", "-x"]).exits(2);
}

#[test]
fn tags_hashes_and_older_commits_are_bases() {
    let farm = farm_with(&["float"]);
    farm.git(&["tag", "-a", "v1", "-m", "one"]);
    reshape(&farm, "int");
    farm.commit("int");
    let hash = farm.git(&["rev-parse", "--short", "HEAD"]);
    rewrite(&farm, &["float"]);
    farm.evt_ok(&["verify", "--against", "v1"]);
    farm.evt_ok(&["verify", "--against", "HEAD~1"]);
    farm.evt(&["verify", "--against", hash.trim()]).exits(1);
}

#[test]
fn a_file_is_no_base() {
    let farm = farm_with(&["float"]);
    farm.evt(&["verify", "--against", "HEAD:evt.toml"]).exits(4);
}

#[test]
fn a_detached_head_has_a_base() {
    let farm = farm_with(&["float", "int"]);
    farm.git(&["checkout", "--quiet", "--detach"]);
    farm.evt_ok(&["verify", "--against", "main"]);
    rewrite(&farm, &["float"]);
    farm.evt(&["verify", "--against", "main"]).exits(1);
}

#[test]
fn before_the_first_commit_the_tip_of_the_base_is_compared() {
    let farm = farm_with(&["float", "int"]);
    farm.git(&["checkout", "--quiet", "--orphan", "unborn"]);
    farm.evt_ok(&["verify", "--against", "main"]).tells("comparing with the tip");
    rewrite(&farm, &["float"]);
    farm.evt(&["verify", "--against", "main"]).exits(1).prints("history-version-removed");
}

#[test]
fn before_the_first_commit_head_is_absent() {
    let farm = Project::farm();
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify"]);
    farm.evt(&["verify", "--against", "HEAD"]).exits(4);
}
