//! Workflow commands of GitHub Actions: each finding becomes an annotation of the change.
//!
//! The runner reads lines that begin with `::`: text of users stands escaped in them, and a diff between marks that stop it
//! from reading.

use std::fmt::Write as _;

use super::document::{Document, subject, told};
use super::text;
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::rule::Severity;
use crate::visible::visible_text;

/// A line for each finding; then the diff, and how many there are.
pub(super) fn lines(document: &Document<'_>) -> String {
    let mut out = String::new();
    for finding in document.findings {
        annotation(&mut out, document, finding);
    }
    out.push_str(&unread(document.diff));
    out.push_str(&text::summary(document.findings));
    out
}

fn annotation(out: &mut String, document: &Document<'_>, finding: &Finding) {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Info => "notice",
    };
    let place = document.place(finding);
    _ = write!(out, "::{level} file={},line={}", property(&place.file), place.line);
    // The runner takes columns of one line only.
    if place.line == place.end_line && place.end_column > place.column {
        _ = write!(out, ",col={},endColumn={}", place.column, place.end_column);
    } else {
        _ = write!(out, ",endLine={}", place.end_line);
    }
    let subject = subject(finding).map_or_else(String::new, |subject| format!(" {subject}"));
    let title = property(&format!("{}{subject}", finding.rule.id));
    _ = writeln!(out, ",title={title}::{}", data(&told(finding)));
}

/// Text that the runner passes on and does not obey, and neither does who reads its log in a terminal.
pub(super) fn unread(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = visible_text(text);
    let mark = format!("evt-{}", Fingerprint::of_text(&text));
    format!("::stop-commands::{mark}\n{text}::{mark}::\n")
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(&crate::visible::visible(text)).replace(':', "%3A").replace(',', "%2C")
}
