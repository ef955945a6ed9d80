//! Which format is printed where, and how a check ends.

use std::fmt::Write as _;

use serde_json::Value;

use super::{FORMATS, broken};
use crate::project::{Project, RunCommand as _};

#[test]
fn a_file_takes_the_document_and_the_exit_code_stays() {
    let farm = broken();
    let text = farm.evt(&["lint"]).exits(1).stdout;
    for (format, _) in FORMATS {
        let printed = farm.evt(&["lint", "--format", format]).exits(1).stdout;
        let run = farm.evt(&["lint", "--format", format, "--output", "report"]).exits(1);
        assert_eq!(farm.read("report"), printed, "{format}");
        assert_eq!(run.stdout, text, "{format}");
    }
    farm.evt(&["lint", "--output", "report"]).exits(1);
    assert!(farm.read("report").starts_with("{\n  \"evt\": 1"));
    farm.evt(&["lint", "--format", "text", "--output", "report"]).exits(1);
    assert_eq!(farm.read("report"), text);
}

#[test]
fn a_file_that_cannot_be_written_is_told() {
    let farm = broken();
    farm.evt(&["lint", "--output", "evt.toml/report"])
        .exits(4)
        .tells("evt.toml/report")
        .prints("unknown-key");
}

#[test]
fn a_file_takes_the_document_of_a_command_that_cannot_work() {
    let farm = Project::empty();
    farm.evt(&["verify", "--output", "report.json"]).exits(3).tells("evt.toml");
    let report: Value = serde_json::from_str(&farm.read("report.json")).expect("it is JSON");
    assert_eq!(report["status"], "error");
}

#[test]
fn a_file_takes_results_that_are_no_findings() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    for arguments in [["catalog"].as_slice(), &["list"], &["list", "--format", "json"], &["schema", "report"]]
    {
        let printed = farm.evt_ok(arguments).stdout;
        let run = farm.evt_ok(&[arguments, &["--output", "result"]].concat());
        assert_eq!(run.stdout, "");
        assert_eq!(farm.read("result"), printed, "{arguments:?}");
    }
    farm.evt(&["show", "nobody", "--output", "result"]).exits(1);
    assert!(farm.read("result").contains("$schema"), "what was there stays where nothing takes its place");
}

#[test]
fn formats_of_findings_are_for_checks() {
    let farm = Project::farm();
    for format in ["github", "gitlab", "junit", "sarif", "markdown"] {
        farm.evt(&["list", "--format", format]).exits(2).tells("`evt list` prints text or json");
    }
}

#[test]
fn github_actions_gets_annotations_and_a_summary_of_the_step() {
    let farm = broken();
    let summary = farm.path("summary.md");
    farm.write("summary.md", "# before\n");
    let on_github = |arguments: &[&str]| {
        let mut command = farm.command(arguments);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", &summary).run()
    };
    let printed = farm.evt(&["lint", "--format", "github"]).exits(1).stdout;
    assert_eq!(on_github(&["lint"]).exits(1).stdout, printed);
    let markdown = farm.evt(&["lint", "--format", "markdown"]).exits(1).stdout;
    assert_eq!(farm.read("summary.md"), format!("# before\n{markdown}"));
    on_github(&["lint", "--format", "sarif", "--output", "a.sarif"]).exits(1).prints("::error file=");
    assert!(farm.read("a.sarif").contains("\"2.1.0\""));
    assert_eq!(on_github(&["lint", "--format", "text"]).stdout, farm.evt(&["lint"]).stdout);
    assert_eq!(on_github(&["rules"]).exits(0).stdout, farm.evt(&["rules"]).stdout);
}

#[test]
fn a_summary_of_a_step_stays_below_what_github_takes() {
    let farm = Project::farm();
    let mut text = farm.read("events/cow_fed.yaml");
    for field in 0..6_000 {
        writeln!(text, "  field_{field}: {{ type: flaot }}").expect("a string takes what is written");
    }
    farm.write("events/cow_fed.yaml", text);
    let mut command = farm.command(&["verify"]);
    command.env("GITHUB_ACTIONS", "true").env("GITHUB_STEP_SUMMARY", farm.path("summary.md"));
    command.run().exits(1);
    let summary = farm.read("summary.md");
    assert!(summary.len() < 1_024 * 1_024, "{}", summary.len());
    assert!(summary.trim_end().ends_with("more"), "{}", &summary[summary.len() - 200..]);
}

#[test]
fn gitlab_gets_its_report_as_a_file_and_people_a_log() {
    let farm = broken();
    let on_gitlab = |arguments: &[&str]| farm.command(arguments).env("GITLAB_CI", "true").run();
    let text = farm.evt(&["lint"]).stdout;
    assert_eq!(on_gitlab(&["lint"]).exits(1).stdout, text);
    assert_eq!(on_gitlab(&["lint", "--output", "quality.json"]).exits(1).stdout, text);
    assert_eq!(farm.read("quality.json"), farm.evt(&["lint", "--format", "gitlab"]).stdout);
}

#[test]
fn a_check_fails_from_the_severity_on_that_is_asked_for() {
    let farm = Project::farm();
    farm.edit("events/cow_fed.yaml", "description: A cow was fed.\n", "");
    let run = farm.evt_ok(&["lint", "--format", "json"]);
    assert_eq!(run.rules(), ["event-description-required"]);
    assert_eq!(run.json()["status"], "ok");
    let run = farm.evt(&["lint", "--format", "json", "--fail-on", "warn"]).exits(1);
    assert_eq!(run.json()["status"], "findings");
    let run = farm.evt(&["lint", "--format", "junit", "--fail-on", "warn"]).exits(1);
    run.prints("<failure ").prints(" type=\"event-description-required\"");
    let run = farm.evt_ok(&["lint", "--format", "junit"]);
    assert!(!run.stdout.contains("<failure"), "{}", run.stdout);
    farm.evt(&["dump", "--fail-on", "fatal"]).exits(2);
}

#[test]
fn dates_are_judged_as_on_the_day_that_is_given() {
    let farm = Project::farm();
    farm.edit(
        "events/cow_fed.yaml",
        "inputs:",
        "allow: [{ rule: enum-value-added, reason: checked, until: 2027-01-31 }]\ninputs:",
    );
    let farm = farm.git_init();
    farm.evt_ok(&["dump"]);
    farm.commit("first");
    let on =
        |day: &str| farm.evt(&["compat", "--against", "HEAD", "--format", "json", "--today", day]).rules();
    assert!(on("2027-02-01").contains(&"allow-expired".to_owned()));
    assert!(!on("2027-01-31").contains(&"allow-expired".to_owned()));
    farm.evt(&["compat", "--today", "tomorrow"]).exits(2);
}
