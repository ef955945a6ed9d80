use std::sync::Arc;

use super::shorthand::meant_boolean;
use super::{Entry, Location, Node, Resolved, SourceFile, Span, Spanned, Value, resolve};
use crate::finding::{Finding, shorten};
use crate::rule::{self, Rule};
use crate::suggest;

/// Collects the findings of one file.
#[derive(Debug)]
pub struct Reporter<'f> {
    file: &'f Arc<SourceFile>,
    findings: Vec<Finding>,
}

impl<'f> Reporter<'f> {
    /// A reporter without findings.
    #[must_use]
    pub fn new(file: &'f Arc<SourceFile>) -> Self {
        Self { file, findings: Vec::new() }
    }

    /// The file that is read.
    #[must_use]
    pub fn file(&self) -> &'f Arc<SourceFile> {
        self.file
    }

    /// The place `span` of the file.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }

    /// A finding at `span`, to be completed and then [added](Self::add).
    #[must_use]
    pub fn finding(&self, rule: &'static Rule, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(rule, message).at(self.file, span)
    }

    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Adds "expected …, found …".
    pub fn wrong_kind(&mut self, node: &Node<'_>, expected: &str) {
        self.add(self.wrong(node, expected));
    }

    /// "expected …, found …", to be completed and then [added](Self::add).
    #[must_use]
    pub fn wrong(&self, node: &Node<'_>, expected: &str) -> Finding {
        let found = match node.scalar() {
            Some(scalar) if !scalar.is_absent() => format!("`{}`", shorten(self.file.slice(node.span))),
            Some(_) | None => node.kind().to_owned(),
        };
        let message = format!("expected {expected}, found {found}");
        self.finding(&rule::WRONG_KIND, node.span, message).label(format!("expected {expected}"))
    }

    /// All that was added.
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

/// Reads a mapping key by key; what nobody asked for is an unknown key.
#[derive(Debug)]
pub struct Fields<'n, 't> {
    what: &'static str,
    entries: &'n [Entry<'t>],
    span: Span,
    /// How many entries nobody has asked for.
    left: usize,
    known: Vec<&'static str>,
    missing: Vec<&'static str>,
}

impl<'n, 't> Fields<'n, 't> {
    /// The keys of `node`, which is `what` ("an event", "`aggregate`"); anything but a mapping is reported.
    #[must_use]
    pub fn of(node: &'n Node<'t>, what: &'static str, reporter: &mut Reporter<'_>) -> Option<Self> {
        let Some(entries) = node.entries() else {
            reporter.wrong_kind(node, "a mapping");
            return None;
        };
        let (known, missing) = (Vec::with_capacity(16), Vec::new());
        Some(Self { what, entries, span: node.span, left: entries.len(), known, missing })
    }

    /// Where to point when a key is missing: the first key.
    #[must_use]
    pub fn head(&self) -> Span {
        self.entries.first().map_or(self.span, |entry| entry.key.span)
    }

    /// Whether every key was asked for, so that no other one is there.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    /// The key `key` with its value, which is known from now on; to be asked for once.
    pub fn take(&mut self, key: &'static str) -> Option<&'n Entry<'t>> {
        if self.is_exhausted() {
            return None;
        }
        self.known.push(key);
        let entry = self.find(key)?;
        self.left = self.left.saturating_sub(1);
        Some(entry)
    }

    /// The key `key` with its value, whether it was asked for or not.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&'n Entry<'t>> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// The text of `key`, as it was written; an empty one is reported.
    pub fn text(&mut self, key: &'static str, reporter: &mut Reporter<'_>) -> Option<Spanned<String>> {
        let entry = self.take(key)?;
        text_of(entry, reporter)
    }

    /// The text of `key`, whose absence is reported.
    pub fn required_text(
        &mut self,
        key: &'static str,
        reporter: &mut Reporter<'_>,
    ) -> Option<Spanned<String>> {
        let Some(entry) = self.take(key) else {
            self.missing(key);
            return None;
        };
        text_of(entry, reporter)
    }

    /// Notes that `key` is missing, which [`finish`](Self::finish) reports.
    pub fn missing(&mut self, key: &'static str) {
        self.missing.push(key);
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str, reporter: &mut Reporter<'_>) -> Option<Spanned<bool>> {
        let entry = self.take(key)?;
        match entry.value.scalar().map(resolve) {
            Some(Resolved::Bool(value)) => Some(Spanned::new(value, entry.value.span)),
            _ => {
                let meant = entry.value.scalar().and_then(|scalar| meant_boolean(&scalar.text));
                let finding = reporter.wrong(&entry.value, "`true` or `false`");
                let help = meant.map(|meant| format!("write `{key}: {meant}`"));
                reporter.add(help.map_or(finding.clone(), |help| finding.help(help)));
                None
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(
        &mut self,
        key: &'static str,
        choices: &[(&'static str, T)],
        reporter: &mut Reporter<'_>,
    ) -> Option<Spanned<T>> {
        let text = self.text(key, reporter)?;
        choose(&text, key, choices, reporter).map(|value| Spanned::new(value, text.span))
    }

    /// A whole number of at least 0.
    pub fn count(&mut self, key: &'static str, reporter: &mut Reporter<'_>) -> Option<Spanned<u64>> {
        let entry = self.take(key)?;
        let number = match entry.value.scalar().map(resolve) {
            Some(Resolved::Int(digits)) => digits.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            reporter.wrong_kind(&entry.value, "a whole number of at least 0");
        }
        number.map(|number| Spanned::new(number, entry.value.span))
    }

    /// The items of a list.
    pub fn list(&mut self, key: &'static str, reporter: &mut Reporter<'_>) -> Option<&'n [Node<'t>]> {
        let entry = self.take(key)?;
        if let Value::Sequence(items) = &entry.value.value {
            return Some(items);
        }
        reporter.wrong_kind(&entry.value, "a list");
        None
    }

    /// The entries of a mapping whose keys are names of the author's, less those that begin with `x-`; none where
    /// the key is absent.
    pub fn mapping(&mut self, key: &'static str, reporter: &mut Reporter<'_>) -> Vec<&'n Entry<'t>> {
        let Some(entry) = self.take(key) else { return Vec::new() };
        if let Value::Mapping(entries) = &entry.value.value {
            return entries.iter().filter(|entry| !entry.key.value.starts_with("x-")).collect();
        }
        reporter.wrong_kind(&entry.value, "a mapping");
        Vec::new()
    }

    /// Reports every key that was not asked for, and those that are missing, unless one of the former is a
    /// misspelling of it; keys that begin with `x-` are the author's own.
    pub fn finish(self, reporter: &mut Reporter<'_>) {
        self.refuse_unknown(|key| key.starts_with("x-"), reporter);
    }

    /// Like [`finish`](Self::finish), where no key is the author's own.
    pub fn finish_strictly(self, reporter: &mut Reporter<'_>) {
        self.refuse_unknown(|_| false, reporter);
    }

    fn refuse_unknown(mut self, is_own: impl Fn(&str) -> bool, reporter: &mut Reporter<'_>) {
        let untaken = if self.is_exhausted() { &[] } else { self.entries };
        for entry in untaken {
            let key = entry.key.value.as_ref();
            if !self.known.contains(&key) && !is_own(key) {
                let message = format!("{} has no key `{key}`", self.what);
                let finding = reporter.finding(&rule::UNKNOWN_KEY, entry.key.span, message);
                let suggestion = suggest::nearest(key, self.known.iter().copied());
                self.missing.retain(|missing| Some(*missing) != suggestion);
                reporter.add(finding.label("unknown key").suggest(suggestion));
            }
        }
        for key in &self.missing {
            let message = format!("{} needs the key `{key}`", self.what);
            let finding = reporter.finding(&rule::MISSING_KEY, self.head(), message);
            reporter.add(finding.label(format!("no `{key}` here")));
        }
    }
}

fn text_of(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<Spanned<String>> {
    match entry.value.scalar() {
        Some(scalar) if scalar.text.trim().is_empty() => {
            let message = format!("`{}` is empty", entry.key.value);
            let finding = reporter.finding(&rule::WRONG_KIND, entry.key.span, message);
            reporter.add(finding.label("expected text after this key"));
            None
        }
        Some(scalar) => Some(Spanned::new(scalar.text.to_string(), entry.value.span)),
        None => {
            reporter.wrong_kind(&entry.value, "text");
            None
        }
    }
}

/// Looks a word up among `choices`; another word is reported.
fn choose<T: Copy>(
    text: &Spanned<String>,
    key: &str,
    choices: &[(&'static str, T)],
    reporter: &mut Reporter<'_>,
) -> Option<T> {
    if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.value) {
        return Some(*value);
    }
    let words = choices.iter().map(|(word, _)| *word);
    let all: Vec<_> = words.clone().map(|word| format!("`{word}`")).collect();
    let finding = reporter
        .finding(&rule::UNKNOWN_VALUE, text.span, format!("`{key}` cannot be `{}`", text.value))
        .label(format!("one of {}", all.join(", ")))
        .suggest(suggest::nearest(&text.value, words));
    reporter.add(finding);
    None
}
