use serde::Serialize;

use super::report::{REPORT_FORMAT, ReportFinding};
use crate::finding::Finding;

#[derive(Serialize)]
struct Report<'f> {
    evt: u64,
    command: &'f str,
    status: &'f str,
    findings: Vec<ReportFinding<'f>>,
}

/// The report of a command as one JSON document.
pub(super) fn report(command: &str, status: &str, findings: &[Finding]) -> String {
    let findings = findings.iter().map(ReportFinding::of).collect();
    let report = Report { evt: REPORT_FORMAT, command, status, findings };
    let mut text = serde_json::to_string_pretty(&report).expect("a report holds only text and numbers");
    text.push('\n');
    text
}
