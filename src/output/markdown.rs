//! Findings as a comment on a change.

use std::fmt::Write as _;

use super::document::{Document, subject, why};
use super::text;
use crate::finding::Finding;
use crate::markdown::{code, fenced, paragraphs, prose};
use crate::visible::{visible_json, visible_text};

/// Cut off behind a finding where it would be longer than `most` bytes.
pub(super) fn document(document: &Document<'_>, most: usize) -> String {
    let mut out = format!("## evt {}\n\n", document.command);
    let summary = text::summary(document.findings);
    out.push_str(match (summary.trim_end(), document.status) {
        ("", "ok") => "nothing found",
        ("", _) => "it failed",
        (summary, _) => summary,
    });
    out.push('\n');
    for (at, finding) in document.findings.iter().enumerate() {
        let item = item(document, finding);
        if out.len() + item.len() > most {
            _ = writeln!(out, "\n… and {} more", document.findings.len() - at);
            return out;
        }
        out.push_str(&item);
    }
    if !document.diff.is_empty() && out.len() + document.diff.len() < most {
        out.push_str(&fenced("diff", &visible_text(document.diff.trim_end_matches('\n'))));
    }
    out
}

fn item(document: &Document<'_>, finding: &Finding) -> String {
    let place = document.place(finding);
    let subject = subject(finding).map_or_else(String::new, |subject| format!(" {}", code(&subject)));
    let mut out = format!(
        "\n### {}: {}{subject}\n\n{}\n",
        finding.severity,
        code(finding.rule.id),
        code(&format!("{}:{}:{}", place.file, place.line, place.column))
    );
    out.push_str(&paragraphs(&finding.message, prose));
    out.push_str(&paragraphs(why(finding), prose));
    if let Some(help) = &finding.help {
        _ = writeln!(out, "\n**Way out:** {}", prose(help));
    }
    if let Some(witness) = &finding.witness {
        out.push_str(&fenced("json", &visible_json(&witness.to_string())));
    }
    out
}
