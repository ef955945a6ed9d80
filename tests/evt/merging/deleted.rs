//! A schema file that is committed, but gone from the work tree: nothing begins its history anew by accident.

use super::{DEFINITION, committed_farm, cow_fed, reshape, shapes};
use crate::project::Project;

const SCHEMA: &str = "schemas/events.json";

/// A farm with two committed versions, whose schema file is gone.
fn farm_without_schema_file() -> Project {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.commit("int");
    farm.remove(SCHEMA);
    farm
}

#[test]
fn dump_refuses_to_begin_a_committed_history_anew() {
    let farm = farm_without_schema_file();
    for line in [&["dump"][..], &["dump", "--dry-run"], &["dump", "--squash", "HEAD~1"]] {
        let run = farm.evt(line).exits(3).tells("`git checkout -- schemas/events.json`");
        assert!(run.stderr.contains("drift-schema-missing"), "{}", run.stderr);
        assert!(!farm.exists(SCHEMA));
    }
    farm.git(&["checkout", "--", SCHEMA]);
    farm.evt_ok(&["dump"]).tells("up to date");
    assert_eq!(shapes(&farm), ["float", "int"]);
}

#[test]
fn a_staged_deletion_comes_back_from_head() {
    let farm = farm_without_schema_file();
    farm.git(&["add", "--all"]);
    farm.evt(&["dump"]).exits(3).tells("`git checkout HEAD -- schemas/events.json`");
    farm.git(&["checkout", "HEAD", "--", SCHEMA]);
    farm.evt_ok(&["verify"]);
}

#[test]
fn verify_and_what_reads_the_schema_file_say_how_to_bring_it_back() {
    let farm = farm_without_schema_file();
    let run = farm.evt(&["verify"]).exits(1).prints("`git checkout -- schemas/events.json`");
    assert!(!run.stdout.contains("run `evt dump`"), "{}", run.stdout);
    farm.evt(&["list"]).exits(3).tells("`git checkout -- schemas/events.json`");
}

#[test]
fn verify_against_a_base_gives_one_advice() {
    let farm = farm_without_schema_file();
    let advices = |farm: &Project| {
        let report = farm.evt(&["verify", "--against", "main", "--format", "json"]).exits(1).json();
        let findings = report["findings"].as_array().expect("a report has findings").clone();
        let helps = findings.iter().map(|finding| finding["help"].as_str().unwrap_or_default().to_owned());
        helps.collect::<std::collections::BTreeSet<_>>()
    };
    let uncommitted = advices(&farm);
    assert_eq!(uncommitted.len(), 1, "{uncommitted:?}");
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    farm.commit("gone");
    let committed = advices(&farm);
    assert_eq!(committed.len(), 1, "{committed:?}");
    assert!(committed.iter().all(|help| help.contains("git checkout main -- schemas/events.json")));
}

#[test]
fn a_committed_deletion_starts_over() {
    let farm = farm_without_schema_file();
    farm.commit("start over");
    farm.evt_ok(&["dump"]).prints("+ cow_fed@1  new event");
    assert_eq!(shapes(&farm), ["int"]);
}

#[test]
fn where_git_holds_no_schema_file_dump_writes_the_first() {
    let farm = Project::farm().git_init();
    farm.evt_ok(&["dump"]);
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    farm.remove(SCHEMA);
    farm.write(DEFINITION, cow_fed("int"));
    farm.evt_ok(&["dump"]);
    assert_eq!(shapes(&farm), ["int"]);
}
