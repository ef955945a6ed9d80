//! `evt dump`.

use crate::newcomer::{evt, newcomer};
use crate::project::{Project, Run};

#[test]
fn a_dry_run_writes_nothing_and_shows_what_would_change() {
    let farm = Project::farm();
    let run = evt(&farm, "dump --dry-run").exits(0).prints("+ cow_fed@1  new event").prints("+++ cow_fed@1");
    assert!(run.stderr.contains("schemas/events.json would be written"), "{}", run.stderr);
    assert!(!farm.exists("schemas"));
    evt(&farm, "dump").exits(0);
    let before = farm.read("schemas/events.json");
    farm.edit("events/cow_fed.yaml", "type: float", "type: int");
    evt(&farm, "dump --dry-run").exits(0).prints("~ cow_fed@2  new version").prints("float → int");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_dry_run_with_nothing_to_do_says_so() {
    evt(&newcomer(), "dump --dry-run").exits(0).tells("schemas/events.json is up to date");
}

#[test]
fn definitions_that_are_wrong_leave_the_schema_file_alone() {
    let farm = Project::farm();
    evt(&farm, "dump").exits(0);
    let before = farm.read("schemas/events.json");
    farm.edit("events/cow_fed.yaml", "type: float", "type: flaot");
    let Run { stdout, .. } = evt(&farm, "dump").exits(1).prints("type-syntax");
    assert!(stdout.contains("did you mean `float`?"), "{stdout}");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_removed_definition_retires_its_event_and_a_returned_one_revives_it() {
    let farm = Project::farm();
    evt(&farm, "dump").exits(0);
    let definition = farm.read("events/cow_fed.yaml");
    farm.remove("events/cow_fed.yaml");
    evt(&farm, "dump").exits(0).prints("- cow_fed@1  retired");
    farm.write("events/cow_fed.yaml", definition);
    evt(&farm, "dump").exits(0).prints("+ cow_fed@1  no longer retired");
    evt(&farm, "verify").exits(0);
}

#[test]
fn squashing_makes_one_version_of_what_a_ref_does_not_hold() {
    let project = newcomer();
    project.settings("");
    for length in ["300", "400"] {
        let file = "events/something_happened.yaml";
        let lines: Vec<String> = project
            .read(file)
            .lines()
            .map(|line| match line.split_once("max_length: ") {
                Some((indent, _)) => format!("{indent}max_length: {length}\n"),
                None => format!("{line}\n"),
            })
            .collect();
        project.write(file, lines.concat());
        evt(&project, "dump").exits(0);
        project.commit(length);
    }
    assert_eq!(project.versions("something_happened").len(), 3);
    evt(&project, "dump --squash HEAD~2").exits(0);
    let versions = project.versions("something_happened");
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1]["payload_fields"][0]["max_length"], 400);
    evt(&project, "verify --against HEAD~2").exits(0);
}

#[test]
fn the_report_of_a_dump_holds_what_changes() {
    let farm = Project::farm();
    let changes = |line: &str| evt(&farm, line).exits(0).json()["changes"].clone();
    let added = serde_json::json!([{ "event": "cow_fed", "change": "added", "to_version": 1 }]);
    assert_eq!(changes("dump --dry-run --format json"), added);
    assert_eq!(changes("dump --format json"), added);
    assert_eq!(changes("dump --format json"), serde_json::json!([]));
    farm.edit("events/cow_fed.yaml", "type: float", "type: int");
    let changed = serde_json::json!([
        { "event": "cow_fed", "change": "new version", "from_version": 1, "to_version": 2 }
    ]);
    assert_eq!(changes("dump --dry-run --format json"), changed);
    assert_eq!(changes("dump --format json"), changed);
}
