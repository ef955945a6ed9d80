//! Words for types that other languages have, and what is written here for them.

use crate::field_type::ScalarType;
use crate::rule;
use crate::source::{Fields, Node, Reporter, Span};

/// The scalars of other languages, in small letters.
const SCALARS: &[(&str, ScalarType)] = &[
    ("any", ScalarType::Json),
    ("bigint", ScalarType::Int),
    ("binary", ScalarType::Bytes),
    ("blob", ScalarType::Bytes),
    ("boolean", ScalarType::Bool),
    ("char", ScalarType::String),
    ("datetime", ScalarType::Timestamp),
    ("double", ScalarType::Float),
    ("float32", ScalarType::Float),
    ("float64", ScalarType::Float),
    ("guid", ScalarType::Uuid),
    ("i64", ScalarType::Int),
    ("instant", ScalarType::Timestamp),
    ("int32", ScalarType::Int),
    ("int64", ScalarType::Int),
    ("integer", ScalarType::Int),
    ("jsonb", ScalarType::Json),
    ("long", ScalarType::Int),
    ("number", ScalarType::Float),
    ("numeric", ScalarType::Decimal),
    ("real", ScalarType::Float),
    ("smallint", ScalarType::Int),
    ("str", ScalarType::String),
    ("text", ScalarType::String),
    ("timestamptz", ScalarType::Timestamp),
    ("varchar", ScalarType::String),
];

const OBJECT: &str =
    "`{ object: { … } }` where the fields are known, or `map<T>` where the writer chooses the keys";

/// Types that others write in two keys: the word under `type`, and the keys that hold the parts.
const PAIRS: &[(&str, &[&str])] = &[
    ("enum", &["values", "enum"]),
    ("list", &["items", "of", "element"]),
    ("array", &["items", "of", "element"]),
    ("map", &["values", "items", "of"]),
    ("object", &["properties", "fields", "object"]),
];

/// What to write for a type of another language; `None` for a word that is none.
#[must_use]
pub(crate) fn translation(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (word, rest) = match lower.find(['<', '(', '[']) {
        Some(at) => lower.split_at(at),
        None => (lower.as_str(), ""),
    };
    if rest.starts_with('<') && !rest.ends_with('>') {
        return None;
    }
    let word = word.trim().replace([' ', '_', '-'], "");
    let item = text.find('<').and_then(|at| text[at + 1..].strip_suffix('>')).map_or("T", str::trim);
    if rest == "[]" {
        let item = &text[..text.len() - 2];
        let item = scalar(&item.to_lowercase()).unwrap_or(item);
        return Some(format!("write `list<{item}>`"));
    }
    let item = scalar(&item.to_lowercase()).unwrap_or(item);
    let wanted = match word.as_str() {
        "list" | "array" | "vec" | "sequence" | "set" => format!("`list<{item}>`"),
        "map" => format!("`map<{item}>`"),
        "object" | "dict" | "dictionary" | "hash" | "hashmap" | "record" | "struct" => OBJECT.to_owned(),
        "enum" => "`type: { enum: [a, b] }`".to_owned(),
        _ => {
            let scalar = scalar(&word)?;
            match rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
                Some(length) if scalar == "string" => format!("`{scalar}` with `max_length: {length}`"),
                _ => format!("`{scalar}`"),
            }
        }
    };
    Some(format!("write {wanted}"))
}

fn scalar(word: &str) -> Option<&'static str> {
    SCALARS.iter().find(|(foreign, _)| *foreign == word).map(|(_, scalar)| scalar.as_str())
}

/// Reports `type: enum` with `values` beside it, and its like: what JSON Schema and others write in two keys. The
/// keys are taken, so that nothing more is said about them. Says whether there was such a pair.
pub(super) fn refuse_pair(keys: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> bool {
    let Some(written) = keys.find("type") else { return false };
    let Some(scalar) = written.value.scalar() else { return false };
    let Some((word, beside)) = PAIRS.iter().find(|(word, _)| scalar.text.eq_ignore_ascii_case(word)) else {
        return false;
    };
    let Some(key) = beside.iter().find(|key| keys.find(key).is_some()) else { return false };
    let (_, parts) = (keys.take("type"), keys.take(key));
    let shown = parts.and_then(|parts| on_one_line(&parts.value, reporter));
    let type_of = |known: &str| shown.clone().unwrap_or_else(|| known.to_owned());
    let wanted = match *word {
        "enum" => format!("type: {{ enum: {} }}", type_of("[a, b]")),
        "object" => "type: { object: { name: { type: … } } }".to_owned(),
        "map" => format!("type: {{ map: {} }}", type_of("T")),
        _ => format!("type: {{ list: {} }}", type_of("T")),
    };
    refuse(word, written.value.span, &wanted, reporter);
    true
}

fn refuse(word: &str, span: Span, wanted: &str, reporter: &mut Reporter<'_>) {
    let finding = reporter.finding(&rule::TYPE_SYNTAX, span, format!("`{word}` alone is no type"));
    reporter.add(finding.label("its parts belong into the type").help(format!("write `{wanted}`")));
}

/// What was written, if it is short.
fn on_one_line(node: &Node<'_>, reporter: &Reporter<'_>) -> Option<String> {
    const LONGEST: usize = 60;
    let text = reporter.file().slice(node.span);
    (text.len() <= LONGEST && !text.contains('\n')).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_languages_are_translated() {
        for (foreign, here) in [
            ("integer", "write `int`"),
            ("boolean", "write `bool`"),
            ("DateTime", "write `timestamp`"),
            ("number", "write `float`"),
            ("double", "write `float`"),
            ("text", "write `string`"),
            ("varchar(80)", "write `string` with `max_length: 80`"),
            ("list", "write `list<T>`"),
            ("array<Money>", "write `list<Money>`"),
            ("array<integer>", "write `list<int>`"),
            ("string[]", "write `list<string>`"),
            ("Map<String>", "write `map<String>`"),
        ] {
            assert_eq!(translation(foreign).as_deref(), Some(here), "{foreign}");
        }
        for object in ["object", "dict", "hash"] {
            assert!(
                translation(object).is_some_and(|help| help.contains("object:") && help.contains("map<T>"))
            );
        }
    }

    #[test]
    fn other_words_are_not() {
        for word in ["banana", "Money", "", "<", "string"] {
            assert_eq!(translation(word), None, "{word}");
        }
    }
}
