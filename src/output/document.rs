use std::fmt::Write as _;

use super::json::{self, ReportStep};
use super::{Printer, github, gitlab, junit, markdown, sarif};
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::project::CONFIG_NAME;
use crate::rule::Severity;
use crate::source::Location;
use crate::visible::visible_text;

/// What a command found, for every printer but that of text.
pub(super) struct Document<'d> {
    /// The command, as it is typed.
    pub(super) command: &'static str,
    /// `ok`, `findings` or `error`.
    pub(super) status: &'static str,
    pub(super) findings: &'d [Finding],
    /// What a dump does.
    pub(super) changes: Option<&'d [ReportStep]>,
    /// A unified diff, or nothing.
    pub(super) diff: &'d str,
    /// Where the project is in its repository: nothing, or a path with `/` at the end.
    pub(super) folder: &'d str,
    /// From which severity on a check fails.
    pub(super) fail_on: Severity,
}

/// A place in a repository, lines and columns counted from 1; the end is the column behind the last character.
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Document<'_> {
    /// As one document, or as lines for GitHub.
    pub(super) fn written(&self, printer: Printer) -> String {
        match printer {
            Printer::Text | Printer::Json => json::report(self),
            Printer::Github => github::lines(self),
            Printer::Gitlab => gitlab::document(self),
            Printer::Junit => junit::document(self),
            Printer::Sarif => sarif::document(self),
            Printer::Markdown => markdown::document(self, usize::MAX),
        }
    }

    /// Where a finding is; one without a place is told at the start of `evt.toml`, for readers that want a place.
    pub(super) fn place(&self, finding: &Finding) -> Place {
        finding.location.as_ref().map_or_else(
            || Place {
                file: format!("{}{CONFIG_NAME}", self.folder),
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 1,
            },
            |location| self.at(location),
        )
    }

    pub(super) fn at(&self, location: &Location) -> Place {
        let start = location.file.position(location.span.start());
        let end = location.file.position(location.span.end());
        Place {
            file: format!("{}{}", self.folder, location.file.path),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }

    /// The same for the same findings, wherever in their files they stand: SHA-256 in hex. Equal findings are numbered.
    pub(super) fn identities(&self) -> Vec<String> {
        let mut seen = std::collections::HashMap::new();
        let mut identities = Vec::with_capacity(self.findings.len());
        for finding in self.findings {
            let place = finding.location.as_ref().map_or("", |at| at.file.path.as_str());
            let subject = subject(finding).unwrap_or_default();
            let told = [finding.rule.id, self.folder, place, &subject, &finding.message].join("\0");
            let count = seen.entry(told.clone()).and_modify(|count| *count += 1).or_insert(0_u32);
            identities.push(Fingerprint::of_text(&format!("{told}\0{count}")).to_string());
        }
        identities
    }
}

/// What a finding is about: the event, its version, the place in the payload.
pub(super) fn subject(finding: &Finding) -> Option<String> {
    let mut subject = finding.event.clone()?;
    match (finding.from_version, finding.to_version) {
        (Some(from), Some(to)) => _ = write!(subject, "@{from}..{to}"),
        (Some(one), None) | (None, Some(one)) => _ = write!(subject, "@{one}"),
        (None, None) => {}
    }
    if let Some(path) = &finding.path {
        _ = write!(subject, " {path}");
    }
    Some(subject)
}

/// The reason that is told of a finding.
pub(super) fn why(finding: &Finding) -> &str {
    finding.why.as_deref().unwrap_or(finding.rule.why)
}

/// All that is told of a finding, as lines of text without its place.
pub(super) fn told(finding: &Finding) -> String {
    let mut text = format!("{}\n{}", finding.message, why(finding));
    if let Some(help) = &finding.help {
        _ = write!(text, "\nhelp: {help}");
    }
    if let Some(witness) = &finding.witness {
        _ = write!(text, "\npayload: {witness}");
    }
    visible_text(&text)
}
