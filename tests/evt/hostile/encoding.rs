//! Bytes that are not the text they should be.

use super::{BODY, accepted, event, project, refused};
use crate::project::Project;

#[test]
fn text_that_is_not_utf_8_is_refused() {
    refused(&project(b"event_name: cow_fed\ndescription: gef\xfcttert\n"), &["yaml-encoding"]);
    refused(&project(b"\xff\xff\xff"), &["yaml-encoding"]);
}

#[test]
fn utf_16_is_refused() {
    let units: Vec<u16> = "\u{feff}".encode_utf16().chain(event("cow_fed").encode_utf16()).collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    refused(&project(little), &["yaml-encoding"]);
    refused(&project(big), &["yaml-encoding"]);
}

#[test]
fn utf_16_without_a_mark_is_refused() {
    let little: Vec<u8> = event("cow_fed").encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&project(little), &["yaml-syntax"]);
}

#[test]
fn a_byte_order_mark_is_skipped() {
    accepted(&project(format!("\u{feff}{}", event("cow_fed"))));
}

#[test]
fn windows_line_breaks_mean_the_same() {
    let windows = project(event("cow_fed").replace('\n', "\r\n"));
    let unix = project(event("cow_fed"));
    accepted(&windows);
    accepted(&unix);
    assert_eq!(windows.read("schemas/events.json"), unix.read("schemas/events.json"));
}

#[test]
fn tabs_do_not_indent_and_may_stand_in_text() {
    refused(
        &project("event_name: cow_fed\nevent_type: domain\ninputs:\n\tcow: required\n"),
        &["yaml-syntax"],
    );
    let project = project(format!("event_name: cow_fed\ndescription: \"a\tb\"\n{BODY}"));
    accepted(&project);
    assert_eq!(project.versions("cow_fed")[0]["description"], "a\tb");
}

#[test]
fn nul_characters_are_refused() {
    refused(&project("event_name: cow\0fed\n"), &["yaml-syntax"]);
    refused(&project([0; 4096]), &["yaml-syntax"]);
}

#[test]
fn control_characters_reach_no_terminal() {
    let project = project("event_name: \"cow\u{1b}[31m\"\nevent_type: \"\\e[31m\"\nowner: [\"\u{7}\"]\n");
    let run = super::limited(&project, &["verify"]).exits(1);
    assert!(!run.stdout.contains(['\u{1b}', '\u{7}']), "{}", run.stdout.escape_debug());
}

#[test]
fn a_file_without_definitions_says_nothing() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "---\n---\n...\n", "--- # note\n"] {
        let project = project(event("cow_fed")).file("events/empty.yaml", text);
        accepted(&project);
    }
}

#[test]
fn a_project_without_definitions_is_refused() {
    refused(&Project::new(), &["definitions-missing"]);
    for text in ["", "# only a comment\n", "---\n# nothing\n"] {
        refused(&project(text), &["definitions-missing"]);
    }
    let empty = Project::new();
    std::fs::create_dir(empty.path("events")).expect("a folder can be made");
    refused(&empty, &["definitions-missing"]);
}
