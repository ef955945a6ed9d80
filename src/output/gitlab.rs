//! GitLab's code quality report: what a merge request shows as new, and as mended.

use serde::Serialize;

use super::document::{Document, subject, told};
use crate::finding::Finding;
use crate::rule::Severity;
use crate::visible::visible_json;

#[derive(Serialize)]
struct Issue<'f> {
    description: String,
    check_name: &'f str,
    fingerprint: String,
    severity: &'static str,
    location: Place,
}

#[derive(Serialize)]
struct Place {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn document(document: &Document<'_>) -> String {
    let named = document.findings.iter().zip(document.identities());
    let issues: Vec<_> = named.map(|(finding, identity)| issue(document, finding, identity)).collect();
    let mut text = serde_json::to_string_pretty(&issues).expect("issues hold only text and numbers");
    text.push('\n');
    visible_json(&text)
}

fn issue<'f>(document: &Document<'_>, finding: &'f Finding, fingerprint: String) -> Issue<'f> {
    let place = document.place(finding);
    let subject = subject(finding).map_or_else(String::new, |subject| format!("{subject}: "));
    Issue {
        description: format!("{subject}{}", told(finding)),
        check_name: finding.rule.id,
        fingerprint,
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warn => "minor",
            Severity::Info => "info",
        },
        location: Place { path: place.file, lines: Lines { begin: place.line, end: place.end_line } },
    }
}
