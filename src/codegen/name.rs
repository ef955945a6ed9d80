//! Names of definitions as names of Rust.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Names that Rust takes as `r#name` alone: the keywords of all editions, strict and reserved; sorted.
const RAW: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords without a raw form.
const NEVER: &[&str] = &["self", "super", "crate", "Self", "_"];

/// The name of a field, a function or a module.
pub(super) fn snake(name: &str) -> String {
    let word = if is_snake(name) && !name.starts_with('_') { name.to_owned() } else { name.to_snake_case() };
    started(word, "value")
}

/// Whether a name holds small letters, digits and `_` alone.
fn is_snake(name: &str) -> bool {
    name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// The name of a type or of a variant.
pub(super) fn camel(name: &str) -> String {
    if !is_snake(name) {
        return started(name.to_upper_camel_case(), "Value");
    }
    let mut camel = String::with_capacity(name.len());
    for word in name.split('_') {
        camel.extend(word.chars().next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(word.get(1..).unwrap_or_default());
    }
    started(camel, "Value")
}

/// The name of a static.
pub(super) fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// A name that starts as names of Rust start.
fn started(word: String, fallback: &str) -> String {
    match word.chars().next() {
        None => fallback.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{word}"),
        Some(_) => word,
    }
}

/// A name as it is written: keywords are escaped.
pub(super) fn escaped(name: String) -> String {
    if NEVER.contains(&name.as_str()) {
        return name + "_";
    }
    if RAW.binary_search(&name.as_str()).is_ok() { format!("r#{name}") } else { name }
}

/// The name of the variant for a word, whatever its characters; `position` counts from 1.
pub(super) fn variant(word: &str, position: usize) -> String {
    let ascii: String = word.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let camel = ascii.to_upper_camel_case();
    let name = if camel.is_empty() { format!("Value{position}") } else { started(camel, "Value") };
    escaped(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_raw_or_end_in_an_underscore() {
        let names = ["type", "gen", "self", "crate", "weight"].map(|name| escaped(snake(name)));
        assert_eq!(names, ["r#type", "r#gen", "self_", "crate_", "weight"]);
        assert_eq!(escaped(camel("self")), "Self_");
    }

    #[test]
    fn any_word_is_a_variant() {
        let words = ["eur", "self", "24h", "€", "a-b", ""];
        let names: Vec<String> = words.iter().enumerate().map(|(at, word)| variant(word, at + 1)).collect();
        assert_eq!(names, ["Eur", "Self_", "_24h", "Value4", "AB", "Value6"]);
    }
}
