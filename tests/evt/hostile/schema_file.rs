//! A schema file that somebody, or something, has touched: nothing is written over it.

use std::fs;

use super::{accepted, event, events, is_root, limited, project, skipped};
use crate::project::Project;

const PATH: &str = "schemas/events.json";

/// A project with a schema file of two events, one of which has two versions.
fn dumped() -> Project {
    let project = project(event("cow_fed")).file("events/cow_sold.yaml", event("cow_sold"));
    limited(&project, &["dump"]).exits(0);
    project.edit("events/cow_fed.yaml", "float", "int");
    accepted(&project);
    project
}

/// Asserts that `verify` finds one of these rules broken, and that `dump` leaves the file as it is.
fn kept(project: &Project, rules: &[&str]) {
    let before = fs::read(project.path(PATH)).expect("the file is there");
    let run = limited(project, &["verify", "--format", "json"]).exits(1);
    let found = run.rules();
    assert!(
        !found.is_empty() && found.iter().all(|rule| rules.contains(&rule.as_str())),
        "{found:?}\n{}",
        run.stdout
    );
    limited(project, &["verify"]).exits(1);
    for command in ["dump", "list"] {
        let run = limited(project, &[command]).exits(3);
        assert!(rules.iter().any(|rule| run.stderr.contains(rule)), "{}", run.stderr);
    }
    assert_eq!(
        fs::read(project.path(PATH)).expect("the file is there"),
        before,
        "nothing was written over it"
    );
}

#[test]
fn a_file_that_was_cut_is_refused_wherever_it_was_cut() {
    let project = dumped();
    let text = project.read(PATH);
    let mut cuts: Vec<usize> = (0..text.len() - 2).step_by(151).collect();
    cuts.extend([1, text.len() - 4, text.len() - 3]);
    for cut in cuts {
        project.write(PATH, &text[..cut]);
        let run = limited(&project, &["verify", "--format", "json"]).exits(1);
        assert_eq!(run.rules(), ["schema-file-syntax"], "cut at {cut}");
    }
    kept(&project, &["schema-file-syntax"]);
}

#[test]
fn a_file_that_was_edited_by_hand_is_refused() {
    let edits = [
        ("\"type\": \"int\"", "\"type\": \"string\"", "history-fingerprint-mismatch"),
        ("\"event_version\": 2", "\"event_version\": 3", "history-version-gap"),
        ("\"event_version\": 2", "\"event_version\": 1", "history-version-duplicated"),
        ("\"event_version\": 2", "\"event_version\": 0", "schema-file-order"),
        ("\"event_version\": 2", "\"event_version\": -2", "schema-file-syntax"),
        ("\"event_version\": 2", "\"event_version\": 4294967296", "schema-file-syntax"),
        ("\"event_version\": 2", "\"event_version\": 2.0", "schema-file-syntax"),
        ("\"type\": \"int\"", "\"type\": \"int\", \"min\": 1e999", "schema-file-syntax"),
        ("\"type\": \"int\"", "\"type\": { \"list\": \"int\", \"map\": \"int\" }", "schema-file-syntax"),
        ("\"type\": \"int\"", "\"type\": \"int\", \"surprise\": 1", "schema-file-syntax"),
        ("\"event_name\": \"cow_sold\"", "\"event_name\": \"cow_aged\"", "schema-file-order"),
    ];
    for (from, to, rule) in edits {
        let project = dumped();
        project.edit(PATH, from, to);
        kept(&project, &[rule, "history-fingerprint-mismatch"]);
    }
}

#[test]
fn a_file_of_lists_instead_of_objects_is_refused() {
    let project = dumped();
    project.write(PATH, "[1, []]\n");
    kept(&project, &["schema-file-syntax"]);
}

#[test]
fn a_file_of_absurd_depth_is_refused() {
    let project = dumped();
    let text = project.read(PATH);
    for opening in ["[", "{\"a\":", "{\"list\":"] {
        let deep = format!("\"type\": {}", opening.repeat(100_000));
        project.write(PATH, text.replace("\"type\": \"int\"", &deep));
        kept(&project, &["schema-file-syntax"]);
    }
    let closed = format!("\"type\": {}\"int\"{}", "{\"list\":".repeat(100_000), "}".repeat(100_000));
    project.write(PATH, text.replace("\"type\": \"int\"", &closed));
    kept(&project, &["schema-file-syntax"]);
}

#[test]
fn conflict_markers_are_named() {
    let project = dumped();
    let text = project.read(PATH);
    project.write(PATH, format!("<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> theirs\n"));
    kept(&project, &["schema-file-conflict"]);
    let entry = "\"event_version\": 2,\n";
    let inside = format!("<<<<<<< HEAD\n{entry}=======\n\"event_version\": 3,\n>>>>>>> theirs\n");
    project.write(PATH, text.replace(entry, &inside));
    kept(&project, &["schema-file-conflict"]);
}

#[test]
fn a_newer_format_is_refused() {
    for format in ["2", "4294967296", "18446744073709551615"] {
        let project = dumped();
        project.edit(PATH, "\"evt\": 1,", &format!("\"evt\": {format},\n  \"new\": true,"));
        kept(&project, &["schema-file-newer"]);
    }
}

#[test]
fn other_formats_are_refused() {
    for format in ["-1", "1.5", "\"1\"", "null", "99999999999999999999"] {
        let project = dumped();
        project.edit(PATH, "\"evt\": 1,", &format!("\"evt\": {format},"));
        kept(&project, &["schema-file-syntax", "schema-file-newer"]);
    }
}

#[test]
fn bytes_that_are_no_json_are_refused() {
    for bytes in
        [&b""[..], b"\0\0\0\0", b"\xff\xfe{\0}\0", b"null", b"events: []\n", b"{}", b"[]", b"\"text\""]
    {
        let project = dumped();
        project.write(PATH, bytes);
        kept(&project, &["schema-file-syntax"]);
    }
}

#[test]
fn a_file_with_a_byte_order_mark_is_read() {
    let project = dumped();
    let text = project.read(PATH);
    project.write(PATH, format!("\u{feff}{text}"));
    accepted(&project);
    project.edit("events/cow_fed.yaml", "int", "bool");
    accepted(&project);
}

#[test]
fn a_file_that_is_read_only_is_not_replaced() {
    let project = dumped();
    project.edit("events/cow_fed.yaml", "int", "bool");
    let before = project.read(PATH);
    let mut permissions = fs::metadata(project.path(PATH)).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(project.path(PATH), permissions).expect("rights can be set");
    limited(&project, &["dump"]).exits(4).tells(PATH).tells("read-only");
    assert_eq!(project.read(PATH), before);
    let names = fs::read_dir(project.path("schemas")).expect("the folder is there").count();
    assert_eq!(names, 1, "no temporary file is left");
}

#[test]
fn a_folder_that_is_read_only_is_told() {
    use std::os::unix::fs::PermissionsExt;
    if is_root() {
        return skipped("a folder that may not be written", "root writes everywhere");
    }
    let project = dumped();
    project.edit("events/cow_fed.yaml", "int", "bool");
    let before = project.read(PATH);
    fs::set_permissions(project.path("schemas"), fs::Permissions::from_mode(0o500))
        .expect("rights can be set");
    limited(&project, &["dump"]).exits(4).tells(PATH);
    assert_eq!(project.read(PATH), before);
    fs::set_permissions(project.path("schemas"), fs::Permissions::from_mode(0o700))
        .expect("rights can be set");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_file_is_named() {
    let project = project(event("cow_fed"));
    std::os::unix::fs::symlink("/sys", project.path("schemas")).expect("links can be made");
    limited(&project, &["dump"]).exits(4).tells(PATH).tells("the folder `schemas`");
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    use crate::project::RunCommand;
    let project = dumped();
    let text = project.read(PATH);
    let folder = project.path("schemas");
    let mount = std::process::Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "none"])
        .arg(&folder)
        .output();
    if !mount.is_ok_and(|mount| mount.status.success()) {
        return skipped("a full disk", "nothing can be mounted here");
    }
    project.write(PATH, &text);
    project.write("events/many.yaml", events(400));
    let run = limited(&project, &["dump"]);
    let after = project.read(PATH);
    let names = fs::read_dir(&folder).expect("the folder is there").count();
    std::process::Command::new("umount").arg(&folder).run().exits(0);
    run.exits(4).tells(PATH);
    assert_eq!(after, text);
    assert_eq!(names, 1, "no temporary file is left");
}

#[test]
fn a_byte_order_mark_before_the_schema_file_is_drift() {
    let project = dumped();
    let text = project.read(PATH);
    project.write(PATH, format!("\u{feff}{text}"));
    project
        .evt(&["verify"])
        .exits(1)
        .prints("drift-layout")
        .prints("byte order mark")
        .prints("events.json:1:1]");
    project.evt_ok(&["dump"]);
    assert_eq!(project.read(PATH), text);
}
