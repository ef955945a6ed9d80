//! What findings look like in every format.

mod choice;
mod formats;
mod recipes;

use crate::project::Project;

/// All that a format can take for its own.
const HOSTILE: &str = "]]>\\n::error file=a,line=1::b%0A<b a=\\\"\\u001b[31m'`|\\u202e&ä";

/// The formats that are documents, and how one of them is read.
type Reading = (&'static str, fn(&str) -> Document);

const FORMATS: [Reading; 6] = [
    ("json", formats::json),
    ("github", formats::github),
    ("gitlab", formats::gitlab),
    ("junit", formats::junit),
    ("sarif", formats::sarif),
    ("markdown", formats::markdown),
];

/// What a document says.
#[derive(Debug, PartialEq)]
struct Document {
    /// The rules that were broken, in their order.
    rules: Vec<String>,
    /// Where, as `file:line`.
    places: Vec<String>,
}

/// A project of which every finding is known: two errors of one kind, and a warning.
fn broken() -> Project {
    let farm = Project::farm();
    farm.edit("events/cow_fed.yaml", "description: A cow was fed.\n", "");
    farm.edit(
        "events/cow_fed.yaml",
        "  weight:",
        &format!("  dung: {{ type: float, \"{HOSTILE}\": 1, \"ä{HOSTILE}\": 2 }}\n  weight:"),
    );
    farm
}

#[test]
fn what_a_message_quotes_is_code_in_markdown() {
    let farm = broken();
    let printed = farm.evt(&["lint", "--format", "markdown"]).exits(1).stdout;
    assert!(printed.contains("`cow_fed`") && !printed.contains("\\`cow_fed"), "{printed}");
    // A back-tick of a definition ends the code, and what follows is text that is escaped, not markup.
    for line in printed.lines() {
        let line = line.replace("\\`", "");
        assert!(line.split('`').step_by(2).all(|prose| !prose.contains("<b")), "{line}");
    }
}

#[test]
fn every_format_says_the_same_whatever_users_write() {
    let farm = broken();
    let expected = formats::json(&farm.evt(&["lint", "--format", "json"]).exits(1).stdout);
    assert!(expected.rules.iter().filter(|rule| *rule == "unknown-key").count() == 2, "{expected:?}");
    for (format, read) in FORMATS {
        let run = farm.evt(&["lint", "--format", format]).exits(1);
        assert_eq!(read(&run.stdout), expected, "{format}\n{}", run.stdout);
        assert!(
            !run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'),
            "{format}\n{}",
            run.stdout
        );
        assert_eq!(run.stdout, farm.evt(&["lint", "--format", format]).stdout, "{format}");
    }
}

#[test]
fn a_clean_run_prints_a_valid_document() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    for (format, read) in FORMATS {
        let run = farm.evt_ok(&["verify", "--format", format]);
        assert_eq!(read(&run.stdout), Document { rules: vec![], places: vec![] }, "{format}\n{}", run.stdout);
    }
}

#[test]
fn a_command_that_cannot_work_prints_a_valid_document() {
    let farm = Project::empty().file("evt.toml", "a = [\n");
    for (format, read) in FORMATS {
        let run = farm.evt(&["verify", "--format", format]).exits(3);
        let expected = Document { rules: vec!["toml-syntax".into()], places: vec!["evt.toml:1".into()] };
        assert_eq!(read(&run.stdout), expected, "{format}\n{}", run.stdout);
    }
}

#[test]
fn places_are_told_from_the_root_of_the_repository() {
    let shop = Project::empty().file("README", "").git_init();
    shop.write("svc/ä b/evt.toml", "");
    shop.write("svc/ä b/events/a.yaml", "event_name: 1\n");
    for (format, read) in FORMATS.into_iter().filter(|(format, _)| *format != "json") {
        let run = shop.evt(&["-C", "svc/ä b", "lint", "--format", format]).exits(1);
        for place in read(&run.stdout).places {
            assert!(place.starts_with("svc/ä b/events/a.yaml:"), "{format} {place}\n{}", run.stdout);
        }
    }
}

#[test]
fn findings_without_a_place_are_told_at_the_start_of_evt_toml() {
    let farm = Project::empty().file("evt.toml", "[definitions]\npaths = []\n");
    let run = farm.evt(&["verify", "--format", "github"]);
    for place in formats::github(&run.stdout).places {
        assert!(!place.starts_with(':'), "{}", run.stdout);
    }
    assert!(run.stdout.starts_with("::error file="), "{}", run.stdout);
}

#[test]
fn equal_findings_are_told_apart_and_keep_their_names_where_lines_move() {
    let names = |farm: &Project| {
        let issues = farm.evt(&["lint", "--format", "gitlab"]).json();
        let issues = issues.as_array().expect("a list").clone();
        issues
            .iter()
            .map(|issue| issue["fingerprint"].as_str().expect("a text").to_owned())
            .collect::<Vec<_>>()
    };
    let farm = broken();
    let before = names(&farm);
    assert_eq!(before.len(), before.iter().collect::<std::collections::BTreeSet<_>>().len());
    let text = farm.read("events/cow_fed.yaml");
    farm.write("events/cow_fed.yaml", format!("# a line\n\n{text}"));
    assert_eq!(names(&farm), before);
}

#[test]
fn the_diff_of_a_verify_cannot_command_the_runner() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    farm.edit("events/cow_fed.yaml", "A cow was fed.", "\"x\\n::error::boo\"");
    let run = farm.evt(&["verify", "--format", "github"]).exits(1);
    let stop = run.stdout.lines().find_map(|line| line.strip_prefix("::stop-commands::")).expect("a mark");
    let (_, behind) = run.stdout.split_once(&format!("::stop-commands::{stop}\n")).expect("a mark");
    let (diff, rest) = behind.split_once(&format!("\n::{stop}::\n")).expect("the mark again");
    assert!(diff.contains("+++") && !rest.contains("+++"), "{}", run.stdout);
    let run = farm.evt(&["verify", "--format", "markdown"]).exits(1);
    assert!(run.stdout.contains("```diff\n"), "{}", run.stdout);
}
