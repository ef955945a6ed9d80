//! Processes that are killed, and processes that meet.

use std::fs;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::{BODY, accepted, limited};
use crate::project::Project;

const PATH: &str = "schemas/events.json";
/// The dump of a debug build is slow.
const EVENTS: usize = if cfg!(debug_assertions) { 300 } else { 2_000 };

/// A project of many events in 20 files, each with `word` as the type of its field.
fn large(word: &str) -> Project {
    let project = Project::new();
    define(&project, word);
    project
}

fn define(project: &Project, word: &str) {
    for file in 0..20 {
        let numbers = (0..EVENTS).filter(|number| number % 20 == file);
        let body = BODY.replace("float", word);
        let text: Vec<String> =
            numbers.map(|number| format!("---\nevent_name: cow_fed_{number}\n{body}")).collect();
        project.write(&format!("events/part_{file}.yaml"), text.concat());
    }
}

fn start(project: &Project, arguments: &[&str]) -> Child {
    project
        .command(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program can be run")
}

/// The names in the folder of the schema file.
fn names(project: &Project) -> Vec<String> {
    let entries = fs::read_dir(project.path("schemas")).expect("the folder is there");
    entries.map(|entry| entry.expect("it can be listed").file_name().to_string_lossy().into_owned()).collect()
}

#[test]
fn a_dump_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let project = large("float");
    project.evt_ok(&["dump"]);
    let old = project.read(PATH);
    define(&project, "int");
    let begin = Instant::now();
    project.evt_ok(&["dump"]);
    let duration = begin.elapsed();
    let new = project.read(PATH);
    let mut replaced = 0;
    for step in 0..60 {
        project.write(PATH, &old);
        let mut child = start(&project, &["dump"]);
        thread::sleep(duration * step / 50);
        child.kill().expect("a child can be killed");
        child.wait().expect("a child can be waited for");
        let found = project.read(PATH);
        assert!(found == old || found == new, "killed in step {step}: neither the old file nor the new one");
        replaced += usize::from(found == new);
        if step % 20 == 10 {
            let verified = project.evt(&["verify", "--quiet"]);
            assert_eq!(verified.code, i32::from(found == old), "{}", verified.stderr);
        }
    }
    assert!(replaced < 60, "no dump was killed before it had written");
    project.evt_ok(&["dump"]);
    assert_eq!(project.read(PATH), new, "the next dump completes what was begun");
    assert_eq!(names(&project), ["events.json"], "no temporary file is left");
    project.evt_ok(&["verify"]);
}

#[test]
fn what_a_killed_dump_left_behind_is_in_nobodys_way() {
    let project = Project::farm().file("schemas/.events.json.evt-tmp", "half of a schema fi");
    accepted(&project);
    assert_eq!(names(&project), ["events.json"]);
}

#[test]
fn dumps_at_once_give_the_result_of_one() {
    for count in [2, 8] {
        let alone = large("float");
        alone.evt_ok(&["dump"]);
        let together = large("float");
        let children: Vec<Child> = (0..count).map(|_| start(&together, &["dump"])).collect();
        for mut child in children {
            assert!(child.wait().expect("a child can be waited for").success());
        }
        assert_eq!(together.read(PATH), alone.read(PATH));
        assert_eq!(names(&together), ["events.json"]);
        together.evt_ok(&["verify"]);
    }
}

#[test]
fn a_dump_waits_for_the_one_before() {
    let project = Project::farm();
    let held = fs::File::open(project.path("evt.toml")).expect("it is there");
    held.lock().expect("it can be locked");
    let mut child = start(&project, &["dump"]);
    thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().expect("a child can be waited for").is_none(), "it does not wait");
    assert!(!project.exists(PATH));
    drop(held);
    assert!(child.wait().expect("a child can be waited for").success());
    project.evt_ok(&["verify"]);
}

#[test]
fn verify_waits_for_nobody() {
    let project = Project::farm();
    project.evt_ok(&["dump"]);
    let held = fs::File::open(project.path("evt.toml")).expect("it is there");
    held.lock().expect("it can be locked");
    limited(&project, &["verify"]).exits(0);
    limited(&project, &["dump", "--dry-run"]).exits(0);
}

#[test]
fn a_schema_file_that_changes_underneath_is_not_written_over() {
    let project = large("float");
    project.evt_ok(&["dump"]);
    let old = project.read(PATH);
    let touched = format!("{old} ");
    define(&project, "int");
    for step in 0..12 {
        project.write(PATH, &old);
        let child = project
            .command(&["dump"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program can be run");
        thread::sleep(Duration::from_millis(step * 20));
        project.write("touched.json", &touched);
        fs::rename(project.path("touched.json"), project.path(PATH)).expect("files can be moved");
        let output = child.wait_with_output().expect("a child can be waited for");
        let told = String::from_utf8_lossy(&output.stderr);
        match output.status.code() {
            Some(0) => {}
            Some(4) => {
                assert!(told.contains("changed while it was being worked on"), "{told}");
                assert_eq!(project.read(PATH), touched, "nothing was written");
            }
            code => panic!("{code:?}: {told}"),
        }
        assert_eq!(names(&project), ["events.json"]);
    }
}
