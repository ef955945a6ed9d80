//! The exit codes, which are the same whatever the format.

use crate::newcomer::{evt, newcomer, words};
use crate::project::Project;

/// Runs a line in text and in JSON in projects of their own, and asserts how both end.
fn exits(code: i32, project: impl Fn() -> Project, lines: &[&str]) {
    for line in lines {
        for format in ["text", "json"] {
            let project = project();
            let mut arguments = words(line);
            arguments.extend(["--format", format]);
            let run = project.evt(&arguments);
            assert_eq!(run.code, code, "evt {line} --format {format}\n{}{}", run.stdout, run.stderr);
            if format == "json" && [1, 3, 4].contains(&code) {
                let report = run.json();
                let status = if code == 1 { ["findings", "error"] } else { ["error", "error"] };
                assert!(status.contains(&report["status"].as_str().unwrap_or_default()), "{line}: {report}");
                assert!(report["findings"].as_array().is_some_and(|all| !all.is_empty()), "{line}: {report}");
            }
        }
    }
}

#[test]
fn what_works_ends_with_0() {
    let project = newcomer();
    let lines = [
        "init",
        "dump",
        "dump --dry-run",
        "verify",
        "verify --against HEAD",
        "diff",
        "diff ref:HEAD",
        "list",
        "list --retired",
        "show something_happened",
        "log something_happened",
        "lint",
        "fmt",
        "fmt --check",
        "catalog",
        "rules",
        "explain unknown-key",
        "schema config",
        "completions fish",
        "man",
        "man list",
    ];
    for line in lines {
        evt(&project, line).exits(0);
        evt(&project, &format!("{line} --format json")).exits(0);
    }
}

#[test]
fn a_check_that_found_something_ends_with_1() {
    exits(1, Project::farm, &["verify"]);
    let broken = || newcomer().file("events/broken.yaml", "event_name: [\n");
    exits(1, broken, &["verify", "dump", "dump --dry-run", "lint", "diff", "fmt", "fmt --check"]);
    let wrong = || newcomer().file("events/wrong.yaml", "event_name: cow_fed\n");
    exits(1, wrong, &["verify", "dump", "dump --dry-run", "lint", "diff"]);
    exits(1, || newcomer().file("events/loose.yaml", "x-a:   1\n"), &["fmt --check"]);
    exits(1, || Project::new().file("events/note.yaml", "# nothing yet\n"), &["verify", "dump", "lint"]);
}

#[test]
fn what_is_not_there_ends_with_1() {
    let lines = [
        "show nothing_happened",
        "show something_happened@9",
        "log nothing_happened",
        "diff nothing_happened",
        "explain no-such-rule",
        "man nothing",
        "fmt nothing.yaml",
        "merge-driver no no no no",
    ];
    exits(1, newcomer, &lines);
}

#[test]
fn wrong_usage_ends_with_2() {
    let lines = [
        "new event Bad",
        "new event something_happened",
        "list --process-type quick",
        "list everything",
        "diff something_happened ref:HEAD",
        "schema nothing",
        "completions nothing",
        "dump --quiet --verbose",
    ];
    exits(2, newcomer, &lines);
}

#[test]
fn an_evt_toml_that_cannot_be_read_ends_with_3() {
    let lines = [
        "new event cow_fed",
        "dump",
        "dump --dry-run",
        "dump --watch",
        "verify",
        "diff",
        "list",
        "show cow_fed",
        "log cow_fed",
        "lint",
        "fmt",
        "fmt --check",
        "catalog",
    ];
    exits(3, Project::empty, &lines);
    exits(3, || Project::farm().file("evt.toml", "[schema\n"), &lines);
    exits(3, || Project::farm().file("evt.toml", "shema = 1\n"), &lines);
    exits(3, || Project::farm().file("evt.toml", "version = 99\n"), &["verify", "list"]);
}

#[test]
fn a_schema_file_that_cannot_be_read_ends_with_3_but_is_a_finding_of_verify() {
    let lines =
        ["dump", "dump --dry-run", "diff", "diff cow_fed", "list", "show cow_fed", "log cow_fed", "catalog"];
    for text in ["{", "[]", "{\"evt\": 99, \"events\": []}", ""] {
        exits(3, || Project::farm().file("schemas/events.json", text), &lines[..3]);
        exits(3, || Project::farm().file("schemas/events.json", text), &lines[4..5]);
        exits(1, || Project::farm().file("schemas/events.json", text), &["verify"]);
    }
    exits(3, || Project::farm().file("schemas/events.json", "{"), &lines);
    exits(3, Project::farm, &["list", "show cow_fed", "log cow_fed", "catalog", "diff cow_fed"]);
}

#[test]
fn a_schema_file_that_is_there_but_unreadable_ends_with_3_and_in_verify_with_4() {
    let folder =
        || newcomer_without_schema_file().file("schemas/events.json/note", "a folder where a file is wanted");
    exits(3, folder, &["dump", "dump --dry-run", "diff", "list", "show cow_fed", "log cow_fed", "catalog"]);
    exits(4, folder, &["verify"]);
}

fn newcomer_without_schema_file() -> Project {
    let project = newcomer();
    project.remove("schemas/events.json");
    project
}

#[test]
fn a_command_that_there_is_not_yet_is_told_as_such() {
    let project = Project::empty();
    evt(&project, "dashboard").exits(2).tells("this version of evt has no `dashboard` yet");
    let unknown = evt(&project, "contrast").exits(2);
    assert!(!unknown.stderr.contains("similar"), "{}", unknown.stderr);
    evt(&project, "dmup").exits(2).tells("a similar subcommand exists: 'dump'");
}

#[test]
fn a_machine_or_git_that_refuses_ends_with_4() {
    let lines = ["verify --against nowhere", "diff ref:nowhere", "dump --squash nowhere"];
    exits(4, newcomer, &lines);
    exits(4, Project::farm, &["verify --against HEAD", "dump --squash HEAD"]);
    let blocked = || Project::farm().file("schemas", "a file where a folder is wanted");
    exits(4, blocked, &["dump", "dump --dry-run", "verify", "list", "diff", "catalog", "init"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_ends_with_4() {
    let project = newcomer();
    for line in ["list", "rules", "verify --format json", "schema definition", "completions bash"] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
        let mut command = project.command(&words(line));
        let status = command.stdout(full).stderr(std::process::Stdio::null()).status();
        assert_eq!(status.expect("the program can be run").code(), Some(4), "{line}");
    }
}
