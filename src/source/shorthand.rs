use super::{Fields, Node, Reporter, Value};

/// Reports a list where a mapping is wanted, with what to write; says whether there was one.
pub fn refuse_list(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    help: impl Fn(&[Node<'_>]) -> String,
    reporter: &mut Reporter<'_>,
) -> bool {
    let Some(entry) = fields.find(key) else { return false };
    let Value::Sequence(items) = &entry.value.value else { return false };
    fields.take(key);
    let finding = reporter.wrong(&entry.value, "a mapping");
    reporter.add(finding.help(help(items)));
    true
}

/// `true` or `false`, where one of them was written in another way.
pub(super) fn meant_boolean(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" => Some("true"),
        "false" | "no" | "n" | "off" | "0" => Some("false"),
        _ => None,
    }
}
