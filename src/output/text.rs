use std::fmt;
use std::sync::Arc;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};

use super::Paint;
use super::unbroken::{restored, unbroken};
use crate::finding::{Finding, Related};
use crate::rule::Severity;
use crate::source::{Location, SourceFile};
use crate::visible::visible_text;

/// The findings, each with the lines of source that it is about.
pub(super) fn rendered(findings: &[Finding], paint: Paint, width: usize) -> String {
    let theme = match paint {
        Paint::Colored => GraphicalTheme::unicode(),
        Paint::Plain => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width).with_links(false);
    let handler = handler.with_break_words(false);
    let mut out = String::new();
    let room = width.saturating_sub(INDENT);
    for finding in findings {
        let elsewhere =
            finding.related.iter().filter(|other| !is_in_same_file(finding, other)).map(Report::of_related);
        for report in std::iter::once(Report::of(finding)).chain(elsewhere) {
            let report = report.unbroken(room);
            handler.render_report(&mut out, &report).expect("writing to a string cannot fail");
        }
        out.push('\n');
    }
    restored(&out)
}

/// What stands before a help, in columns, and a little more.
const INDENT: usize = 12;

/// A line that counts the findings; nothing where there are none.
pub(super) fn summary(findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [
        (count(Severity::Error), "error", "errors"),
        (count(Severity::Warn), "warning", "warnings"),
        (count(Severity::Info), "hint", "hints"),
    ];
    let told = counts.into_iter().filter(|(count, _, _)| *count > 0);
    let words: Vec<_> =
        told.map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    if words.is_empty() { String::new() } else { format!("{}\n", words.join(", ")) }
}

/// The lines of a unified diff, coloured; what would steer a terminal stands escaped in them.
pub(super) fn paint_diff(diff: &str, paint: Paint) -> String {
    let diff = visible_text(diff);
    if paint == Paint::Plain {
        return diff;
    }
    let colored = diff.split_inclusive('\n').map(|line| {
        let color = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => return line.to_owned(),
        };
        format!("\u{1b}[{color}m{}\u{1b}[0m\n", line.trim_end_matches('\n'))
    });
    colored.collect()
}

/// A finding as miette draws it.
#[derive(Debug)]
struct Report {
    message: String,
    code: Option<&'static str>,
    severity: Severity,
    help: Option<String>,
    source: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

/// Whether another place can be drawn together with the finding's own.
fn is_in_same_file(finding: &Finding, other: &Related) -> bool {
    finding.location.as_ref().is_some_and(|at| Arc::ptr_eq(&at.file, &other.location.file))
}

impl Report {
    fn of(finding: &Finding) -> Self {
        let location = finding.location.as_ref();
        let primary = location.map(|at| label(at, finding.label.as_deref()));
        let same_file = finding.related.iter().filter(|other| is_in_same_file(finding, other));
        let same_file = same_file.map(|other| label(&other.location, Some(&other.label)));
        let mut message = visible_text(&finding.message);
        if let Some(why) = &finding.why {
            message = format!("{message}\n{}", visible_text(why));
        }
        let drawn = location.filter(|at| can_be_drawn(at));
        if let (Some(at), None) = (location, drawn) {
            let position = at.file.position(at.span.start());
            let path = visible_text(&at.file.path);
            message = format!("{message}\nat {path}:{}:{}", position.line, position.column);
        }
        Self {
            message,
            code: Some(finding.rule.id),
            severity: finding.severity,
            help: finding.help.as_deref().map(visible_text),
            source: drawn.map(|at| Excerpt(Arc::clone(&at.file))),
            labels: primary.into_iter().chain(same_file).filter(|_| drawn.is_some()).collect(),
        }
    }

    /// The same, its words and commands kept in one piece.
    fn unbroken(self, room: usize) -> Self {
        let message = unbroken(&self.message, room);
        let help = self.help.map(|help| unbroken(&help, room));
        Self { message, help, ..self }
    }

    fn of_related(related: &Related) -> Self {
        Self {
            message: visible_text(&related.label),
            code: None,
            severity: Severity::Info,
            help: None,
            source: Some(Excerpt(Arc::clone(&related.location.file))),
            labels: vec![label(&related.location, None)],
        }
    }
}

fn label(location: &Location, text: Option<&str>) -> LabeledSpan {
    let span = location.span;
    let length = (span.end() - span.start()).min(first_line(location));
    LabeledSpan::new(
        text.map(visible_text),
        span.start(),
        length.max(1).min(location.file.text.len() - span.start().min(location.file.text.len())),
    )
}

/// Whether the lines around a place are short enough to be shown.
fn can_be_drawn(location: &Location) -> bool {
    const LONGEST_LINE: usize = 600;
    let starts = location.file.line_starts();
    let line = starts.partition_point(|start| *start <= location.span.start()).max(1) - 1;
    let end_of = |line: usize| starts.get(line + 1).copied().unwrap_or(location.file.text.len());
    let lines = line.saturating_sub(1)..(line + 2).min(starts.len());
    lines.into_iter().all(|line| end_of(line) - starts[line] <= LONGEST_LINE)
}

/// How many bytes of a place stand on its first line: more would draw half a file.
fn first_line(location: &Location) -> usize {
    let text = location.file.slice(location.span);
    text.find(['\n', '\r']).unwrap_or(text.len())
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Report {}

impl Diagnostic for Report {
    fn code(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warn => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        (!self.labels.is_empty())
            .then(|| Box::new(self.labels.iter().cloned()) as Box<dyn Iterator<Item = LabeledSpan>>)
    }
}

/// A file as miette reads it: line by line through the index of lines, so that a finding near the end of a large
/// file costs no more than one near its start.
#[derive(Debug)]
struct Excerpt(Arc<SourceFile>);

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let starts = self.0.line_starts();
        let line_of = |offset: usize| starts.partition_point(|start| *start <= offset).max(1) - 1;
        let first = line_of(span.offset()).saturating_sub(before);
        let last = line_of(span.offset() + span.len().saturating_sub(1)) + after;
        let start = starts[first];
        let end = starts.get(last + 1).copied().unwrap_or(self.0.text.len());
        let contents = MietteSpanContents::new_named(
            visible_text(&self.0.path),
            &self.0.shown().as_bytes()[start..end],
            SourceSpan::new(start.into(), end - start),
            first,
            span.offset() - starts[line_of(span.offset())],
            last - first + 1,
        );
        Ok(Box::new(contents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule;

    #[test]
    fn what_is_copied_is_never_broken() {
        let id = "01a1fed7-02c6-756a-84be-f98e9ea05ff2";
        let url = "https://farm.example/docs/a-very-long-page/of-an-operator/that-needs-help#for-it";
        let command = "evt dead-letters retry 4";
        let message = format!("the outbox holds no event {id}, see {url} or `{command}`");
        for width in 20..=110 {
            let finding = Finding::new(&rule::USAGE, &message).help(message.clone());
            let text = rendered(&[finding], Paint::Plain, width);
            for whole in [id, url] {
                assert_eq!(text.matches(whole).count(), 2, "{width}\n{text}");
            }
            assert!(width < 40 || text.matches(command).count() == 2, "{width}\n{text}");
        }
    }
}
