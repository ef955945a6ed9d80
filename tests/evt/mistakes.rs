//! Every kind of mistake, and what is printed about it: `fixtures/mistakes/<case>`.
//!
//! A case is a project's files. It gets an empty `evt.toml` unless it has one, or a file `bare`. The file `command`
//! holds the arguments where they are not `verify`; `expected.txt` holds the exit code and all that is printed, and
//! is written anew where the environment says `EVT_BLESS=1`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use evt::rule::{self, Category, Rule};
use rayon::prelude::*;
use similar::TextDiff;

use crate::project::Project;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/mistakes");

/// Files of a case that are not files of its project.
const OWN_FILES: [&str; 3] = ["expected.txt", "command", "bare"];

/// Rules that no folder can show, and why.
const EXCEPTIONS: [(&str, &str); 5] = [
    ("file-unreadable", "a pipe, a link in a circle or a folder without rights: see the hostile tests"),
    ("history-version-removed", "needs a base in git"),
    ("history-version-rewritten", "needs a base in git"),
    ("history-accepts-removed", "needs a base in git"),
    ("history-unreadable", "needs a base in git"),
];

/// The rules about `evt.toml`; the others of their category are about the machine and the command line.
const SETUP: [&str; 4] = ["toml-syntax", "config-value", "path-outside-project", "project-missing"];

#[test]
fn every_mistake_is_told_as_expected() {
    let wrong: Vec<String> = cases().par_iter().filter_map(|case| check(case)).collect();
    assert!(wrong.is_empty(), "{} cases differ (EVT_BLESS=1 rewrites them)\n{}", wrong.len(), wrong.concat());
}

#[test]
fn every_rule_that_a_project_can_break_has_a_case() {
    let mut missing = shown_rules();
    let told: String = cases().iter().map(|case| read(&case.join("expected.txt"))).collect();
    missing.retain(|rule| !shows(&told, rule));
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn exceptions_are_rules_that_no_case_shows() {
    let told: String = cases().iter().map(|case| read(&case.join("expected.txt"))).collect();
    for (id, reason) in EXCEPTIONS {
        assert!(rule::find(id).is_some(), "no rule is called {id}");
        assert!(!shows(&told, id), "a case shows {id}, which is excepted: {reason}");
    }
}

/// Whether a rule heads a finding.
fn shows(told: &str, rule: &str) -> bool {
    told.lines().any(|line| line == rule)
}

/// The ids of all rules that a case must show.
fn shown_rules() -> BTreeSet<&'static str> {
    let is_shown = |rule: &&Rule| match rule.category {
        Category::Source
        | Category::Definition
        | Category::Type
        | Category::History
        | Category::Drift
        | Category::Import
        | Category::Compat => true,
        Category::Setup => SETUP.contains(&rule.id),
        Category::Style | Category::Outbox => false,
    };
    let is_excepted = |id: &str| EXCEPTIONS.iter().any(|(excepted, _)| *excepted == id);
    rule::all().filter(is_shown).map(|rule| rule.id).filter(|id| !is_excepted(id)).collect()
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = entries(Path::new(FOLDER));
    cases.sort();
    assert!(!cases.is_empty(), "{FOLDER} holds cases");
    cases
}

/// What differs, if anything does.
fn check(case: &Path) -> Option<String> {
    let told = told(case);
    let expected_path = case.join("expected.txt");
    let expected = fs::read_to_string(&expected_path).unwrap_or_default();
    if told == expected {
        return None;
    }
    if std::env::var("EVT_BLESS").is_ok_and(|bless| bless == "1") {
        fs::write(&expected_path, &told).expect("expected.txt can be written");
        return None;
    }
    let name = case.file_name().expect("a case has a name").to_string_lossy();
    let diff = TextDiff::from_lines(&expected, &told);
    let diff = diff.unified_diff().header("expected.txt", "told").to_string();
    Some(format!("\n=== {name}\n{diff}"))
}

/// What the program prints about a case.
fn told(case: &Path) -> String {
    let project = project_of(case);
    let command = fs::read_to_string(case.join("command")).unwrap_or_else(|_| "verify".to_owned());
    let run = project.evt(&command.split_whitespace().collect::<Vec<_>>());
    let mut told = format!("exit: {}\n{}", run.code, run.stdout);
    if !told.ends_with('\n') {
        told.push('\n');
    }
    write!(told, "--- stderr\n{}", run.stderr).expect("text can be written to");
    told
}

fn project_of(case: &Path) -> Project {
    let project = Project::empty();
    if !case.join("bare").exists() {
        project.write("evt.toml", "");
    }
    let mut folders = vec![case.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            let shown = path.strip_prefix(case).expect("it is inside").to_str().expect("names are UTF-8");
            if path.is_dir() {
                folders.push(path);
            } else if !OWN_FILES.contains(&shown) {
                project.write(shown, fs::read(&path).expect("files of a case can be read"));
            }
        }
    }
    project
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder can be listed").path()).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
