use serde::Serialize;

use super::document::Document;
use super::report::{REPORT_FORMAT, ReportFinding};
use crate::visible::visible_json;

#[derive(Serialize)]
struct Report<'f> {
    evt: u64,
    command: &'f str,
    status: &'f str,
    findings: Vec<ReportFinding<'f>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<&'f [ReportStep]>,
}

/// What a dump does to one event.
#[derive(Serialize)]
pub(crate) struct ReportStep {
    /// The event's name.
    pub(crate) event: String,
    /// What happens.
    pub(crate) change: &'static str,
    /// The version that is followed or replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from_version: Option<u32>,
    /// The latest version afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to_version: Option<u32>,
}

/// The report of a command, of a dump with its plan.
pub(super) fn report(document: &Document<'_>) -> String {
    let Document { command, status, changes, .. } = *document;
    let findings = document.findings.iter().map(ReportFinding::of).collect();
    let report = Report { evt: REPORT_FORMAT, command, status, findings, changes };
    let mut text = serde_json::to_string_pretty(&report).expect("a report holds only text and numbers");
    text.push('\n');
    visible_json(&text)
}
