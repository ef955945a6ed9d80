//! What is wrong, where, why, and what to do about it: the one shape of every message of a check.

use std::sync::Arc;

use crate::rule::{Rule, Severity};
use crate::source::{Location, SourceFile, Span};

/// One mistake, with all that a printer needs.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How bad it is; at first what the rule says, then what `evt.toml` makes of it.
    pub severity: Severity,
    /// The event that it is about.
    pub event: Option<String>,
    /// The older of the versions that are compared.
    pub from_version: Option<u32>,
    /// The newer of them, or the only one.
    pub to_version: Option<u32>,
    /// The place inside the payload, such as `lines[].sku`.
    pub path: Option<String>,
    /// One sentence: lower case, no full stop.
    pub message: String,
    /// Why it matters, where the rule's own reason is not enough.
    pub why: Option<String>,
    /// What to do about it.
    pub help: Option<String>,
    /// A payload that shows it.
    pub witness: Option<serde_json::Value>,
    /// Where it is.
    pub location: Option<Location>,
    /// What to write under the place.
    pub label: Option<String>,
    /// What else is involved.
    pub related: Vec<Related>,
}

/// Another place that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is there.
    pub label: String,
}

impl Finding {
    /// A finding without a place.
    #[must_use]
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            event: None,
            from_version: None,
            to_version: None,
            path: None,
            message: bounded(message.into()),
            why: None,
            help: None,
            witness: None,
            location: None,
            label: None,
            related: Vec::new(),
        }
    }

    /// Puts it at `span` of `file`.
    #[must_use]
    pub fn at(mut self, file: &Arc<SourceFile>, span: Span) -> Self {
        self.location = Some(Location::new(file, span));
        self
    }

    /// Puts it at `location`.
    #[must_use]
    pub fn located(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// What to write under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(bounded(label.into()));
        self
    }

    /// What to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(bounded(help.into()));
        self
    }

    /// Why it matters.
    #[must_use]
    pub fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// "Did you mean …?", unless there is a help already or nothing to suggest.
    #[must_use]
    pub fn suggest(mut self, word: Option<&str>) -> Self {
        if let (None, Some(word)) = (&self.help, word) {
            self.help = Some(format!("did you mean `{word}`?"));
        }
        self
    }

    /// What to do about it, unless there is a help already.
    #[must_use]
    pub fn or_help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert_with(|| help.into());
        self
    }

    /// The event that it is about.
    #[must_use]
    pub fn event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// The version that it is about.
    #[must_use]
    pub fn version(mut self, version: u32) -> Self {
        self.to_version = Some(version);
        self
    }

    /// The versions that are compared.
    #[must_use]
    pub fn versions(mut self, from: Option<u32>, to: Option<u32>) -> Self {
        (self.from_version, self.to_version) = (from, to);
        self
    }

    /// The place inside the payload.
    #[must_use]
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Another place, in the same file or another one.
    #[must_use]
    pub fn related(mut self, file: &Arc<SourceFile>, span: Span, label: impl Into<String>) -> Self {
        self.related.push(Related { location: Location::new(file, span), label: label.into() });
        self
    }

    /// Whether it makes a check fail.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts findings by path, place and rule, and drops those that say the same of the same place: what is wrong in a
/// family is wrong in each of its events. What two versions of an event are about is said of each event.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
    findings.dedup_by(|a, b| a.rule.id == b.rule.id && a.location.is_some() && same_place(a, b));
}

type SortKey<'f> = (Option<(&'f str, usize, usize)>, Option<&'f str>, Option<u32>, &'static str, &'f str);

fn sort_key(finding: &Finding) -> SortKey<'_> {
    (
        finding.location.as_ref().map(Location::sort_key),
        finding.event.as_deref(),
        finding.to_version,
        finding.rule.id,
        &finding.message,
    )
}

fn same_place(a: &Finding, b: &Finding) -> bool {
    let place = |finding: &Finding| finding.location.as_ref().map(|at| (at.file.path.clone(), at.span));
    let is_of_versions = |finding: &Finding| finding.from_version.is_some() || finding.to_version.is_some();
    let is_of_family = a.event != b.event && !is_of_versions(a) && !is_of_versions(b);
    place(a) == place(b) && (a.message == b.message || is_of_family)
}

/// A sentence that fits a screen, whatever the author's words in it are.
fn bounded(mut sentence: String) -> String {
    const LONGEST: usize = 2_000;
    if sentence.len() > LONGEST {
        sentence.truncate(sentence.floor_char_boundary(LONGEST));
        sentence.push('…');
    }
    sentence
}

/// The author's words for a sentence: at most 80 characters, controls escaped.
#[must_use]
pub fn shorten(words: &str) -> String {
    const LONGEST: usize = 80;
    let visible = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    let mut shown: String = words.chars().take(LONGEST).map(visible).collect();
    if words.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}
