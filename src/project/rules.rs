use std::collections::BTreeMap;

use crate::rule::{self, Scope, Severity};
use crate::source::{Entry, Fields, Reporter};
use crate::suggest;

/// Reads `[rules]`: a severity, or `off`, by rule.
pub(super) fn read_rules(
    fields: &mut Fields<'_, '_>,
    reporter: &mut Reporter<'_>,
) -> BTreeMap<&'static str, Option<Severity>> {
    let entries = fields.mapping("rules", reporter);
    entries.into_iter().filter_map(|entry| read_rule(entry, reporter)).collect()
}

fn read_rule(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<(&'static str, Option<Severity>)> {
    let id = entry.key.value.as_ref();
    let Some(rule) = rule::find(id) else {
        let near = suggest::nearest(id, rule::all().map(|rule| rule.id));
        let finding =
            reporter.finding(&rule::UNKNOWN_KEY, entry.key.span, format!("no rule is called `{id}`"));
        reporter.add(finding.label("unknown rule").suggest(near).or_help("`evt rules` lists them"));
        return None;
    };
    if rule.scope == Scope::Fixed {
        let message = format!("the severity of `{id}` cannot be set");
        let finding = reporter.finding(&rule::CONFIG_VALUE, entry.key.span, message).label("always an error");
        reporter.add(finding.help("remove this line"));
        return None;
    }
    let severity = match entry.value.scalar().map(|scalar| scalar.text.as_ref()) {
        Some("error") => Some(Severity::Error),
        Some("warn") => Some(Severity::Warn),
        Some("info") => Some(Severity::Info),
        Some("off") => None,
        Some(word) => {
            let finding = reporter.finding(
                &rule::UNKNOWN_VALUE,
                entry.value.span,
                format!("`{id}` cannot be `{word}`"),
            );
            let near = suggest::nearest(word, ["error", "warn", "info", "off"]);
            reporter.add(finding.label("one of `error`, `warn`, `info`, `off`").suggest(near));
            return None;
        }
        None => {
            reporter.wrong_kind(&entry.value, "one of `error`, `warn`, `info`, `off`");
            return None;
        }
    };
    Some((rule.id, severity))
}
