//! Input that is absurdly deep or large.

use std::fmt::Write as _;

use super::{BODY, accepted, event, events, limited, project, refused};

const MIB: usize = 1024 * 1024;

#[test]
fn nesting_without_end_is_refused() {
    for opening in ["[", "{a: ", "- ", "? "] {
        let deep = opening.repeat(100_000);
        refused(&project(format!("x-deep:\n  {deep}")), &["yaml-limit"]);
        refused(&project(deep), &["yaml-limit"]);
    }
}

#[test]
fn nesting_by_indentation_is_refused() {
    let lines: Vec<String> = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    refused(&project(lines.concat()), &["yaml-limit"]);
}

#[test]
fn nesting_up_to_the_limit_is_read() {
    let deep = format!("{}x-deep: {}{}\n", event("cow_fed"), "[".repeat(60), "]".repeat(60));
    accepted(&project(deep));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = "x-0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..=9 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        writeln!(text, "x-{level}: &a{level} [{aliases}]").expect("text can be written to");
    }
    refused(&project(text + &event("cow_fed")), &["yaml-limit"]);
}

#[test]
fn a_bomb_of_many_small_aliases_is_refused() {
    let aliases = "*a, ".repeat(20_000);
    refused(&project(format!("x-a: &a x\nx-b: [{aliases}]\n{}", event("cow_fed"))), &["yaml-limit"]);
}

#[test]
fn a_bomb_of_nested_aliases_is_refused() {
    let mut text = "x-0: &a0 [x]\n".to_owned();
    for level in 1..=100 {
        writeln!(text, "x-{level}: &a{level} [*a{}]", level - 1).expect("text can be written to");
    }
    refused(&project(text + &event("cow_fed")), &["yaml-limit"]);
}

#[test]
fn an_anchor_that_holds_itself_is_refused() {
    refused(&project(format!("x-loop: &loop [*loop]\n{}", event("cow_fed"))), &["yaml-feature"]);
    refused(
        &project(format!("x-loop: &loop {{ a: {{ b: *loop }} }}\n{}", event("cow_fed"))),
        &["yaml-feature"],
    );
}

#[test]
fn an_anchor_does_not_reach_into_the_next_document() {
    let text = format!("{}x-a: &a x\n---\n{}owner: *a\n", event("cow_fed"), event("cow_sold"));
    refused(&project(text), &["yaml-syntax"]);
}

#[test]
fn aliases_within_the_limit_are_read() {
    let text = format!("x-owner: &owner team-barn\nevent_name: cow_fed\nowner: *owner\n{BODY}");
    let project = project(text);
    accepted(&project);
    assert_eq!(project.versions("cow_fed")[0]["owner"], "team-barn");
}

#[test]
fn a_file_of_50_megabytes_is_refused() {
    let one_line = format!("{}description: {}\n", event("cow_fed"), "a".repeat(50 * MIB));
    refused(&project(one_line), &["yaml-limit"]);
    let lines = "  some words in a line\n".repeat(50 * MIB / 23);
    refused(&project(format!("{}description: |\n{lines}", event("cow_fed"))), &["yaml-limit"]);
}

#[test]
fn a_scalar_of_15_megabytes_is_read() {
    let project = project(format!("{}description: {}\n", event("cow_fed"), "a".repeat(15 * MIB)));
    limited(&project, &["dump"]).exits(0);
    assert!(project.read("schemas/events.json").len() > 15 * MIB);
}

#[test]
fn a_mistake_beside_a_scalar_of_15_megabytes_is_told_in_few_words() {
    let text = format!("event_name: cow_fed\ndescripton: {}\n{BODY}", "a".repeat(15 * MIB));
    refused(&project(text), &["unknown-key"]);
    let name = format!("event_name: {}\n{BODY}", "A".repeat(15 * MIB));
    refused(&project(name), &["invalid-name"]);
}

#[test]
fn a_mapping_of_200_000_keys_is_refused() {
    let mut text = event("cow_fed") + "x-many:\n";
    for key in 0..200_000 {
        writeln!(text, "  key_{key}: {key}").expect("text can be written to");
    }
    refused(&project(text), &["yaml-limit"]);
}

#[test]
fn a_file_of_many_documents_is_read() {
    accepted(&project(events(500)));
}

#[test]
fn ten_thousand_mistakes_are_told_in_bounded_text() {
    let text: Vec<String> = (0..10_000).map(|number| format!("key_{number}: x\n")).collect();
    let run = limited(&project(event("cow_fed") + &text.concat()), &["verify"]).exits(1);
    assert!(run.stdout.len() < 8 * MIB, "{} bytes", run.stdout.len());
}
