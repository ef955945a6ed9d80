//! What the gem writes is read, and nothing that it does not write is.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Draft, Import, definition_text, draft, read_event_engine};
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::plan::{Held, plan};
use crate::source::SourceFile;

const FILE: &str = include_str!("../../fixtures/event_engine/event_schema.json");
const ODD: &str = include_str!("../../fixtures/event_engine/odd.json");

fn file(text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile::new("db/event_schema.json", text.to_owned()))
}

fn drafted(text: &str) -> (Import, Draft) {
    let file = file(text);
    let import = read_event_engine(&file);
    let path_of = |event: Option<&str>| format!("events/{}.yaml", event.unwrap_or("subjects"));
    let draft = draft(&import, &file, &[], &path_of);
    (import, draft)
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{}: {}", finding.rule.id, finding.message)).collect()
}

#[test]
fn versions_and_fingerprints_are_those_of_the_gem() {
    let (import, draft) = drafted(FILE);
    assert_eq!(told(&import.findings), [""; 0]);
    assert_eq!(told(&draft.findings), [""; 0]);
    let given: serde_json::Value = serde_json::from_str(FILE).unwrap();
    let given = given.as_array().unwrap();
    assert_eq!(draft.schema.versions().count(), given.len());
    for (version, entry) in draft.schema.versions().zip(given) {
        assert_eq!(version.contract.event_name, entry["event_name"]);
        assert_eq!(version.number, u32::try_from(entry["event_version"].as_u64().unwrap()).unwrap());
        assert_eq!(version.fingerprint.to_string(), entry["fingerprint"]);
        assert_eq!(version.fingerprint, Fingerprint::of(&version.contract));
        assert!(!version.retired);
    }
    let latest = draft.schema.latest("cow_fed").unwrap();
    assert_eq!(latest.previous, Some(draft.schema.version("cow_fed", 2).unwrap().fingerprint));
    assert_eq!(latest.metadata.process_type.as_str(), "durable");
    assert_eq!(draft.schema.version("cow_fed", 1).unwrap().metadata.process_type.as_str(), "inline");
}

#[test]
fn a_dump_of_the_definitions_changes_nothing() {
    for text in [FILE, ODD] {
        let (_, draft) = drafted(text);
        assert_eq!(plan(&draft.schema, &draft.catalogue, &Held::Everything).steps, []);
    }
}

#[test]
fn a_definition_says_what_the_version_says() {
    let (import, _) = drafted(FILE);
    insta::assert_snapshot!(definition_text(import.schema.latest("cow_fed").unwrap()), @r"
    event_name: cow_fed
    event_type: domain
    process_type: durable
    domain: farm
    subject: cow
    inputs:
      cow: required
      farmer: optional
    payload:
      weight:
        from: cow.weight
      farmer_name:
        from: farmer.name
        required: false
      barn:
        from: cow.barn
        required: false
    ");
}

#[test]
fn what_no_definition_can_say_stays_history_and_is_named() {
    let (import, draft) = drafted(ODD);
    assert_eq!(told(&import.findings), [""; 0]);
    let named: Vec<_> = draft.findings.iter().map(|finding| finding.event.as_deref().unwrap()).collect();
    assert_eq!(named, ["cow.fed", "cow_bred", "cow_lost", "cow_moved"]);
    for event in named {
        let latest = draft.schema.latest(event).unwrap();
        assert!(latest.retired, "{event}");
    }
    assert_eq!(draft.schema.events["cow.fed"].len(), 2);
    assert!(!draft.schema.latest("cow_fed").unwrap().retired);
    let paths: Vec<_> = draft.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["events/subjects.yaml", "events/cow_fed.yaml"]);
    assert!(draft.findings.iter().all(|finding| finding.location.is_some() && !finding.is_error()));
}

#[test]
fn levels_are_the_older_spelling_of_process_types() {
    let text = FILE.replacen("\"process_type\": \"inline\"", "\"event_level\": 2", 1);
    let import = read_event_engine(&file(&text));
    assert_eq!(told(&import.findings), [""; 0]);
    let first = import.schema.version("cow_fed", 1).unwrap();
    assert_eq!(first.metadata.process_type.as_str(), "background");
}

#[test]
fn order_and_layout_do_not_matter() {
    let mut entries: Vec<serde_json::Value> = serde_json::from_str(FILE).unwrap();
    entries.reverse();
    let text = serde_json::to_string(&entries).unwrap();
    assert_eq!(read_event_engine(&file(&text)).schema, read_event_engine(&file(FILE)).schema);
}

/// What is wrong with the file where one text of it is another, and where.
fn mended(from: &str, to: &str) -> Vec<String> {
    assert!(FILE.contains(from), "{from}");
    let import = read_event_engine(&file(&FILE.replacen(from, to, 1)));
    let place = |finding: &Finding| {
        let location = finding.location.as_ref().expect("every finding has a place");
        let position = location.file.position(location.span.start());
        format!("{}:{} {}: {}", position.line, position.column, finding.rule.id, finding.message)
    };
    import.findings.iter().map(place).collect()
}

#[test]
fn what_the_gem_would_not_write_is_told_with_its_place() {
    let cases = [
        ("\"event_name\": \"cow_fed\"", "\"event_name\": 7"),
        ("\"event_name\": \"cow_fed\"", "\"event_name\": \"\""),
        ("\"event_name\": \"cow_fed\",", ""),
        ("\"event_version\": 1", "\"event_version\": 0"),
        ("\"event_version\": 1", "\"event_version\": 1.5"),
        ("\"event_version\": 1", "\"event_version\": 99999999999"),
        ("\"event_version\": 1,", ""),
        ("\"event_version\": 2", "\"event_version\": 1"),
        ("\"event_version\": 2", "\"event_version\": 4"),
        ("\"event_type\": \"domain\"", "\"event_type\": null"),
        ("\"process_type\": \"inline\"", "\"process_type\": \"inlin\""),
        ("\"process_type\": \"inline\"", "\"event_level\": 6"),
        ("\"required_inputs\": [", "\"required_inputs\": 7, \"x\": ["),
        ("\"cow\"\n    ]", "\"cow\",\n\"cow\"\n    ]"),
        ("\"cow\"\n    ]", "[[[]]]\n    ]"),
        ("\"required\": true", "\"required\": \"yes\""),
        ("\"from\": \"cow\"", "\"from\": null"),
        ("\"attr\": \"weight\"", "\"attr\": {}"),
        ("\"domain\": \"farm\"", "\"domain\": \"shop\", \"domain\": \"farm\""),
        ("\"domain\": \"farm\"", "\"owner\": \"team-barn\""),
        ("\"attr\": \"weight\"", "\"attr\": \"mass\""),
        ("\"fingerprint\": \"", "\"fingerprint\": \"x"),
        ("[\n  {", "[\n  7, {"),
    ];
    let shown: Vec<_> =
        cases.iter().map(|(from, to)| format!("{to}\n  {}", mended(from, to).join("\n  "))).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn an_event_of_two_domains_is_two_events_to_the_gem_alone() {
    let entries: Vec<serde_json::Value> = serde_json::from_str(FILE).unwrap();
    let mut twin = entries[3].clone();
    twin["domain"] = "shop".into();
    let text = serde_json::to_string_pretty(&[&entries[3], &twin]).unwrap();
    let expected = ["import-history: `cow_sold` version 1 stands in two domains, `farm` and `shop`"];
    assert_eq!(told(&read_event_engine(&file(&text)).findings), expected);
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let deep = format!("[{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    let deep_entry = format!("[{{\"event_name\": {}1{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let deep_key = format!(
        "[{{\"event_name\": \"a\", \"event_version\": 1, \"x\": {}1{}}}]",
        "[".repeat(999),
        "]".repeat(999)
    );
    let cases = [
        ("", "the file is empty"),
        ("  \n", "the file is empty"),
        ("# This file is authoritative\nEventEngine::EventSchema.define do", "the file is Ruby, not JSON"),
        ("{ \"evt\": 1, \"events\": [] }", "this is a schema file of evt, not of event_engine"),
        ("{}", "the file is no list of events"),
        ("7", "the file is no list of events"),
        ("[]", "the file holds no event"),
        ("[{]", "the file is not JSON"),
        ("[{},", "the file is not JSON"),
        ("[{}] x", "the file is not JSON"),
        ("[7]", "an entry is no object"),
        (&deep, "an entry is no object"),
        (&deep_entry, "`event_name` of an entry is no text"),
        (&deep_key, "`a` version 1 has no `event_type`"),
    ];
    for (text, expected) in cases {
        let import = read_event_engine(&file(text));
        let first = &import.findings[0];
        assert!(first.message.starts_with(expected), "{:.40}: {}", text, first.message);
        assert!(first.location.is_some() && first.help.is_some());
    }
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let text = format!("[{}]", " ".repeat(super::MAX_IMPORT_BYTES));
    let found = read_event_engine(&file(&text)).findings;
    assert!(found[0].message.contains("the most is"), "{}", found[0].message);
}

proptest! {
    #[test]
    fn any_damage_is_told_or_harmless(at in 0..FILE.len(), length in 0..40_usize, instead in "[\\[\\]{}\",:a-z0-9 ]{0,6}") {
        let end = (at + length).min(FILE.len());
        let text = format!("{}{instead}{}", &FILE[..at], &FILE[end..]);
        let file = file(&text);
        let import = read_event_engine(&file);
        if !import.findings.iter().any(Finding::is_error) {
            let path_of = |event: Option<&str>| format!("events/{}.yaml", event.unwrap_or("subjects"));
            let draft = draft(&import, &file, &[], &path_of);
            if !draft.findings.iter().any(Finding::is_error) {
                prop_assert_eq!(plan(&draft.schema, &draft.catalogue, &Held::Everything).steps, []);
            }
        }
    }
}
