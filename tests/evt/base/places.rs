//! Where a project can stand in a repository.

use super::{SCHEMA, farm_with, history, reshape, rewrite};
use crate::project::{Project, RunCommand};

const REMOVED: &str = "history-version-removed";

/// A repository with the farm in a folder.
fn farm_in_a_folder() -> Project {
    let repository = Project::empty();
    repository.write("farm/evt.toml", "");
    let farm = Project::farm();
    for weight in ["float", "int"] {
        reshape(&farm, weight);
    }
    for path in ["events/subjects.yaml", "events/cow_fed.yaml", SCHEMA] {
        repository.write(&format!("farm/{path}"), farm.read(path));
    }
    repository.git_init()
}

/// Takes version 2 away from the farm in a folder.
fn lose_a_version(repository: &Project) {
    repository.write(&format!("farm/{SCHEMA}"), history(&["float"]));
    repository.edit("farm/events/cow_fed.yaml", "type: int", "type: float");
}

#[test]
fn a_project_in_a_folder_of_a_repository_has_a_base() {
    let repository = farm_in_a_folder();
    repository.evt_ok(&["-C", "farm", "verify", "--against", "main"]);
    lose_a_version(&repository);
    repository.evt(&["-C", "farm", "verify", "--against", "main"]).exits(1).prints(REMOVED);
    repository.evt(&["--config", "farm/evt.toml", "verify", "--against", "main"]).exits(1).prints(REMOVED);
}

#[test]
fn a_project_has_a_base_from_below_its_folder() {
    let repository = farm_in_a_folder();
    lose_a_version(&repository);
    repository.evt(&["-C", "farm/events", "verify", "--against", "main"]).exits(1).prints(REMOVED);
}

#[test]
fn drafts_are_known_in_a_folder_of_a_repository() {
    let repository = farm_in_a_folder();
    for (from, to) in [("int", "string"), ("string", "bool")] {
        repository.edit(
            "farm/events/cow_fed.yaml",
            &format!("type: {from}, from: cow"),
            &format!("type: {to}, from: cow"),
        );
        repository.evt_ok(&["-C", "farm", "dump"]).prints("cow_fed@3");
    }
}

#[test]
fn a_linked_worktree_has_a_base_and_drafts_of_its_own() {
    let farm = farm_with(&["float"]);
    let linked = Project::empty();
    let path = linked.path("tree");
    farm.git(&["worktree", "add", "--quiet", "-b", "feature", &path.to_string_lossy()]);
    let definition = farm.read("events/cow_fed.yaml");
    for weight in ["int", "string"] {
        linked
            .write("tree/events/cow_fed.yaml", definition.replace("type: float", &format!("type: {weight}")));
        linked.evt_ok(&["-C", "tree", "dump"]).prints("cow_fed@2");
    }
    linked.evt_ok(&["-C", "tree", "verify", "--against", "main"]);
    reshape(&farm, "int");
    farm.commit("int");
    linked.evt_ok(&["-C", "tree", "verify", "--against", "main"]);
}

#[test]
fn a_symlinked_schema_file_has_a_base_and_drafts() {
    let farm = Project::farm().file("shared/farm.json", history(&["float"]));
    std::fs::create_dir(farm.path("schemas")).expect("folders can be made");
    std::os::unix::fs::symlink("../shared/farm.json", farm.path(SCHEMA)).expect("links can be made");
    let farm = farm.git_init();
    for weight in ["int", "string"] {
        reshape(&farm, weight);
        assert_eq!(farm.versions("cow_fed").len(), 2);
    }
    assert!(farm.path(SCHEMA).is_symlink());
    farm.commit("string");
    rewrite(&farm, &["float"]);
    farm.evt(&["verify", "--against", "main"]).exits(1).prints(REMOVED);
}

#[test]
fn a_project_that_is_reached_by_a_symlink_has_a_base() {
    let farm = farm_with(&["float", "int"]);
    let elsewhere = Project::empty();
    std::os::unix::fs::symlink(farm.path(""), elsewhere.path("link")).expect("links can be made");
    rewrite(&farm, &["float"]);
    elsewhere.evt(&["-C", "link", "verify", "--against", "main"]).exits(1).prints(REMOVED);
}

#[test]
fn a_hook_of_git_does_not_lead_to_another_repository() {
    let farm = farm_with(&["float", "int"]);
    let other = Project::farm().git_init();
    let git_dir = other.path(".git");
    rewrite(&farm, &["float"]);
    let mut command = farm.command(&["verify", "--against", "main"]);
    command.env("GIT_DIR", &git_dir).env("GIT_WORK_TREE", other.path("")).env("GIT_PREFIX", "events/");
    command.env("GIT_INDEX_FILE", git_dir.join("index"));
    command.run().exits(1).prints(REMOVED);
}

#[test]
fn a_commit_hook_can_verify() {
    let farm = farm_with(&["float", "int"]);
    let program = env!("CARGO_BIN_EXE_evt");
    let hook = farm.path(".git/hooks/pre-commit");
    farm.write(".git/hooks/pre-commit", format!("#!/bin/sh\nexec '{program}' verify --against HEAD\n"));
    let mut allowed = std::fs::metadata(&hook).expect("the hook is there").permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut allowed, 0o755);
    std::fs::set_permissions(&hook, allowed).expect("the hook can be made a program");
    farm.write("README", "fine");
    farm.commit("fine");
    rewrite(&farm, &["float"]);
    let refused = farm.try_git(&["commit", "--quiet", "--all", "-m", "lost"]).exits(1);
    assert!((refused.stdout + &refused.stderr).contains(REMOVED));
}

#[test]
fn history_is_found_where_the_base_kept_it_though_its_folder_is_gone() {
    let farm = farm_with(&["float", "int"]);
    farm.git(&["mv", SCHEMA, "events.json"]);
    farm.write("evt.toml", "[schema]\npath = \"events.json\"\n");
    farm.commit("moved");
    std::fs::remove_dir(farm.path("schemas")).expect("the folder is empty");
    farm.remove("events.json");
    farm.write("events.json", history(&["int"]));
    farm.evt(&["verify", "--against", "HEAD~1"]).exits(1).prints("history-version-rewritten");
    farm.git(&["checkout", "--quiet", "--", "events.json"]);
    farm.edit("events/cow_fed.yaml", "type: int", "type: bool");
    farm.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
    farm.evt_ok(&["dump"]).prints("~ cow_fed@3  new version");
}

#[test]
fn the_same_bytes_elsewhere_are_not_the_same_history() {
    let farm = farm_with(&["float", "int"]);
    farm.write("other/events.json", history(&["int"]));
    farm.commit("another schema file");
    farm.write("evt.toml", "[schema]\npath = \"other/events.json\"\n");
    farm.evt(&["verify", "--against", "HEAD"]).exits(1).prints("history-version-rewritten");
}

#[test]
fn a_path_with_a_colon_is_no_pattern() {
    let farm = Project::farm().file("evt.toml", "[schema]\npath = \":x/events.json\"\n");
    for weight in ["float", "int"] {
        reshape(&farm, weight);
    }
    let farm = farm.git_init();
    farm.write(":x/events.json", history(&["int"]));
    farm.evt(&["verify", "--against", "HEAD"]).exits(1).prints("history-version-rewritten");
}
