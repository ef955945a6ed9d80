//! JSON without white space, of which every value has one text.

use std::fmt::Write as _;

use serde_json::Value;

use crate::field_type::float_text;

/// JSON without white space: object keys sorted by bytes, floats as ECMAScript writes them, no `-0`.
#[must_use]
pub fn compact_json(value: &Value) -> String {
    let mut out = String::new();
    write_json(&mut out, value);
    out
}

fn write_json(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => json_string(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                comma(out, index);
                write_json(out, item);
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, value)) in sorted.into_iter().enumerate() {
                comma(out, index);
                json_string(out, key);
                out.push(':');
                write_json(out, value);
            }
            out.push('}');
        }
    }
}

fn write_number(out: &mut String, number: &serde_json::Number) {
    let text = match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(whole), _, _) => whole.to_string(),
        (None, Some(whole), _) => whole.to_string(),
        (None, None, Some(float)) => float_text(float),
        (None, None, None) => number.to_string(),
    };
    out.push_str(&text);
}

/// Where the first character stands that a JSON string cannot hold as it is. Most texts hold none: eight bytes are
/// looked at in one step (Mycroft's test for a zero byte).
fn first_escaped(text: &str) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGHS: u64 = u64::from_ne_bytes([0x80; 8]);
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let has = |word: u64, byte: u8| has_zero(word ^ (ONES * u64::from(byte)));
    let bytes = text.as_bytes();
    let (words, rest) = bytes.as_chunks::<8>();
    let is_escaped = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    for (index, word) in words.iter().enumerate() {
        let number = u64::from_ne_bytes(*word);
        let controls = number.wrapping_sub(ONES * 0x20) & !number & HIGHS;
        if controls | has(number, b'"') | has(number, b'\\') != 0
            && let Some(at) = word.iter().position(is_escaped)
        {
            return Some(index * 8 + at);
        }
    }
    rest.iter().position(is_escaped).map(|at| words.len() * 8 + at)
}

/// A JSON string: `\"` `\\` `\b` `\f` `\n` `\r` `\t`, `\u00xx` for other controls, all else raw.
pub(crate) fn json_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = first_escaped(rest) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            0x08 => out.push_str("\\b"),
            0x0c => out.push_str("\\f"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            control => {
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

pub(super) fn comma(out: &mut String, index: usize) {
    if index > 0 {
        out.push(',');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_are_escaped_as_json_escapes_them(text in "([a-zé\"\\\\\\x00-\\x1f\\x7f\u{2028}😀]|[a-z]{7,9}){0,24}") {
            let mut out = String::new();
            json_string(&mut out, &text);
            prop_assert_eq!(out, serde_json::to_string(&text).expect("strings are JSON"));
        }
    }
}
