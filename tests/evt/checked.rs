//! Definitions, read and checked without a project.

use std::sync::Arc;

use evt::check::{Catalogue, check};
use evt::finding::Finding;
use evt::source::SourceFile;

/// Reads and checks one file.
pub(crate) fn text(text: &str) -> (Catalogue, Vec<Finding>) {
    files(&[("events/a.yaml", text)])
}

/// Reads and checks files, given with their paths.
pub(crate) fn files(files: &[(&str, &str)]) -> (Catalogue, Vec<Finding>) {
    let files = files.iter().map(|(path, text)| Arc::new(SourceFile::new(*path, (*text).to_owned())));
    check(files.collect(), Vec::new())
}

/// The errors, as `rule: message`, but for those about the style of enum values, which `evt.toml` may allow.
pub(crate) fn errors_of_meaning(findings: &[Finding]) -> Vec<String> {
    let errors = findings.iter().filter(|finding| finding.is_error() && finding.rule.id != "enum-value-name");
    errors.map(|finding| format!("{}: {}", finding.rule.id, finding.message)).collect()
}
