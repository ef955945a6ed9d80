use std::collections::BTreeSet;
use std::sync::Arc;

use super::lint;
use crate::check::check;
use crate::finding::Finding;
use crate::rule::{self, Category, Rule};
use crate::source::SourceFile;

/// The rules of style, less `not-formatted`, which `evt fmt --check` reports: it is about the layout.
fn rules_of_style() -> impl Iterator<Item = &'static Rule> {
    rule::all().filter(|rule| rule.category == Category::Style && rule.id != "not-formatted")
}

/// All findings about a text, those of `lint` included; none is an error.
fn findings_of(text: &str) -> Vec<Finding> {
    let file = Arc::new(SourceFile::new("events/cow.yaml", text.to_owned()));
    let (catalogue, mut findings) = check(vec![file], Vec::new());
    assert!(!findings.iter().any(Finding::is_error), "{findings:#?}");
    findings.extend(lint(&catalogue));
    findings
}

/// The findings about one rule, each as `path` or as the text that it is located at.
fn found(rule: &'static Rule, text: &str) -> Vec<String> {
    let of_rule = findings_of(text).into_iter().filter(|finding| finding.rule.id == rule.id);
    of_rule.map(|finding| finding.path.clone().unwrap_or_else(|| place(&finding))).collect()
}

fn place(finding: &Finding) -> String {
    let at = finding.location.as_ref().expect("every finding of lint has a place");
    at.file.slice(at.span).to_owned()
}

/// An event `cow_fed` with one payload field, and the named types `types`.
fn with_field(types: &str, name: &str, field_type: &str) -> String {
    let head = if types.is_empty() { String::new() } else { format!("types: {types}\n---\n") };
    format!(
        "{head}event_name: cow_fed\nevent_type: domain\ninputs: {{ cow: required }}\n\
         payload:\n  {name}: {{ from: cow.it, {field_type} }}\n"
    )
}

#[test]
fn a_bad_example_of_style_breaks_its_rule_and_no_other() {
    for rule in rules_of_style() {
        let broken: BTreeSet<_> = findings_of(rule.bad).iter().map(|finding| finding.rule.id).collect();
        assert_eq!(broken, BTreeSet::from([rule.id]));
    }
}

#[test]
fn a_good_example_of_style_is_without_findings() {
    for rule in rules_of_style() {
        let findings = findings_of(rule.good);
        assert!(findings.is_empty(), "{}: {findings:#?}", rule.id);
    }
}

#[test]
fn every_finding_has_a_place_a_label_and_a_help() {
    for rule in rules_of_style() {
        for finding in findings_of(rule.bad) {
            assert!(
                finding.location.is_some() && finding.label.is_some() && finding.help.is_some(),
                "{finding:#?}"
            );
        }
    }
}

#[test]
fn each_event_of_a_family_is_told_apart_at_its_verb() {
    let text = "subjects: { export: { description: A file., owner: team-data } }\n---\n\
                lifecycle: [started, fail]\nsubject: export\nevent_type: product\n\
                on: { started: { description: It began. } }\n";
    assert_eq!(found(&rule::EVENT_DESCRIPTION_REQUIRED, text), ["fail"]);
    assert_eq!(found(&rule::EVENT_NAME_TENSE, text), ["fail"]);
    assert!(found(&rule::EVENT_OWNER_REQUIRED, text).is_empty());
}

#[test]
fn the_owner_of_the_subject_owns_the_event() {
    let text = |subject: &str| {
        format!(
            "subjects: {{ cow: {subject} }}\n---\nevent_name: cow_fed\nevent_type: domain\nsubject: cow\n"
        )
    };
    assert!(found(&rule::EVENT_OWNER_REQUIRED, &text("{ owner: team-barn }")).is_empty());
    assert_eq!(found(&rule::EVENT_OWNER_REQUIRED, &text("{ description: Ours. }")), ["cow_fed"]);
}

#[test]
fn a_subject_needs_a_description_and_an_event() {
    let text = "subjects: { cow: {}, milk: { description: What cows give. } }\n";
    assert_eq!(found(&rule::SUBJECT_DESCRIPTION_REQUIRED, text), ["cow"]);
    assert_eq!(found(&rule::SUBJECT_UNUSED, text), ["cow", "milk"]);
}

#[test]
fn a_type_is_used_wherever_an_event_carries_it() {
    for field_type in [
        "type: Tag",
        "type: list<map<Tag>>",
        "type: { object: { tag: { type: Tag } } }",
        "type: Herd",
        "type: OtherName",
        "type: { list: { type: OtherName, max_length: 3 } }",
    ] {
        let types =
            "{ Tag: string, Herd: { list: { object: { tag: { type: Tag } } } }, OtherName: { type: Tag } }";
        let unused = found(&rule::TYPE_UNUSED, &with_field(types, "it", field_type));
        assert!(!unused.contains(&"Tag".to_owned()), "{field_type}: {unused:?}");
    }
}

#[test]
fn a_type_that_only_unused_types_use_is_unused() {
    let text = with_field("{ Tag: string, Herd: list<Tag> }", "it", "type: int");
    assert_eq!(found(&rule::TYPE_UNUSED, &text), ["Tag", "Herd"]);
}

#[test]
fn every_unbounded_string_of_a_payload_is_found_by_its_path() {
    let fields = "type: { object: { tags: { type: list<string> }, names: { type: map<string> }, \
                  bounded: { type: string, max_length: 9 }, shaped: { type: string, pattern: '^a$' }, \
                  breed: { type: { enum: [angus] } }, list: { type: { list: { type: string, max_length: 9 } } } } }";
    let text = with_field("", "cow", fields);
    assert_eq!(found(&rule::STRING_UNBOUNDED, &text), ["cow.names{}", "cow.tags[]"]);
}

#[test]
fn what_is_wrong_with_a_field_is_told_at_the_field() {
    let text =
        with_field("", "weight", "type: { object: { name: { type: string }, height: { type: float } } }");
    let findings = findings_of(&text);
    let of_payload: Vec<_> = findings.iter().filter(|finding| finding.path.is_some()).collect();
    assert_eq!(of_payload.len(), 2, "{findings:#?}");
    assert!(of_payload.iter().all(|finding| place(finding) == "weight"));
}

#[test]
fn a_field_that_a_family_shares_is_told_once() {
    let text = "subjects: { export: { description: A file., owner: team-data } }\n---\n\
                lifecycle: [started, completed, failed]\nsubject: export\nevent_type: product\n\
                inputs: { export: required }\npayload: { format: { type: string, from: export.format } }\n\
                on: { failed: { payload: { note: { type: string, from: export.note } } } }\n";
    assert_eq!(found(&rule::STRING_UNBOUNDED, text), ["format", "note"]);
}

#[test]
fn a_string_is_bounded_by_its_named_type() {
    let text =
        |bound: &str| with_field(&format!("{{ Name: {{ type: string{bound} }} }}"), "name", "type: Name");
    assert!(found(&rule::STRING_UNBOUNDED, &text(", max_length: 80")).is_empty());
    assert_eq!(found(&rule::STRING_UNBOUNDED, &text("")), ["name"]);
}

#[test]
fn a_measure_needs_a_unit() {
    let unit =
        |name: &str, field_type: &str| found(&rule::FIELD_UNIT_REQUIRED, &with_field("", name, field_type));
    assert_eq!(unit("net_weight", "type: decimal"), ["net_weight"]);
    assert_eq!(unit("widths", "type: list<int>"), ["widths"]);
    assert_eq!(unit("box", "type: { object: { height: { type: float } } }"), ["box.height"]);
    for (name, field_type) in [
        ("weight", "type: float, unit: kg"),
        ("weights", "type: { list: { type: float, unit: kg } }"),
        ("weight", "type: string"),
        ("weight_kg", "type: float"),
        ("weight_class", "type: int"),
        ("count", "type: int"),
    ] {
        assert!(unit(name, field_type).is_empty(), "{name}: {field_type}");
    }
}

#[test]
fn findings_are_sorted_by_place() {
    let text = "subjects: { milk: {}, cow: {} }\n---\nevent_name: feed_cow\nevent_type: domain\n";
    let findings = findings_of(text);
    let starts: Vec<_> =
        findings.iter().filter_map(|finding| finding.location.as_ref().map(|at| at.span.start())).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert_eq!(starts.len(), 7);
}
