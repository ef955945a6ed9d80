//! Entries of a schema file that say what a definition says are not parsed; that must make no difference.

use std::path::Path;
use std::sync::Arc;

use evt::check::Catalogue;
use evt::schema::{Layout, LeftOut, ReadSchema, Said, read_schema, read_schema_knowing};
use evt::source::SourceFile;

use crate::{checked, fixtures};

fn schema_file(project: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects").join(project);
    std::fs::read_to_string(folder.join("schemas/events.json")).expect("a project has a schema file")
}

/// The definitions of a project's last generation.
fn catalogue(project: &str) -> Catalogue {
    let part = format!("projects/{project}/generations/4/");
    let generations = fixtures::projects();
    let last = generations.iter().find(|files| files.keys().all(|path| path.contains(&part)));
    let files: Vec<(&str, &str)> =
        last.expect("there are four").iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    checked::files(&files).0
}

fn read(text: &str, catalogue: &Catalogue) -> (ReadSchema, ReadSchema) {
    let file = Arc::new(SourceFile::new("schemas/events.json", text.to_owned()));
    let said_of = |name: &str| {
        let event = &catalogue.events.get(name)?.event;
        Some(Said { contract: &event.contract, metadata: &event.metadata })
    };
    (read_schema(&file), read_schema_knowing(&file, &LeftOut::new(), said_of))
}

#[test]
fn what_is_recognised_is_what_would_have_been_parsed() {
    for project in ["shop", "farm"] {
        let catalogue = catalogue(project);
        let (parsed, recognised) = read(&schema_file(project), &catalogue);
        assert!(parsed.findings.is_empty() && recognised.findings.is_empty());
        assert_eq!(recognised.schema, parsed.schema);
        assert_eq!((recognised.layout, parsed.layout), (Layout::AsDumped, Layout::AsDumped));
        let shared = catalogue.events.iter().filter(|(name, defined)| {
            recognised
                .schema
                .latest(name)
                .is_some_and(|latest| Arc::ptr_eq(&latest.contract, &defined.event.contract))
        });
        assert!(shared.count() > 20, "most events of {project} have not changed");
    }
}

#[test]
fn a_recognised_entry_must_have_its_true_fingerprint() {
    let text = schema_file("shop");
    let at =
        text.find("\"fingerprint\": \"").expect("an entry has a fingerprint") + "\"fingerprint\": \"".len();
    let other = if text[at..].starts_with('0') { "1" } else { "0" };
    let forged = format!("{}{other}{}", &text[..at], &text[at + 1..]);
    let (parsed, recognised) = read(&forged, &catalogue("shop"));
    let rules = |read: &ReadSchema| read.findings.iter().map(|finding| finding.rule.id).collect::<Vec<_>>();
    assert!(rules(&parsed).contains(&"history-fingerprint-mismatch"));
    assert_eq!(rules(&recognised), rules(&parsed));
}

#[test]
fn an_edited_byte_is_another_layout_or_a_mistake() {
    let text = schema_file("farm");
    let catalogue = catalogue("farm");
    for at in
        (0..text.len()).step_by(997).filter(|at| text.is_char_boundary(*at) && text.is_char_boundary(at + 1))
    {
        let edited = format!("{} {}", &text[..at], &text[at..]);
        let (parsed, recognised) = read(&edited, &catalogue);
        let is_clean = recognised.findings.is_empty() && recognised.layout == Layout::AsDumped;
        assert_eq!(parsed.findings.len(), recognised.findings.len());
        assert!(!is_clean || recognised.schema.text() == edited, "a blank at {at} went unseen");
    }
}
