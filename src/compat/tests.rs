//! The examples of the rules are run, and what is said of them is shown.

use std::fmt::Write as _;

use crate::compat::{Break, Standing, breaks};
use crate::event::CompatMode;
use crate::example::history;
use crate::rule::{self, Category, Rule};

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
