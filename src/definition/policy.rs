use super::notes::read_date;
use crate::event::{Acceptance, Allowance, CompatMode, OnDeadLetter, Ordering, UnknownFields};
use crate::finding::Finding;
use crate::rule::{self, Rule};
use crate::source::{Fields, Node, Reporter, Spanned};
use crate::suggest;

/// The promises of an event: how it is ordered, and what may change.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// `ordering`.
    pub ordering: Option<Spanned<Ordering>>,
    /// `on_dead_letter`.
    pub on_dead_letter: OnDeadLetter,
    /// `unknown_fields`.
    pub unknown_fields: UnknownFields,
    /// `compat`.
    pub compat: Option<CompatMode>,
    /// `allow`.
    pub allow: Vec<Allowance>,
    /// `accepts`.
    pub accepts: Vec<Acceptance>,
}

impl Policies {
    /// Reads the keys of an event that are policies.
    pub(super) fn read(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Self {
        let on_dead_letter = fields.choice("on_dead_letter", OnDeadLetter::ALL, reporter);
        let unknown_fields = fields.choice("unknown_fields", UnknownFields::ALL, reporter);
        Self {
            ordering: fields.choice("ordering", Ordering::ALL, reporter),
            on_dead_letter: on_dead_letter.map_or_else(OnDeadLetter::default, |word| word.value),
            unknown_fields: unknown_fields.map_or_else(UnknownFields::default, |word| word.value),
            compat: fields.choice("compat", CompatMode::ALL, reporter).map(|mode| mode.value),
            allow: read_allow(fields, reporter),
            accepts: read_accepts(fields, reporter),
        }
    }
}

/// Reads `allow`.
pub(super) fn read_allow(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Vec<Allowance> {
    read_list(fields, "allow", reporter, read_allowance)
}

/// Reads `accepts`.
pub(super) fn read_accepts(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Vec<Acceptance> {
    read_list(fields, "accepts", reporter, read_acceptance)
}

fn read_list<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
    read: fn(&Node<'_>, &mut Reporter<'_>) -> Option<T>,
) -> Vec<T> {
    let items = fields.list(key, reporter).unwrap_or_default();
    items.iter().filter_map(|item| read(item, reporter)).collect()
}

fn read_allowance(node: &Node<'_>, reporter: &mut Reporter<'_>) -> Option<Allowance> {
    let mut keys = Fields::of(node, "an entry of `allow`", reporter)?;
    let rule = read_rule(&mut keys, reporter, |_| true);
    let reason = keys.required_text("reason", reporter);
    let until = read_date(&mut keys, "until", reporter).map(|date| date.value);
    keys.finish(reporter);
    Some(Allowance { rule: rule?, reason: reason?.value, until })
}

fn read_acceptance(node: &Node<'_>, reporter: &mut Reporter<'_>) -> Option<Acceptance> {
    let mut keys = Fields::of(node, "an entry of `accepts`", reporter)?;
    let rule = read_rule(&mut keys, reporter, |rule| rule.compat.is_some());
    let path = keys.text("path", reporter).map(|path| path.value);
    let reason = keys.required_text("reason", reporter);
    keys.finish(reporter);
    Some(Acceptance { rule: rule?, path, reason: reason?.value })
}

/// Reads the id of a rule: kebab-case, and one that there is and that `may` stand here.
fn read_rule(
    keys: &mut Fields<'_, '_>,
    reporter: &mut Reporter<'_>,
    may: fn(&Rule) -> bool,
) -> Option<String> {
    let id = keys.required_text("rule", reporter)?;
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if !id.value.split('-').all(is_word) {
        let finding =
            reporter.finding(&rule::INVALID_NAME, id.span, format!("`{}` is no id of a rule", id.value));
        reporter.add(finding.label("expected an id such as `enum-value-added`"));
    } else if let Some(finding) = check_rule(&id, reporter, may) {
        reporter.add(finding);
    }
    Some(id.value)
}

fn check_rule(id: &Spanned<String>, reporter: &Reporter<'_>, may: fn(&Rule) -> bool) -> Option<Finding> {
    let message = match rule::find(&id.value) {
        Some(rule) if may(rule) => return None,
        Some(_) => format!("`{}` is no rule about two versions of an event", id.value),
        None => format!("no rule is called `{}`", id.value),
    };
    let near = suggest::nearest(&id.value, rule::all().filter(|rule| may(rule)).map(|rule| rule.id));
    let finding =
        reporter.finding(&rule::UNKNOWN_VALUE, id.span, message).label("not a rule that can stand here");
    Some(finding.suggest(near).or_help("`evt rules` lists them"))
}
