//! Without a repository, or without git.

use super::{DEFINITION, farm_with, reshape};
use crate::project::{Project, Run, RunCommand};

/// Runs the program where no other program can be found.
fn evt_without_git(farm: &Project, arguments: &[&str]) -> Run {
    let nothing = Project::empty();
    farm.command(arguments).env("PATH", nothing.path("")).run()
}

#[test]
fn outside_of_a_repository_nothing_can_be_proven_against() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    farm.evt(&["verify", "--against", "main"])
        .exits(4)
        .tells("there is no git repository that could hold `main`");
}

#[test]
fn outside_of_a_repository_a_configured_base_is_only_noted() {
    let farm = Project::farm().file("evt.toml", "[git]\nbase = \"origin/main\"\n");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify"]).tells("neither lost history nor compatibility was looked at");
}

#[test]
fn without_git_and_outside_of_a_repository_all_but_a_base_works() {
    let farm = Project::farm().file("evt.toml", "[git]\nbase = \"origin/main\"\n");
    evt_without_git(&farm, &["dump"]).exits(0);
    farm.edit(DEFINITION, "type: float", "type: int");
    evt_without_git(&farm, &["dump"]).exits(0).prints("~ cow_fed@2  new version");
    evt_without_git(&farm, &["verify"])
        .exits(0)
        .tells("neither lost history nor compatibility was looked at");
    evt_without_git(&farm, &["verify", "--against", "main"]).exits(4);
}

#[test]
fn without_git_a_repository_cannot_tell_its_drafts() {
    let farm = farm_with(&["float"]);
    farm.edit(DEFINITION, "type: float", "type: int");
    evt_without_git(&farm, &["dump"]).exits(4).tells("git is not installed, or not on PATH");
    assert_eq!(farm.versions("cow_fed").len(), 1);
}

#[test]
fn without_git_what_needs_no_drafts_works_in_a_repository() {
    let farm = farm_with(&["float"]);
    evt_without_git(&farm, &["dump"]).exits(0);
    evt_without_git(&farm, &["verify"]).exits(0);
    evt_without_git(&farm, &["list"]).exits(0);
}

#[test]
fn a_repository_of_somebody_else_is_not_as_if_there_were_none() {
    let farm = farm_with(&["float"]);
    reshape(&farm, "int");
    farm.edit(DEFINITION, "type: int", "type: string");
    for arguments in [&["dump"][..], &["verify", "--against", "main"]] {
        let mut command = farm.command(arguments);
        command
            .env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
            .run()
            .exits(4)
            .tells("dubious ownership")
            .tells("git config --global --add safe.directory");
    }
}
