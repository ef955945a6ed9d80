//! Which `evt.toml` is used.

use crate::newcomer::{evt, newcomer};
use crate::project::{Project, RunCommand};

#[test]
fn the_project_is_found_from_a_folder_below() {
    let project = newcomer().file("events/deep/er/note.txt", "");
    for line in ["verify", "lint", "fmt --check", "list", "diff"] {
        let mut command = project.command(&line.split(' ').collect::<Vec<_>>());
        command.current_dir(project.path("events/deep/er")).run().exits(0);
    }
    let mut dump = project.command(&["dump"]);
    dump.current_dir(project.path("events")).run().exits(0).tells("schemas/events.json is up to date");
    assert!(!project.exists("events/schemas"));
}

#[test]
fn the_nearest_evt_toml_wins() {
    let project =
        newcomer().file("inner/evt.toml", "[definitions]\npaths = []\n").file("inner/below/note.txt", "");
    evt(&project, "-C inner/below list").exits(3).tells("there is no schema file");
}

#[test]
fn another_folder_can_be_named() {
    let project = Project::empty()
        .file("farm/evt.toml", "")
        .file("farm/events/cow.yaml", "event_name: cow_fed\nevent_type: domain\n");
    evt(&project, "verify").exits(3);
    evt(&project, "-C farm dump").exits(0);
    assert!(project.exists("farm/schemas/events.json"));
    evt(&project, "-C farm verify").exits(0);
    evt(&project, "verify -C farm").exits(0);
    evt(&project, "-C farm/events verify").exits(0);
    for command in ["verify", "dump", "list", "lint", "outbox stats"] {
        let run = evt(&project, &format!("-C nowhere {command}")).exits(3);
        let run = run.tells("there is no folder `nowhere`").tells("`-C` names");
        assert!(!run.stderr.contains("evt init"), "{}", run.stderr);
    }
}

#[test]
fn paths_are_relative_to_the_evt_toml_that_is_named() {
    let project = Project::empty()
        .file("conf/other.toml", "[schema]\npath = \"contracts.json\"\n")
        .file("conf/events/cow.yaml", "event_name: cow_fed\nevent_type: domain\n");
    evt(&project, "--config conf/other.toml dump").exits(0);
    assert!(project.exists("conf/contracts.json"));
    evt(&project, "--config conf/other.toml verify").exits(0);
    let path = project.path("conf/other.toml");
    let mut elsewhere = project.command(&["verify", "--config", path.to_str().expect("a path is UTF-8")]);
    elsewhere.current_dir(std::env::temp_dir()).run().exits(0);
    evt(&project, "--config conf/none.toml verify").exits(3).tells("none.toml");
}

#[test]
fn a_config_is_relative_to_the_folder_that_is_named() {
    let project = Project::empty()
        .file("farm/my.toml", "")
        .file("farm/events/cow.yaml", "event_name: cow_fed\nevent_type: domain\n");
    evt(&project, "-C farm --config my.toml dump").exits(0);
    assert!(project.exists("farm/schemas/events.json"));
}

#[test]
fn an_empty_evt_toml_is_a_project() {
    let farm = Project::farm().file("evt.toml", "");
    evt(&farm, "dump").exits(0);
    evt(&farm, "verify").exits(0);
}

#[test]
fn a_mistyped_setting_says_what_was_meant() {
    let farm = Project::farm().file("evt.toml", "[shema]\npath = \"a.json\"\n");
    evt(&farm, "verify").exits(3).tells("did you mean `schema`?").tells("evt.toml:1");
    farm.write("evt.toml", "[git]\nbse = \"main\"\n");
    evt(&farm, "verify").exits(3).tells("did you mean `base`?").tells("evt.toml:2");
}

#[test]
fn a_project_is_not_set_up_under_another_name() {
    let project = Project::empty();
    evt(&project, "--config farm.toml init").exits(2).tells("evt.toml");
    assert!(!project.exists("evt.toml"));
}
