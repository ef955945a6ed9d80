//! `evt init` tells git about the driver.

use super::{farm, same_event};
use crate::project::Project;

const LINE: &str = "schemas/events.json text eol=lf merge=evt linguist-generated\n";

#[test]
fn init_writes_the_attributes_and_the_driver() {
    let farm = Project::empty();
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["init"]);
    assert_eq!(farm.read(".gitattributes"), LINE);
    assert_eq!(farm.git(&["config", "--get-all", "merge.evt.driver"]), "evt merge-driver %O %A %B %P\n");
    assert_eq!(
        farm.git(&["check-attr", "merge", "schemas/events.json"]),
        "schemas/events.json: merge: evt\n"
    );
}

#[test]
fn init_writes_nothing_twice() {
    let farm = Project::empty();
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["init"]);
    let config = farm.read(".git/config");
    farm.evt_ok(&["init"]).prints("kept .gitattributes").prints("kept evt.toml");
    assert_eq!(farm.read(".gitattributes"), LINE);
    assert_eq!(farm.read(".git/config"), config);
}

#[test]
fn init_adds_to_attributes_that_are_there() {
    for before in ["* text=auto\n", "* text=auto"] {
        let farm = Project::empty().file(".gitattributes", before);
        farm.git(&["init", "--quiet", "."]);
        farm.evt_ok(&["init"]);
        assert_eq!(farm.read(".gitattributes"), format!("* text=auto\n{LINE}"));
    }
}

#[test]
fn init_leaves_git_alone_where_it_is_told_to_or_there_is_none() {
    let farm = Project::empty();
    farm.evt_ok(&["init"]).tells("this is no git repository");
    assert!(!farm.exists(".gitattributes"));
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["init", "--no-git"]);
    assert!(!farm.exists(".gitattributes"));
    assert_eq!(farm.try_git(&["config", "merge.evt.driver"]).code, 1);
}

#[test]
fn init_names_the_schema_file_of_the_project() {
    let farm = Project::empty().file("evt.toml", "[schema]\npath = \"contracts/farm.json\"\n");
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["init"]);
    assert_eq!(
        farm.git(&["check-attr", "merge", "contracts/farm.json"]),
        "contracts/farm.json: merge: evt\n"
    );
}

#[test]
fn init_in_a_folder_of_a_repository_sets_up_that_folder() {
    let repository = Project::empty().file("farm/README", "a farm");
    repository.git(&["init", "--quiet", "."]);
    repository.evt_ok(&["-C", "farm", "init"]);
    let attribute = repository.git(&["check-attr", "merge", "farm/schemas/events.json"]);
    assert_eq!(attribute, "farm/schemas/events.json: merge: evt\n");
}

#[test]
fn the_driver_merges_in_a_folder_of_a_repository() {
    let repository = Project::empty();
    let farm = Project::farm();
    for path in ["evt.toml", "events/subjects.yaml", "events/cow_fed.yaml"] {
        repository.write(&format!("a farm/{path}"), farm.read(path));
    }
    let repository = repository.git_init();
    let evt = |command| repository.evt_ok(&["-C", "a farm", command]);
    evt("init");
    evt("dump");
    repository.commit("farm");
    repository.git(&["branch", "feature"]);
    for (branch, event) in [("main", "cow_named"), ("feature", "cow_sold")] {
        repository.git(&["checkout", "--quiet", branch]);
        repository.write(&format!("a farm/events/{event}.yaml"), same_event(event));
        evt("dump");
        repository.commit(branch);
    }
    repository.git(&["merge", "--no-edit", "main"]);
    evt("verify");
}

#[test]
fn a_linked_worktree_uses_the_driver_too() {
    let farm = farm();
    let linked = Project::empty();
    farm.git(&["worktree", "add", "--quiet", &linked.path("tree").to_string_lossy(), "feature"]);
    farm.write("events/cow_named.yaml", same_event("cow_named"));
    farm.evt_ok(&["dump"]);
    farm.commit("main");
    linked.write("tree/events/cow_sold.yaml", same_event("cow_sold"));
    linked.evt_ok(&["-C", "tree", "dump"]);
    linked.git(&["-C", "tree", "add", "--all"]);
    linked.git(&["-C", "tree", "commit", "--quiet", "-m", "feature"]);
    linked.git(&["-C", "tree", "merge", "--no-edit", "main"]);
    linked.evt_ok(&["-C", "tree", "verify"]);
}
