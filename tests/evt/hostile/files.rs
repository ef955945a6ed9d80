//! Things that stand where definition files should.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use super::{accepted, event, is_root, limited, project, refused, skipped};
use crate::project::{Project, RunCommand};

#[test]
fn a_link_that_leads_back_to_its_folder_is_refused() {
    let project = project(event("cow_fed"));
    symlink(project.path("events"), project.path("events/again")).expect("links can be made");
    refused(&project, &["file-unreadable"]);
}

#[test]
fn links_that_lead_to_each_other_are_refused() {
    let project = project(event("cow_fed"));
    symlink("b.yaml", project.path("events/a.yaml")).expect("links can be made");
    symlink("a.yaml", project.path("events/b.yaml")).expect("links can be made");
    refused(&project, &["file-unreadable", "file-unreadable"]);
}

#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let project = project(event("cow_fed"));
    symlink("nothing.yaml", project.path("events/a.yaml")).expect("links can be made");
    refused(&project, &["file-unreadable"]);
}

#[test]
fn a_link_out_of_the_project_is_refused() {
    let outside = Project::empty().file("cow_sold.yaml", event("cow_sold"));
    let file = project(event("cow_fed"));
    symlink(outside.path("cow_sold.yaml"), file.path("events/cow_sold.yaml")).expect("links can be made");
    refused(&file, &["path-outside-project"]);
    let folder = project(event("cow_fed"));
    symlink(outside.path(""), folder.path("events/outside")).expect("links can be made");
    refused(&folder, &["path-outside-project"]);
}

#[test]
fn a_definitions_folder_that_is_a_link_out_of_the_project_is_refused() {
    let outside = Project::empty().file("cow_fed.yaml", event("cow_fed"));
    let project = Project::new();
    symlink(outside.path(""), project.path("events")).expect("links can be made");
    refused(&project, &["path-outside-project"]);
}

#[test]
fn a_link_inside_of_the_project_is_followed() {
    let project = Project::new()
        .file("events/cow_fed.yaml", event("cow_fed"))
        .file("more/cow_sold.yaml", event("cow_sold"));
    symlink("../more", project.path("events/more")).expect("links can be made");
    accepted(&project);
    assert_eq!(project.versions("cow_sold").len(), 1);
}

#[test]
fn a_file_that_may_not_be_read_is_refused() {
    let project = project(event("cow_fed")).file("events/locked.yaml", event("cow_sold"));
    set_mode(&project, "events/locked.yaml", 0o000);
    if is_root() {
        return skipped("a file without rights", "root reads everything");
    }
    refused(&project, &["file-unreadable"]);
}

#[test]
fn a_folder_that_may_not_be_read_is_refused() {
    let project = project(event("cow_fed")).file("events/locked/cow_sold.yaml", event("cow_sold"));
    set_mode(&project, "events/locked", 0o000);
    if is_root() {
        return skipped("a folder without rights", "root reads everything");
    }
    refused(&project, &["file-unreadable"]);
    set_mode(&project, "events/locked", 0o700);
}

fn set_mode(project: &Project, path: &str, mode: u32) {
    fs::set_permissions(project.path(path), fs::Permissions::from_mode(mode)).expect("rights can be set");
}

#[test]
fn a_pipe_is_refused_and_not_read() {
    let project = project(event("cow_fed"));
    Command::new("mkfifo").arg(project.path("events/pipe.yaml")).run().exits(0);
    refused(&project, &["file-unreadable"]);
}

#[test]
fn a_pipe_for_evt_toml_or_the_schema_file_does_not_hang() {
    let config = Project::empty();
    Command::new("mkfifo").arg(config.path("evt.toml")).run().exits(0);
    limited(&config, &["verify"]).exits(3);
    let schema = project(event("cow_fed")).file("schemas/readme", "");
    Command::new("mkfifo").arg(schema.path("schemas/events.json")).run().exits(0);
    limited(&schema, &["verify"]).exits(4);
}

#[test]
fn a_folder_for_evt_toml_or_the_schema_file_is_refused() {
    let config = Project::empty().file("evt.toml/readme", "");
    limited(&config, &["verify"]).exits(3).tells("evt.toml");
    let schema = project(event("cow_fed")).file("schemas/events.json/readme", "");
    limited(&schema, &["verify"]).exits(4).tells("schemas/events.json");
    limited(&schema, &["dump"]).exits(3).tells("schemas/events.json");
}

#[test]
fn a_folder_with_the_name_of_a_file_is_a_folder() {
    let project = Project::new().file("events/barn.yaml/cow_fed.yml", event("cow_fed"));
    accepted(&project);
    assert_eq!(project.versions("cow_fed").len(), 1);
}

#[test]
fn hidden_files_and_other_names_are_skipped() {
    let project = project(event("cow_fed"))
        .file("events/.hidden.yaml", "{")
        .file("events/.git/x.yaml", "{")
        .file("events/notes.txt", "{")
        .file("events/cow_fed.yaml~", "{")
        .file("events/cow_fed.yaml.orig", "{")
        .file("events/#cow_fed.yaml#", "{")
        .file("events/yaml", "{");
    accepted(&project);
}

#[test]
fn names_of_files_may_be_strange() {
    let project = Project::new()
        .file("events/a b\tc.yaml", event("cow_fed"))
        .file("events/ü\u{1b}[31m.yaml", "descripton: x\n")
        .file("events/-rf.yaml", event("cow_sold"));
    let run = limited(&project, &["verify"]).exits(1).prints("definition-kind");
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout.escape_debug());
}

#[test]
fn a_name_that_is_not_utf_8_is_told() {
    use std::os::unix::ffi::OsStrExt;
    let project = project(event("cow_fed"));
    let name = std::ffi::OsStr::from_bytes(b"cow_\xff.yaml");
    fs::write(project.path("events").join(name), event("cow_sold")).expect("files can be written");
    let run = limited(&project, &["dump"]).exits(1).prints("file-unreadable");
    run.prints("has a name that is not UTF-8");
}

#[test]
fn paths_of_evt_toml_stay_inside_of_the_project() {
    for path in ["../events", "/etc", "a/../../b", "..", "./../x"] {
        for text in [
            format!("[definitions]\npaths = [{path:?}]\n"),
            format!("[schema]\npath = {path:?}\n"),
            format!("[generate.rust]\npath = {path:?}\n"),
        ] {
            let project = project(event("cow_fed")).file("evt.toml", text);
            limited(&project, &["verify"]).exits(3).tells("path-outside-project");
        }
    }
}

#[test]
fn a_schema_file_that_is_a_link_is_followed() {
    let project = project(event("cow_fed"));
    accepted(&project);
    fs::create_dir(project.path("kept")).expect("folders can be made");
    fs::rename(project.path("schemas/events.json"), project.path("kept/events.json"))
        .expect("files can be moved");
    symlink("../kept/events.json", project.path("schemas/events.json")).expect("links can be made");
    project.edit("events/cow_fed.yaml", "float", "int");
    accepted(&project);
    assert!(project.read("kept/events.json").contains("\"event_version\": 2"));
    assert!(fs::symlink_metadata(project.path("schemas/events.json")).expect("it is there").is_symlink());
}

#[test]
fn an_evt_toml_that_is_absurd_is_refused() {
    for text in [
        "[".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        "a.".repeat(100_000),
        "\0".to_owned(),
        "x = '\u{feff}".to_owned(),
    ] {
        let project = project(event("cow_fed")).file("evt.toml", text);
        limited(&project, &["verify"]).exits(3).tells("toml-syntax");
    }
    let bytes = project(event("cow_fed")).file("evt.toml", b"\xff\xfe");
    limited(&bytes, &["verify"]).exits(3).tells("not UTF-8");
    let mark = project(event("cow_fed")).file("evt.toml", "\u{feff}version = 1\r\n");
    accepted(&mark);
}

#[test]
fn a_folder_that_is_named_in_two_ways_is_read_once() {
    for paths in ["\"events\", \"./events\"", "\"events\", \".\"", "\"events/../events\", \"events\""] {
        let farm = crate::project::Project::farm();
        farm.write("evt.toml", format!("[definitions]\npaths = [{paths}]\n"));
        farm.evt_ok(&["dump"]);
    }
}
