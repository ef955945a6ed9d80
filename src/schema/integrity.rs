//! Whether the entries of a schema file hold together: sorted, versions 1 to N, fingerprints true, chain unbroken.

use std::sync::Arc;

use super::Version;
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::rule::{self, Rule};
use crate::source::{SourceFile, Span};

/// An entry with its place.
#[derive(Debug)]
pub(super) struct Entry {
    /// What it says.
    pub(super) version: Version,
    /// All of it.
    pub(super) span: Span,
    /// The fingerprint that its contract has, whatever it claims.
    pub(super) computed: Fingerprint,
}

impl Entry {
    /// The event whose version this is.
    pub(super) fn event_name(&self) -> &str {
        &self.version.contract.event_name
    }
}

/// All that is wrong with the entries of a file.
pub(super) fn check(file: &Arc<SourceFile>, entries: &[Box<Entry>]) -> Vec<Finding> {
    let mut findings: Vec<Finding> =
        entries.iter().filter_map(|entry| check_fingerprint(file, entry)).collect();
    let mut before: Option<&Entry> = None;
    for versions in entries.chunk_by(|a, b| a.version.contract.event_name == b.version.contract.event_name) {
        if let Some(finding) = check_order(file, versions) {
            findings.push(finding);
            before = versions.last().map(AsRef::as_ref);
            continue;
        }
        for entry in versions {
            findings.extend(check_place(file, before, entry));
            before = Some(entry);
        }
    }
    findings
}

/// The first version of an event that stands after a later one; the gaps that this makes are no news then.
fn check_order(file: &Arc<SourceFile>, versions: &[Box<Entry>]) -> Option<Finding> {
    let is_back = |pair: &&[Box<Entry>]| pair[1].version.number < pair[0].version.number;
    let pair = versions.windows(2).find(is_back)?;
    let message = format!("{} stands after version {}", named(&pair[1]), pair[0].version.number);
    let help = "a merge put both sides here; redo it with `evt merge-driver`, which renumbers one of them";
    Some(finding(&rule::SCHEMA_FILE_ORDER, file, &pair[1], message).help(help))
}

fn check_fingerprint(file: &Arc<SourceFile>, entry: &Entry) -> Option<Finding> {
    let computed = entry.computed;
    if computed == entry.version.fingerprint {
        return None;
    }
    let message =
        format!("the contract of {} does not have the fingerprint that the entry claims", named(entry));
    let finding = finding(&rule::HISTORY_FINGERPRINT_MISMATCH, file, entry, message)
        .why(format!("computed {computed}, claimed {}", entry.version.fingerprint))
        .help("restore the entry from git; to change an event, change its definition and run `evt dump`");
    Some(finding)
}

/// The line of an entry that names the event.
pub(super) fn head_line(text: &str, start: usize) -> Span {
    let at = text.find("\"event_name\"").unwrap_or_default();
    let length = text[at..].find(['\n', '\r']).unwrap_or(text.len() - at);
    let line = text[at..at + length].trim_end().trim_end_matches(',');
    Span::new(start + at, start + at + line.len())
}

fn named(entry: &Entry) -> String {
    format!("`{}` version {}", entry.version.contract.event_name, entry.version.number)
}

fn finding(rule: &'static Rule, file: &Arc<SourceFile>, entry: &Entry, message: String) -> Finding {
    Finding::new(rule, message)
        .at(file, head_line(file.slice(entry.span), entry.span.start()))
        .label("this entry")
        .event(&entry.version.contract.event_name)
        .version(entry.version.number)
}

/// An entry against the one before it.
fn check_place(file: &Arc<SourceFile>, before: Option<&Entry>, entry: &Entry) -> Option<Finding> {
    let name = &entry.version.contract.event_name;
    let number = entry.version.number;
    let same = before.filter(|before| before.version.contract.event_name == *name);
    if let Some(before) = before.filter(|before| before.version.contract.event_name > *name) {
        let message = format!("`{name}` stands after `{}`", before.version.contract.event_name);
        let finding = finding(&rule::SCHEMA_FILE_ORDER, file, entry, message);
        return Some(finding.help("restore the file from git, then run `evt dump`"));
    }
    let last = same.map_or(0, |before| before.version.number);
    if number == last {
        let message = format!("{} stands twice", self::named(entry));
        let help =
            "a merge put both sides here; redo it with `evt merge-driver`, which renumbers one of them";
        return Some(finding(&rule::HISTORY_VERSION_DUPLICATED, file, entry, message).help(help));
    }
    if number != last + 1 {
        let message = format!("`{name}` has version {number}, but no version {}", last + 1);
        let finding = finding(&rule::HISTORY_VERSION_GAP, file, entry, message);
        return Some(finding.help("restore the missing entry from git"));
    }
    check_chain(file, same, entry)
}

fn check_chain(file: &Arc<SourceFile>, before: Option<&Entry>, entry: &Entry) -> Option<Finding> {
    let expected = before.map(|before| before.version.fingerprint);
    if let Some(before) = before
        && (before.version.retired || before.version.renamed_to.is_some())
    {
        let message = format!("{} is marked as retired, but is not the latest version", named(before));
        return Some(
            finding(&rule::HISTORY_CHAIN_BROKEN, file, before, message).help("run `evt merge-driver` again"),
        );
    }
    if entry.version.previous == expected {
        return None;
    }
    let show =
        |fingerprint: Option<Fingerprint>| fingerprint.map_or("null".to_owned(), |print| print.to_string());
    let message = format!("`previous` of {} is not the fingerprint of the version before", named(entry));
    let finding = finding(&rule::HISTORY_CHAIN_BROKEN, file, entry, message)
        .why(format!("expected {}, found {}", show(expected), show(entry.version.previous)))
        .help("restore the entry from git; a version is never inserted or taken out by hand");
    Some(finding)
}
