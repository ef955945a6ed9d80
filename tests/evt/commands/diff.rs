//! `evt diff`.

use crate::newcomer::{evt, newcomer, words};
use crate::project::Project;

/// Two committed versions of `something_happened`; the branch `old` holds the first alone.
fn two_versions() -> Project {
    let project = newcomer();
    project.git(&["branch", "old"]);
    project.edit("events/something_happened.yaml", "max_length: 200", "max_length: 300");
    evt(&project, "dump").exits(0);
    project.commit("longer names");
    project
}

const CHANGE: &str = "~ field `name`: max_length 200 → 300";

#[test]
fn without_arguments_definitions_are_compared_with_the_schema_file() {
    let project = newcomer();
    evt(&project, "diff").exits(0).tells("nothing changed");
    project.edit("events/something_happened.yaml", "max_length: 200", "max_length: 300");
    let run = evt(&project, "diff").exits(0).prints("~ something_happened@2  new version").prints(CHANGE);
    assert!(run.stdout.contains("--- something_happened@1\n+++ something_happened@2\n"), "{}", run.stdout);
}

#[test]
fn the_definitions_diff_is_what_a_dry_run_shows() {
    let project = newcomer();
    project.edit("events/something_happened.yaml", "max_length: 200", "max_length: 300");
    let shown = |line: &str| -> String {
        let run = evt(&project, line).exits(0);
        run.stdout.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(shown("diff"), shown("dump --dry-run"));
}

#[test]
fn two_versions_of_an_event_are_compared() {
    let project = two_versions();
    let newer = "something_happened@1 → something_happened@2\n";
    evt(&project, "diff something_happened@1 something_happened@2").exits(0).prints(newer).prints(CHANGE);
    evt(&project, "diff something_happened@1 something_happened").exits(0).prints(newer).prints(CHANGE);
    evt(&project, "diff something_happened@1").exits(0).prints(newer).prints(CHANGE);
    let older = "something_happened@2 → something_happened@1\n";
    evt(&project, "diff something_happened@2 something_happened@1")
        .exits(0)
        .prints(older)
        .prints("300 → 200");
}

#[test]
fn an_event_alone_is_no_mistake() {
    evt(&two_versions(), "diff something_happened").exits(0);
}

#[test]
fn two_events_are_compared() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    evt(&project, "dump").exits(0);
    evt(&project, "diff order_placed something_happened")
        .exits(0)
        .prints("- field `id`")
        .prints("+ field `name`");
}

#[test]
fn a_ref_is_compared_with_the_schema_file() {
    let project = two_versions();
    evt(&project, "diff ref:old").exits(0).prints(CHANGE);
    evt(&project, "diff old").exits(0).prints(CHANGE);
    evt(&project, "diff HEAD~1").exits(0).prints(CHANGE);
    assert_eq!(evt(&project, "diff ref:HEAD").exits(0).stdout, "");
}

#[test]
fn comparing_what_is_equal_says_so() {
    let project = two_versions();
    evt(&project, "diff ref:HEAD").exits(0).tells("nothing changed");
    evt(&project, "diff something_happened@2 something_happened@2").exits(0).tells("nothing changed");
}

#[test]
fn two_refs_are_compared() {
    let project = two_versions();
    evt(&project, "diff ref:old ref:main").exits(0).prints(CHANGE);
    evt(&project, "diff old main").exits(0).prints(CHANGE);
    let gone = evt(&project, "diff ref:main ref:old").exits(0);
    assert!(gone.stdout.contains("something_happened@2 → nothing"), "{}", gone.stdout);
}

#[test]
fn a_name_that_is_both_is_the_event_unless_it_says_ref() {
    let project = two_versions();
    project.git(&["branch", "something_happened", "old"]);
    let row = |line: &str| evt(&project, line).exits(0).stdout;
    assert!(!row("diff something_happened --format json").contains("max_length 200"));
    assert!(row("diff ref:something_happened --format json").contains("max_length 200"));
}

#[test]
fn what_is_unknown_is_not_there() {
    let project = two_versions();
    evt(&project, "diff somthing_happened").exits(1).tells("did you mean `something_happened`?");
    evt(&project, "diff somthing_happened@1").exits(1).tells("did you mean `something_happened`?");
    evt(&project, "diff something_happened@3").exits(1).tells("its versions are 1 to 2");
    evt(&project, "diff something_happened@1 something_happened@two").exits(1).tells("`two`");
    evt(&project, "diff ref:nowhere").exits(4).tells("git does not know `nowhere`");
}

#[test]
fn an_event_and_a_ref_cannot_be_compared() {
    let project = two_versions();
    evt(&project, "diff something_happened ref:HEAD").exits(2).tells("two of a kind");
    evt(&project, "diff ref:HEAD something_happened@1").exits(2).tells("two of a kind");
}

#[test]
fn a_ref_without_a_schema_file_is_not_there() {
    let project = Project::farm().git_init();
    evt(&project, "dump").exits(0);
    evt(&project, "diff ref:HEAD").exits(1).tells("`HEAD` holds no schema file");
}

#[test]
fn json_rows_say_from_which_version_to_which() {
    let project = two_versions();
    for line in ["diff something_happened@1 something_happened@2", "diff ref:old", "diff old main"] {
        let mut arguments = words(line);
        arguments.extend(["--format", "json"]);
        let row = project.evt_ok(&arguments).json();
        assert_eq!(row["event_name"], "something_happened");
        assert_eq!((row["from_version"].as_u64(), row["to_version"].as_u64()), (Some(1), Some(2)), "{line}");
        assert_eq!(row["changes"][0], CHANGE);
    }
}

#[test]
fn a_definition_that_is_wrong_is_a_finding() {
    let project = newcomer();
    project.edit("events/something_happened.yaml", "type: string", "type: strng");
    evt(&project, "diff").exits(1).prints("type-syntax");
}

#[test]
fn an_event_alone_is_its_definition_against_the_schema_file() {
    let project = two_versions();
    evt(&project, "diff something_happened").exits(0).tells("nothing changed");
    project.edit("events/something_happened.yaml", "max_length: 300", "max_length: 400");
    evt(&project, "new event order_placed").exits(0);
    let run = evt(&project, "diff something_happened").exits(0).prints("something_happened@3  new version");
    assert!(run.stdout.contains("max_length 300 → 400"), "{}", run.stdout);
    assert!(!run.stdout.contains("order_placed"), "{}", run.stdout);
    evt(&project, "diff order_placed").exits(0).prints("+ order_placed@1  new event");
}

#[test]
fn two_refs_need_no_schema_file_in_the_work_tree() {
    for text in [None, Some("{ broken")] {
        let project = two_versions();
        project.git(&["tag", "a"]);
        match text {
            None => project.remove("schemas/events.json"),
            Some(text) => project.write("schemas/events.json", text),
        }
        evt(&project, "diff old a").exits(0).prints(CHANGE);
        evt(&project, "diff ref:old ref:a").exits(0).prints(CHANGE);
        evt(&project, "diff old").exits(3);
        evt(&project, "diff something_happened@1").exits(3);
    }
}

#[test]
fn values_of_an_enum_and_personal_data_are_told_in_words() {
    let farm = Project::farm();
    let define = |weight: &str| {
        let text = crate::project::COW_FED.replace("type: float, from: cow.weight, unit: kg", weight);
        farm.write("events/cow_fed.yaml", text);
    };
    define("type: { enum: [eur, usd] }, from: cow.weight");
    evt(&farm, "dump").exits(0);
    define("type: { enum: [eur, gbp] }, from: cow.weight, pii: true");
    evt(&farm, "diff")
        .exits(0)
        .prints("~ field `weight`: enum value `usd` removed")
        .prints("~ field `weight`: enum value `gbp` added")
        .prints("~ field `weight`: marked as personal data");
    evt(&farm, "dump").exits(0);
    define("type: { enum: [eur, gbp] }, from: cow.weight");
    evt(&farm, "diff").exits(0).prints("~ field `weight`: no longer marked as personal data");
}

#[test]
fn a_schema_file_that_was_deleted_by_accident_is_told() {
    let project = newcomer();
    std::fs::remove_file(project.path("schemas/events.json")).expect("it is there");
    evt(&project, "diff").exits(3).tells("git checkout -- schemas/events.json");
}
