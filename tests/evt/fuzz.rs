//! Broken input ends in findings: never in a panic, never in a hang.
//!
//! Fixtures are mutilated at random for `EVT_FUZZ_SECONDS` (default 3) a test.

mod mutation;
mod watch;

use std::sync::Arc;
use std::time::{Duration, Instant};

use evt::plan::{Held, plan};
use evt::schema::{Schema, read_schema};
use evt::source::SourceFile;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::checked;
use crate::fixtures;
use mutation::mutilated;
use watch::Watch;

#[test]
fn broken_definitions_end_in_findings() {
    let projects = fixtures::projects();
    let whole = projects.iter().map(|project| project.values().cloned().collect::<Vec<_>>().join("\n---\n"));
    let files = projects.iter().flat_map(|project| project.values().cloned());
    fuzz("definitions", &files.chain(whole).collect::<Vec<_>>(), check_definitions);
}

#[test]
fn broken_schema_files_end_in_findings() {
    let whole = histories();
    let single = whole.iter().flat_map(|schema| schema.events.clone()).map(|(name, versions)| {
        let events = [(name, versions)].into_iter().collect();
        Schema { events }
    });
    let texts = single.chain(whole.iter().cloned()).map(|schema| schema.text());
    fuzz("schema files", &texts.collect::<Vec<_>>(), check_schema);
}

/// Runs `check` on mutilated texts for as long as `EVT_FUZZ_SECONDS` says.
fn fuzz(what: &str, texts: &[String], check: fn(&str)) {
    let mut runner = TestRunner::default();
    let watch = Watch::new(check);
    let inputs = mutilated(texts);
    let end = Instant::now() + budget();
    let mut count = 0_u64;
    while count == 0 || Instant::now() < end {
        let input = inputs.new_tree(&mut runner).expect("nothing is filtered out").current();
        watch.run(&input);
        count += 1;
    }
    report(&format!("{count} mutilated {what}"));
}

fn budget() -> Duration {
    let seconds = std::env::var("EVT_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(3))
}

#[expect(clippy::print_stderr, reason = "who fuzzes wants to know how much was tried")]
fn report(text: &str) {
    eprintln!("{text}");
}

/// Definitions without errors can be dumped, and what is dumped can be read.
fn check_definitions(text: &str) {
    let (catalogue, findings) = checked::text(text);
    for finding in &findings {
        let place = finding.location.as_ref().map(|location| location.file.position(location.span.start()));
        assert!(place.is_none_or(|place| place.line > 0 && place.column > 0), "{finding:?}");
    }
    if findings.iter().any(evt::finding::Finding::is_error) {
        return;
    }
    let schema = plan(&Schema::default(), &catalogue, &Held::Everything).apply(Schema::default());
    assert_eq!(read_back(&schema), schema);
    assert!(plan(&schema, &catalogue, &Held::Everything).steps.is_empty());
}

/// A schema file without findings can be written and read again.
fn check_schema(text: &str) {
    let read = read_schema(&Arc::new(SourceFile::new("events.json", text.to_owned())));
    for finding in &read.findings {
        assert!(!finding.message.is_empty());
    }
    if read.findings.is_empty() {
        assert_eq!(read_back(&read.schema), read.schema);
    }
}

fn read_back(schema: &Schema) -> Schema {
    let read = read_schema(&Arc::new(SourceFile::new("events.json", schema.text())));
    assert!(read.findings.is_empty(), "{:#?}\n{}", read.findings, schema.text());
    read.schema
}

/// What dumps of one project after the other leave.
fn histories() -> Vec<Schema> {
    let mut schema = Schema::default();
    let mut histories = Vec::new();
    for files in fixtures::projects() {
        let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let (catalogue, _) = checked::files(&files);
        schema = plan(&schema, &catalogue, &Held::Everything).apply(schema);
        histories.push(schema.clone());
    }
    histories
}
