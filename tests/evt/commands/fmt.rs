//! `evt fmt` and `evt lint`.

use std::io::Write;
use std::process::Stdio;

use crate::newcomer::{evt, newcomer};
use crate::project::{Project, Run};

const UNFORMATTED: &str = "\
# what a barn tells
event_name:   barn_closed   # at night
event_type: domain

# who did it
owner:    team-barn
description:   A barn was closed.
";

/// Runs the program with a text on standard input.
fn with_stdin(project: &Project, arguments: &[&str], text: &[u8]) -> Run {
    let mut command = project.command(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be run");
    child.stdin.take().expect("it is piped").write_all(text).expect("the program reads it all");
    let output = child.wait_with_output().expect("the program ends");
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("notes are UTF-8"),
    }
}

#[test]
fn check_lists_what_is_not_formatted_and_changes_nothing() {
    let project = newcomer().file("events/barn.yaml", UNFORMATTED).file("events/b.yml", "x-a:   1\n");
    let run = evt(&project, "fmt --check").exits(1).prints("events/barn.yaml").prints("events/b.yml");
    assert!(!run.stdout.contains("subjects.yaml"), "{}", run.stdout);
    assert_eq!(project.read("events/barn.yaml"), UNFORMATTED);
    assert_eq!(
        evt(&project, "fmt --check --format json").exits(1).rules(),
        ["not-formatted", "not-formatted"]
    );
}

#[test]
fn formatting_is_done_once_and_keeps_every_comment() {
    let project = newcomer().file("events/barn.yaml", UNFORMATTED);
    evt(&project, "fmt").exits(0).prints("formatted events/barn.yaml");
    let formatted = project.read("events/barn.yaml");
    for comment in ["# what a barn tells", "# at night", "# who did it"] {
        assert!(formatted.contains(comment), "{formatted}");
    }
    assert_eq!(evt(&project, "fmt").exits(0).stdout, "");
    assert_eq!(project.read("events/barn.yaml"), formatted);
    evt(&project, "fmt --check").exits(0);
}

#[test]
fn formatting_plans_nothing() {
    let project = newcomer().file("events/barn.yaml", UNFORMATTED);
    evt(&project, "dump").exits(0);
    evt(&project, "fmt").exits(0);
    evt(&project, "verify").exits(0);
}

#[test]
fn only_the_files_that_are_named_are_formatted() {
    let project = newcomer().file("events/barn.yaml", UNFORMATTED).file("events/b.yaml", "x-a:   1\n");
    evt(&project, "fmt events/b.yaml").exits(0).prints("formatted events/b.yaml");
    assert_eq!(project.read("events/barn.yaml"), UNFORMATTED);
    evt(&project, "fmt events/no.yaml").exits(1).tells("there is no `events/no.yaml`");
}

#[test]
fn a_file_is_formatted_without_a_project() {
    let nowhere = Project::empty().file("barn.yaml", UNFORMATTED);
    evt(&nowhere, "fmt --check barn.yaml").exits(1);
    evt(&nowhere, "fmt barn.yaml").exits(0);
    evt(&nowhere, "fmt --check barn.yaml").exits(0);
}

#[test]
fn standard_input_is_formatted_to_standard_output() {
    let nowhere = Project::empty();
    let run = with_stdin(&nowhere, &["fmt", "-"], UNFORMATTED.as_bytes()).exits(0);
    assert!(run.stdout.contains("event_name: barn_closed  # at night\n"), "{}", run.stdout);
    assert_eq!(with_stdin(&nowhere, &["fmt", "-"], run.stdout.as_bytes()).exits(0).stdout, run.stdout);
    assert_eq!(with_stdin(&nowhere, &["fmt", "-"], b"").exits(0).stdout, "");
}

#[test]
fn checking_standard_input_tells_whether_it_is_formatted() {
    let nowhere = Project::empty();
    with_stdin(&nowhere, &["fmt", "--check", "-"], b"x-a:   1\n").exits(1).prints("not-formatted");
    assert_eq!(with_stdin(&nowhere, &["fmt", "--check", "-"], b"x-a: 1\n").exits(0).stdout, "");
}

#[test]
fn standard_input_that_is_no_yaml_gives_no_result() {
    let run = with_stdin(&Project::empty(), &["fmt", "-"], b"a: [\n").exits(1).tells("yaml-syntax");
    assert_eq!(run.stdout, "");
}

#[test]
fn a_file_that_is_no_yaml_is_left_alone_and_the_others_are_formatted() {
    let project = newcomer().file("events/barn.yaml", UNFORMATTED).file("events/broken.yaml", "a:   [\n");
    evt(&project, "fmt").exits(1).prints("yaml-syntax").prints("formatted events/barn.yaml");
    assert_eq!(project.read("events/broken.yaml"), "a:   [\n");
    evt(&project, "fmt --check").exits(1).prints("events/broken.yaml");
}

#[test]
fn a_file_that_is_not_utf_8_is_left_alone() {
    let project = newcomer().file("events/latin.yaml", b"description: caf\xe9\n");
    evt(&project, "fmt").exits(1).prints("yaml-encoding");
    assert_eq!(
        std::fs::read(project.path("events/latin.yaml")).expect("it is there"),
        b"description: caf\xe9\n"
    );
}

#[test]
fn lint_tells_of_style_and_fails_for_errors_only() {
    let farm = Project::farm();
    assert_eq!(evt(&farm, "lint --format json").exits(0).rules(), Vec::<String>::new());
    farm.edit("events/cow_fed.yaml", "description: A cow was fed.\n", "");
    let run = evt(&farm, "lint").exits(0).prints("event-description-required");
    assert!(run.stdout.trim_end().ends_with("1 warning"), "{}", run.stdout);
    farm.write("evt.toml", "[rules]\nevent-description-required = \"error\"\n");
    evt(&farm, "lint").exits(1).prints("1 error");
    farm.write("evt.toml", "[rules]\nevent-description-required = \"off\"\n");
    assert_eq!(evt(&farm, "lint").exits(0).stdout, "");
}

#[test]
fn lint_needs_no_schema_file() {
    evt(&Project::farm(), "lint").exits(0);
    evt(&Project::farm().file("schemas/events.json", "{"), "lint").exits(0);
}

#[test]
fn what_is_no_definition_is_left_alone() {
    let project = newcomer().file("notes.txt", "a:   1\n").file("README.md", "a:   1\n");
    for line in [
        "fmt notes.txt",
        "fmt events/subjects.yaml README.md",
        "fmt --check schemas/events.json",
        "fmt evt.toml",
    ] {
        evt(&project, line).exits(2).tells("is no definition");
    }
    evt(&project, "fmt notes.txt README.md").exits(2).tells("`notes.txt`").tells("`README.md`");
    assert_eq!(project.read("notes.txt"), "a:   1\n");
    evt(&project, "verify").exits(0);
}
