//! The examples of the rules are run, and what is said of them is shown.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use rayon::prelude::*;

use crate::compat::{Break, Standing, breaks};
use crate::event::CompatMode;
use crate::example::history;
use crate::rule::{self, Category, Rule};
use crate::schema::{Version, read_schema};
use crate::source::SourceFile;

/// An event with all that an example leaves out.
fn definition(part: &str) -> String {
    let mut text = "event_name: cow_fed\nsubject: cow\ninputs: { cow: required }\n".to_owned();
    if !part.contains("event_type:") {
        text.push_str("event_type: domain\n");
    }
    format!("subjects: {{ cow: {{}} }}\n---\n{text}{part}")
}

fn of_example(example: &str) -> Vec<Break> {
    let (_, rest) = example.split_once("# version 1\n").expect("it has two versions");
    let (old, new) = rest.split_once("# version 2\n").expect("it has two versions");
    of_change(&definition(old), &definition(new), CompatMode::Full)
}

fn of_change(old: &str, new: &str, mode: CompatMode) -> Vec<Break> {
    let before = history(&[old]);
    let after = history(&[old, new]);
    let versions = &before.events["cow_fed"];
    let (was, is) = (versions.last().unwrap(), after.latest("cow_fed").unwrap());
    let standing = Standing { versions, mode: was.metadata.compat.unwrap_or(mode) };
    breaks(standing, is, is.metadata.compat.unwrap_or(mode))
}

fn examples() -> impl Iterator<Item = &'static Rule> {
    let is_example = |rule: &&Rule| rule.category == Category::Compat && rule.bad.contains("# version 2\n");
    rule::all().filter(is_example)
}

#[test]
fn a_bad_example_breaks_its_rule() {
    for rule in examples() {
        let found = of_example(rule.bad);
        assert!(found.iter().any(|found| found.rule.id == rule.id), "{}: {found:#?}", rule.id);
    }
}

#[test]
fn a_good_example_breaks_no_rule() {
    for rule in examples() {
        // An int that becomes a float is wider, however it is bounded.
        let is_wider = |found: &Break| rule.id == "type-widened-lossy" && found.rule.id == "type-widened";
        let found = of_example(rule.good).into_iter().filter(|found| !is_wider(found));
        let found: Vec<_> = found.map(|found| found.message).collect();
        assert!(found.is_empty(), "{}: {found:#?}", rule.id);
    }
}

/// Every version of every event of the fixture projects.
fn fixtures() -> Vec<Version> {
    let files = [
        include_str!("../../fixtures/projects/farm/schemas/events.json"),
        include_str!("../../fixtures/projects/shop/schemas/events.json"),
    ];
    let read = files.map(|text| read_schema(&Arc::new(SourceFile::new("events.json", text.to_owned()))));
    read.iter().flat_map(|read| read.schema.versions().cloned()).collect()
}

#[test]
fn all_rules_are_held_against_all_pairs_of_versions() {
    let versions = fixtures();
    assert!(versions.len() > 100, "{} versions", versions.len());
    let of_one = |old: &Version| {
        let mut told = BTreeSet::new();
        for new in &versions {
            // A mode that is weaker than before is told, too.
            let mode = if std::ptr::eq(old, new) { CompatMode::Full } else { CompatMode::FullTransitive };
            let standing = Standing { versions: std::slice::from_ref(old), mode };
            let found = breaks(standing, new, CompatMode::Full);
            assert!(!std::ptr::eq(old, new) || found.is_empty(), "{found:#?}");
            for found in &found {
                assert!(found.severity <= found.rule.severity, "{found:#?}");
                assert!(!found.message.is_empty() && found.rule.compat.is_some(), "{found:#?}");
            }
            told.extend(found.iter().map(|found| found.rule.id));
        }
        told
    };
    let told: BTreeSet<_> = versions.par_iter().map(of_one).reduce(BTreeSet::new, |mut all, more| {
        all.extend(more);
        all
    });
    // The examples tell of what wants more than two versions, or that an event is gone, and of what no fixture does.
    let alone = ["event-removed", "field-name-reused", "field-default-changed", "type-widened-lossy"];
    let silent: Vec<_> = rule::all()
        .filter(|rule| rule.compat.is_some() && !told.contains(rule.id) && !alone.contains(&rule.id))
        .map(|rule| rule.id)
        .collect();
    assert!(silent.is_empty(), "no pair breaks {silent:?}");
}

#[test]
fn histories_of_fixtures_break_what_they_say() {
    let versions = fixtures();
    for (at, new) in versions.iter().enumerate().filter(|(_, version)| version.number > 1) {
        let first = at + 1 - usize::try_from(new.number).unwrap();
        let standing = Standing { versions: &versions[first..at], mode: CompatMode::Full };
        for found in breaks(standing, new, CompatMode::FullTransitive) {
            assert!(found.from_version < found.to_version, "{found:#?}");
        }
    }
}

#[test]
fn a_structural_break_is_shown_by_a_payload() {
    let mut shown = String::new();
    for rule in examples() {
        for found in of_example(rule.bad).iter().filter(|found| found.rule.id == rule.id) {
            let witness = found.witness.as_ref().map(|it| format!("  {}: {}", it.words, it.payload));
            let witness = witness.unwrap_or_else(|| "  –".to_owned());
            writeln!(shown, "{}: {}\n{witness}", rule.id, found.message).unwrap();
        }
    }
    insta::assert_snapshot!(shown);
}
