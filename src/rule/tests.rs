//! The examples of rules about definitions and types are run; those about style are run in `lint`.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::*;
use crate::check::{Catalogue, check};
use crate::finding::Finding;
use crate::plan::{Held, plan};
use crate::schema::Schema;
use crate::source::SourceFile;

/// Rules whose examples are scenes, since the text of one definition file cannot show them.
const SCENES: &[(&str, &str)] = &[
    ("yaml-encoding", "a Rust string is always UTF-8"),
    ("file-unreadable", "it is about the file, not about its text"),
    ("definitions-missing", "it is about a folder without files"),
    ("rust-name-collision", "it is found where Rust is generated, and tested there"),
];

fn read(text: &str) -> (Catalogue, Vec<Finding>) {
    let file = Arc::new(SourceFile::new("events/cow.yaml", text.to_owned()));
    check(vec![file], Vec::new())
}

/// The schema file that the examples of `removed-unknown` and `renamed-unknown` speak of.
fn history() -> Schema {
    let (catalogue, _) = read("event_name: cow_sold\nevent_type: domain\n");
    plan(&Schema::default(), &catalogue, &Held::Everything).apply(Schema::default())
}

fn findings_of(text: &str) -> Vec<Finding> {
    let (catalogue, mut findings) = read(text);
    findings.append(&mut plan(&history(), &catalogue, &Held::Everything).findings);
    findings
}

/// The rules whose examples are definition files, less those that `lint` runs.
fn with_definitions() -> impl Iterator<Item = &'static Rule> {
    let categories = [Category::Source, Category::Definition, Category::Type];
    all().filter(move |rule| {
        categories.contains(&rule.category) && SCENES.iter().all(|(scene, _)| *scene != rule.id)
    })
}

#[test]
fn ids_are_unique() {
    let ids: BTreeSet<&str> = all().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), all().count());
}

#[test]
fn ids_are_kebab_case() {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    for rule in all() {
        assert!(rule.id.split('-').all(is_word), "{}", rule.id);
    }
}

#[test]
fn a_rule_is_found_by_its_id() {
    for rule in all() {
        assert_eq!(find(rule.id).map(|found| found.id), Some(rule.id));
    }
    assert!(find("no-such-rule").is_none());
}

#[test]
fn every_rule_says_why_and_shows_a_bad_and_a_good_example() {
    for rule in all() {
        for (what, text) in [("why", rule.why), ("bad", rule.bad), ("good", rule.good)] {
            assert!(!text.trim().is_empty(), "{}: `{what}` is empty", rule.id);
        }
        assert!(rule.why.ends_with('.'), "{}: `why` is no sentence", rule.id);
        for example in [rule.bad, rule.good] {
            assert!(example.ends_with('\n'), "{}: the last line does not end", rule.id);
            assert!(!example.starts_with(['\n', ' ']), "{}: the first line is empty or indented", rule.id);
        }
        assert_ne!(rule.bad, rule.good, "{}", rule.id);
    }
}

#[test]
fn scenes_are_rules() {
    for (scene, _) in SCENES {
        assert!(find(scene).is_some(), "{scene}");
    }
}

#[test]
fn a_bad_example_breaks_its_rule_and_no_other() {
    let broken =
        |rule: &Rule| findings_of(rule.bad).iter().map(|finding| finding.rule.id).collect::<BTreeSet<_>>();
    let surprises: Vec<_> = with_definitions()
        .map(|rule| (rule.id, broken(rule)))
        .filter(|(id, broken)| *broken != BTreeSet::from([*id]))
        .collect();
    assert!(surprises.is_empty(), "{surprises:#?}");
}

#[test]
fn a_good_example_is_without_findings() {
    let surprises: Vec<_> = with_definitions()
        .flat_map(|rule| findings_of(rule.good).into_iter().map(|finding| (rule.id, finding.message)))
        .collect();
    assert!(surprises.is_empty(), "{surprises:#?}");
}
