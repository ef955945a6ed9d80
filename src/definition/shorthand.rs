//! Shorthand that is not read, and what to write instead.

use super::read::is_identifier;
use crate::source::{Entry, Node, Reporter};

/// How inputs that were written as a list are written.
pub(super) fn inputs_help(items: &[Node<'_>]) -> String {
    let names = items.iter().filter_map(|item| Some(format!("{}: required", item.scalar()?.text)));
    let names: Vec<String> = names.take(5).collect();
    let names = if names.is_empty() { "name: required".to_owned() } else { names.join(", ") };
    format!("write `inputs: {{ {names} }}`")
}

/// How a payload that was written as a list is written.
pub(super) fn payload_help(items: &[Node<'_>]) -> String {
    let name = |item: &Node<'_>| item.get("name").and_then(|name| Some(name.scalar()?.text.to_string()));
    let name = items.iter().find_map(|item| name(item).or_else(|| Some(item.scalar()?.text.to_string())));
    let name = name.filter(|name| is_identifier(name)).unwrap_or_else(|| "name".to_owned());
    format!("write one key a field: `{name}: {{ type: string, from: input.attr }}`")
}

/// Reports a field of which only the type was written.
pub(super) fn refuse_shorthand(entry: &Entry<'_>, rest: &str, reporter: &mut Reporter<'_>) -> bool {
    let Some(scalar) = entry.value.scalar().filter(|scalar| !scalar.is_absent()) else { return false };
    let written = crate::finding::shorten(&scalar.text);
    let finding = reporter.wrong(&entry.value, "a mapping");
    reporter.add(finding.help(format!("write `{}: {{ type: {written}{rest} }}`", entry.key.value)));
    true
}
