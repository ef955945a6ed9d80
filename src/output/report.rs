use serde::Serialize;
use serde_json::Value;

use crate::finding::Finding;
use crate::source::Location;

/// The number of the report's format.
pub(super) const REPORT_FORMAT: u64 = 1;

/// A finding as every machine format tells it.
#[derive(Serialize)]
pub(super) struct ReportFinding<'f> {
    rule: &'f str,
    severity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to_version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'f str>,
    message: &'f str,
    why: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<&'f Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<ReportLocation<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<ReportLocation<'f>>,
}

/// A place, lines and columns counted from 1; the end is the column behind the last character.
#[derive(Serialize)]
pub(super) struct ReportLocation<'f> {
    file: &'f str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'f str>,
}

impl<'f> ReportFinding<'f> {
    pub(super) fn of(finding: &'f Finding) -> Self {
        let related = finding.related.iter();
        Self {
            rule: finding.rule.id,
            severity: finding.severity.to_string(),
            event: finding.event.as_deref(),
            from_version: finding.from_version,
            to_version: finding.to_version,
            path: finding.path.as_deref(),
            message: &finding.message,
            why: finding.why.as_deref().unwrap_or(finding.rule.why),
            help: finding.help.as_deref(),
            witness: finding.witness.as_ref(),
            location: finding.location.as_ref().map(|location| ReportLocation::of(location, None)),
            related: related.map(|other| ReportLocation::of(&other.location, Some(&other.label))).collect(),
        }
    }
}

impl<'f> ReportLocation<'f> {
    fn of(location: &'f Location, label: Option<&'f str>) -> Self {
        let start = location.file.position(location.span.start());
        let end = location.file.position(location.span.end());
        Self {
            file: &location.file.path,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            label,
        }
    }
}
