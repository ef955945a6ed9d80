//! Types that never end, and names that other languages keep for themselves.

use std::fmt::Write as _;

use super::{BODY, accepted, event, project, refused};

fn with_type(types: &str, used: &str) -> String {
    let event = event("cow_fed").replace("float", used);
    format!("types:\n{types}---\n{event}")
}

#[test]
fn a_type_that_contains_itself_is_refused() {
    refused(&project(with_type("  A: { object: { a: { type: A } } }\n", "A")), &["type-cycle"]);
    refused(&project(with_type("  A: A\n", "A")), &["type-cycle"]);
}

#[test]
fn a_circle_through_lists_and_maps_is_refused() {
    refused(&project(with_type("  A: list<map<A>>\n", "A")), &["type-cycle"]);
    refused(&project(with_type("  A: { list: { type: { map: A } } }\n", "list<A>")), &["type-cycle"]);
}

#[test]
fn a_circle_of_three_is_told_once() {
    let types = "  A: { object: { b: { type: B } } }\n  B: list<C>\n  C: { map: A }\n";
    refused(&project(with_type(types, "B")), &["type-cycle"]);
    refused(&project(with_type(types, "string")), &["type-cycle"]);
}

#[test]
fn a_circle_of_a_thousand_is_refused() {
    let mut types = String::new();
    for number in 0..1_000 {
        writeln!(types, "  T{number}: list<T{}>", (number + 1) % 1_000).expect("text can be written to");
    }
    let run = super::limited(&project(with_type(&types, "T0")), &["verify", "--format", "json"]).exits(1);
    assert!(run.rules().iter().all(|rule| rule == "type-too-large"), "{:?}", run.rules());
}

#[test]
fn types_that_double_40_times_are_refused() {
    let mut types = "  T0: string\n".to_owned();
    for number in 1..=40 {
        let inner = format!("{{ type: T{} }}", number - 1);
        writeln!(types, "  T{number}: {{ object: {{ a: {inner}, b: {inner} }} }}")
            .expect("text can be written to");
    }
    refused(&project(with_type(&types, "T40")), &["type-too-large"]);
}

#[test]
fn a_hundred_fields_of_a_large_type_are_refused() {
    let fields: Vec<String> = (0..150).map(|number| format!("a{number}: {{ type: int }}, ")).collect();
    let types = format!("  T: {{ object: {{ {} }} }}\n", fields.concat());
    let payload: Vec<String> =
        (0..100).map(|number| format!("f{number}: {{ type: T, from: cow.f{number} }}, ")).collect();
    let event = format!(
        "event_name: cow_fed\nevent_type: domain\ninputs: {{ cow: required }}\npayload: {{ {} }}\n",
        payload.concat()
    );
    refused(&project(format!("types:\n{types}---\n{event}")), &["type-too-large"]);
}

#[test]
fn types_without_end_in_text_form_are_refused() {
    for depth in [25, 1_000, 100_000] {
        let text = format!("'{}string{}'", "list<".repeat(depth), ">".repeat(depth));
        refused(&project(event("cow_fed").replace("float", &text)), &["type-too-large"]);
    }
    let open = format!("'{}'", "list<".repeat(100_000));
    refused(&project(event("cow_fed").replace("float", &open)), &["type-syntax"]);
}

#[test]
fn types_nested_up_to_the_limit_are_read() {
    let text = format!("'{}string{}'", "list<".repeat(24), ">".repeat(24));
    accepted(&project(event("cow_fed").replace("float", &text)));
}

#[test]
fn keywords_of_rust_are_names() {
    let words = [
        "as", "async", "await", "box", "break", "const", "crate", "dyn", "enum", "extern", "fn", "gen",
        "impl", "in", "loop", "match", "mod", "move", "mut", "pub", "ref", "self", "static", "struct",
        "super", "trait", "try", "type", "unsafe", "use", "where", "yield", "abstract", "become", "macro",
        "union", "typeof", "virtual",
    ];
    let mut text = "subjects: {".to_owned();
    for word in words {
        write!(text, " {word}: {{ description: A word. }},").expect("text can be written to");
    }
    text.push_str(" }\n");
    for word in words {
        let event = event(word)
            .replace("weight", word)
            .replace("cow", word)
            .replace("float", "{ enum: [type, match, self] }");
        write!(text, "---\n{event}subject: {word}\ndomain: {word}\n").expect("text can be written to");
    }
    accepted(&project(text));
}

#[test]
fn two_files_with_one_event_are_refused() {
    let project = project(event("cow_fed")).file("events/again.yaml", event("cow_fed"));
    refused(&project, &["duplicate-event"]);
}

#[test]
fn a_pattern_that_explodes_is_refused_or_quick() {
    for pattern in ["(((((a{100}){100}){100}){100}){100})", "(a+)+$", "[a-z]{1000000000}"] {
        let text = format!("event_name: cow_fed\n{BODY}").replace(
            "float, from: cow.weight",
            &format!("string, from: cow.weight, pattern: '{pattern}', default: '{}!'", "a".repeat(40)),
        );
        let run = super::limited(&project(text), &["verify", "--format", "json"]).exits(1);
        let rules = run.rules();
        assert!(rules == ["invalid-pattern"] || rules == ["default-mismatch"], "{rules:?}");
    }
}
