//! Results go to standard output, everything else to standard error.

use std::process::Stdio;

use crate::newcomer::{evt, newcomer, words};
use crate::project::{Project, RunCommand};

const ESCAPE: char = '\u{1b}';

#[test]
fn notes_are_no_results() {
    let project = newcomer();
    let run = evt(&project, "dump").exits(0);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "schemas/events.json is up to date\n");
    assert_eq!(evt(&project, "verify").exits(0).stdout, "");
    for line in
        ["list", "catalog", "show something_happened", "log something_happened", "schema report", "man"]
    {
        let run = evt(&project, line).exits(0);
        assert!(!run.stdout.is_empty() && run.stderr.is_empty(), "{line}: {}", run.stderr);
    }
}

#[test]
fn findings_are_results_and_failures_are_not() {
    let farm = Project::farm();
    let run = evt(&farm, "verify").exits(1);
    assert!(run.stdout.contains("drift-schema-missing") && !run.stderr.contains("drift-schema-missing"));
    for (line, code) in
        [("list", 3), ("explain nothing", 1), ("verify --against HEAD", 4), ("new event X", 2)]
    {
        let run = evt(&farm, line).exits(code);
        assert!(!run.stderr.is_empty(), "{line}");
        assert!(line.starts_with("verify") || run.stdout.is_empty(), "{line}: {}", run.stdout);
    }
}

#[test]
fn quiet_leaves_results_and_errors_alone() {
    let project = newcomer();
    for line in ["dump", "verify", "diff", "rules", "list --domain nowhere", "new event order_placed", "init"]
    {
        let run = evt(&project, &format!("{line} --quiet")).exits(0);
        assert_eq!(run.stderr, "", "{line}");
    }
    assert_eq!(evt(&project, "list -q").stdout, evt(&project, "list").stdout);
    evt(&project, "show nothing -q").exits(1).tells("not-found");
    evt(&project, "verify -q").exits(1).prints("drift-event-added");
    evt(&Project::empty(), "verify -q").exits(3).tells("project-missing");
}

#[test]
fn verbose_tells_at_least_as_much() {
    let project = newcomer();
    evt(&project, "verify --against HEAD --verbose").exits(0).tells("history is compared with `HEAD`");
    for line in ["dump", "verify", "diff", "list"] {
        let (normal, verbose) = (evt(&project, line), evt(&project, &format!("{line} -v")));
        assert_eq!(normal.stdout, verbose.stdout, "{line}");
        assert!(verbose.stderr.contains(&normal.stderr), "{line}");
    }
}

#[test]
fn a_json_report_is_all_of_standard_output() {
    let project = newcomer().file("events/loose.yaml", "event_name:   cow_fed\n");
    for (line, code) in [("verify", 1), ("dump", 1), ("lint", 1), ("fmt --check", 1), ("diff", 1)] {
        let report = evt(&project, &format!("{line} --format json")).exits(code).json();
        let command = line.split(' ').next().expect("a line has words");
        assert_eq!((&report["evt"], &report["command"]), (&1.into(), &command.into()), "{line}");
        assert_eq!(report["status"], "findings", "{line}");
    }
    project.remove("events/loose.yaml");
    for line in ["verify", "dump", "lint", "fmt --check", "fmt", "init", "new event order_placed"] {
        let report = evt(&project, &format!("{line} --format json")).exits(0).json();
        assert_eq!(report["status"], "ok", "{line}");
        assert_eq!(report["findings"], serde_json::json!([]), "{line}");
    }
}

#[test]
fn a_failure_is_a_json_report_too() {
    let lines = [
        ("verify", 3),
        ("list", 3),
        ("catalog", 3),
        ("show a", 3),
        ("explain nothing", 1),
        ("man nothing", 1),
        ("new event X", 3),
    ];
    for (line, code) in lines {
        let run = evt(&Project::empty(), &format!("{line} --format json")).exits(code);
        assert_eq!(run.json()["status"], "error", "{line}");
        assert_eq!(run.stderr, "", "{line}");
    }
}

#[test]
fn data_commands_print_an_object_a_line() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    let lines = ["list", "rules", "diff", "log something_happened", "explain io"];
    for line in lines {
        let run = evt(&project, &format!("{line} --format json")).exits(0);
        assert!(!run.stdout.is_empty(), "{line}");
        for row in run.stdout.lines() {
            let row: serde_json::Value = serde_json::from_str(row).expect(row);
            assert!(row.is_object(), "{line}");
        }
    }
}

#[test]
fn a_pipe_that_nobody_reads_ends_in_silence() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    let lines = [
        ("list", 0),
        ("rules -q", 0),
        ("catalog", 0),
        ("diff", 0),
        ("schema definition", 0),
        ("completions bash", 0),
        ("lint --format json", 0),
        ("verify -q", 1),
        ("verify -q --format json", 1),
    ];
    for (line, code) in lines {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        drop(reader);
        let mut command = project.command(&words(line));
        let output = command.stdout(writer).stderr(Stdio::piped()).output().expect("the program can be run");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{line}");
        assert_eq!(output.status.code(), Some(code), "{line}");
    }
}

#[test]
fn notes_that_nobody_reads_are_no_failure() {
    let project = newcomer();
    let (reader, writer) = std::io::pipe().expect("a pipe can be made");
    drop(reader);
    let status = project.command(&["dump"]).stderr(writer).status().expect("the program can be run");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn colours_are_for_terminals_unless_asked_for() {
    let project = Project::farm();
    evt(&project, "dump").exits(0);
    project.edit("events/cow_fed.yaml", "type: float", "type: int");
    let is_colored = |line: &str| {
        let run = evt(&project, line).exits(1);
        run.stdout.contains(ESCAPE) || run.stderr.contains(ESCAPE)
    };
    assert!(!is_colored("verify"));
    assert!(!is_colored("verify --color auto"));
    assert!(!is_colored("verify --color never"));
    assert!(is_colored("verify --color always"));
    assert!(is_colored("show nothing --color always"));
    assert!(!is_colored("verify --color always --format json"));
    evt(&project, "verify --color sometimes").exits(2).tells("always");
}

#[test]
fn no_color_is_honoured_unless_colours_are_asked_for() {
    let project = Project::farm();
    let colored = |arguments: &[&str]| {
        project.command(arguments).env("NO_COLOR", "1").run().exits(1).stdout.contains(ESCAPE)
    };
    assert!(!colored(&["verify"]));
    assert!(colored(&["verify", "--color", "always"]));
}

#[test]
fn results_are_utf_8_whatever_the_locale() {
    let farm = Project::farm();
    farm.edit("events/cow_fed.yaml", "A cow was fed.", "牛に餌をやった、für Käthe 🐄");
    farm.write(
        "events/kälber.yaml",
        "event_name: calf_born\nevent_type: domain\ndescription: Ein Kälbchen.\n",
    );
    for locale in ["C", "C.UTF-8", "POSIX"] {
        let run = |arguments: &[&str]| farm.command(arguments).env("LC_ALL", locale).run();
        run(&["dump"]).exits(0);
        run(&["show", "cow_fed"]).exits(0).prints("牛に餌をやった、für Käthe 🐄");
        run(&["show", "cow_fed", "--format", "json"]).exits(0).prints("牛に餌をやった");
        run(&["catalog"]).exits(0).prints("Ein Kälbchen.");
        run(&["lint"]).exits(0).prints("events/kälber.yaml");
    }
}
