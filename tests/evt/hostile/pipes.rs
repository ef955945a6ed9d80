//! Results that nobody can take.

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use super::{event, events, patient, project};
use crate::project::{Project, RunCommand};

const PROGRAM: &str = env!("CARGO_BIN_EXE_evt");

#[test]
fn a_full_standard_output_is_a_failure() {
    let project = project(event("cow_fed"));
    for arguments in
        [&["rules"][..], &["dump"], &["list"], &["explain", "unknown-key"], &["list", "--format", "json"]]
    {
        let full = File::options().write(true).open("/dev/full").expect("/dev/full is there");
        let run = project.command(arguments).stdout(full).run();
        assert_eq!(run.code, 4, "{arguments:?}: {}", run.stderr);
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    }
}

#[test]
fn findings_that_cannot_be_printed_are_a_failure() {
    let project = project("event_nmae: cow_fed\n");
    let full = File::options().write(true).open("/dev/full").expect("/dev/full is there");
    let run = project.command(&["verify"]).stdout(full).run();
    assert_eq!(run.code, 4, "{}", run.stderr);
    assert!(run.stderr.contains("cannot write `the results`: no storage space"), "{}", run.stderr);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_opened_is_written_to_and_never_replaced() {
    use std::os::unix::fs::MetadataExt as _;

    let project = project(event("cow_fed"));
    project.evt_ok(&["dump"]);
    std::os::unix::fs::symlink("/dev/stdout", project.path("link")).expect("links can be made");
    let listed = project.evt_ok(&["list"]).stdout;
    for place in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "/proc/thread-self/fd/1", "link"] {
        project.write("log", "before\n");
        let inode = || project.path("log").metadata().expect("it is there").ino();
        let was = inode();
        let log = || File::options().append(true).open(project.path("log")).expect("it is there");
        let list = |format: &str| {
            project.command(&["list", "--format", format, "--output", place]).stdout(log()).status()
        };
        for format in ["text", "json"] {
            assert!(list(format).is_ok_and(|status| status.success()), "{place}");
        }
        assert_eq!(inode(), was, "{place}");
        let text = project.read("log");
        assert!(text.starts_with(&format!("before\n{listed}{{\"event_name\":")), "{place}: {text}");
    }
    // What was printed before it is kept, also where the shell does not append.
    let script = format!("\"{PROGRAM}\" verify --format json --output /dev/stdout > log; echo after >> log");
    let run = patient(Command::new("sh").arg("-c").arg(script).current_dir(project.path("")));
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = project.read("log");
    assert!(text.starts_with("{\n  \"evt\": 1") && text.ends_with("}\nafter\n"), "{text}");
    project.evt(&["list", "--output", "/dev/stderr"]).exits(0).tells(&listed);
    project.evt(&["list", "--output", "/dev/null"]).exits(0);
    project.evt(&["list", "--output", "/dev/full"]).exits(4).tells("/dev/full");
    project.evt(&["list", "--output", "/dev/nowhere"]).exits(4);
}

#[cfg(target_os = "linux")]
#[test]
fn folders_that_a_result_needs_are_made() {
    let project = project(event("cow_fed"));
    project.evt_ok(&["dump", "--output", "a/b/report.json"]);
    assert!(project.read("a/b/report.json").starts_with("{\n  \"evt\": 1"));
}

#[test]
fn a_full_standard_error_breaks_nothing() {
    let project = project(event("cow_fed"));
    let full = File::options().write(true).open("/dev/full").expect("/dev/full is there");
    let run = project.command(&["dump"]).stderr(full).run();
    assert!([0, 4].contains(&run.code), "{}", run.code);
    assert_eq!(project.versions("cow_fed").len(), 1);
}

#[test]
fn a_closed_pipe_ends_silently() {
    let project = Project::new();
    for command in ["rules", "rules --format json", "man", "completions bash", "--help", "dump --help"] {
        let script = format!("\"{PROGRAM}\" {command} | head -1 >/dev/null");
        let run = patient(Command::new("sh").arg("-c").arg(script).current_dir(project.path("")));
        assert_eq!(run.code, 0, "{command}");
        let is_silent =
            !["panicked", "roken pipe", "error", "failed"].iter().any(|word| run.stderr.contains(word));
        assert!(is_silent, "{command}: {}", run.stderr);
    }
}

#[test]
fn a_pipe_that_is_closed_before_the_first_word_ends_silently() {
    let project = project(events(300));
    project.evt_ok(&["dump"]);
    for arguments in [&["list"][..], &["list", "--format", "json"], &["rules"], &["verify"]] {
        let mut child = project
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        drop(child.stdout.take());
        let mut told = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut told).expect("notes are UTF-8");
        let code = child.wait().expect("a child can be waited for").code();
        assert_eq!(code, Some(0), "{arguments:?}: {told}");
        assert!(!told.contains("panicked") && !told.contains("roken pipe"), "{told}");
    }
}
