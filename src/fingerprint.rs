//! The identity of a contract: SHA-256 over a canonical text in which order, spelling and defaults do not matter.

mod compact;

use std::fmt;

use sha2::{Digest, Sha256};

use crate::definition::is_snake_case;
use crate::event::Contract;
use crate::field_type::{Field, FieldType, Flags, Item, Openness, ScalarType};
use crate::rare::Rare;
use compact::comma;
pub use compact::compact_json;
pub(crate) use compact::json_string;

/// A SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of a canonical text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// The fingerprint of a contract.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        Self::of_text(&canonical_text(contract))
    }

    /// Reads 64 lower-case hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Self(bytes))
    }
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        f.write_str(std::str::from_utf8(&text).expect("hex digits are ASCII"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text that is hashed: compact JSON in which every value is a string. For a contract that uses only what the
/// Ruby gem `event_engine` 0.1 knows it is the text that the gem hashes.
#[must_use]
pub fn canonical_text(contract: &Contract) -> String {
    let mut out = String::with_capacity(1024);
    out.push('{');
    member(&mut out, "event_name", &contract.event_name);
    out.push(',');
    member(&mut out, "event_type", &contract.event_type);
    names(&mut out, "required_inputs", &contract.required_inputs);
    names(&mut out, "optional_inputs", &contract.optional_inputs);
    out.push_str(",\"payload_fields\":[");
    for (index, field) in sorted_fields(&contract.payload_fields).into_iter().enumerate() {
        comma(&mut out, index);
        payload_field(&mut out, field);
    }
    out.push_str("]}");
    out
}

fn names(out: &mut String, key: &str, names: &[String]) {
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    out.push_str(",\"");
    out.push_str(key);
    out.push_str("\":[");
    for (index, name) in sorted.into_iter().enumerate() {
        comma(out, index);
        json_string(out, name);
    }
    out.push(']');
}

fn payload_field(out: &mut String, field: &Field) {
    out.push('{');
    member(out, "name", &field.name);
    out.push(',');
    out.push_str(if field.required { "\"required\":\"true\"" } else { "\"required\":\"false\"" });
    out.push(',');
    member(out, "from", field.from.as_deref().unwrap_or_default());
    out.push(',');
    member(out, "attr", field.attr.as_deref().unwrap_or_default());
    match field.item.field_type.scalar() {
        Some(ScalarType::Json) => {}
        Some(scalar) => {
            out.push_str(",\"type\":\"");
            out.push_str(scalar.as_str());
            out.push('"');
        }
        None => {
            out.push(',');
            member(out, "type", &type_text(&field.item.field_type));
        }
    }
    for (key, text) in flags(&field.item.flags) {
        out.push(',');
        member(out, key, &text);
    }
    out.push('}');
}

fn sorted_fields(fields: &[Field]) -> Vec<&Field> {
    let mut sorted: Vec<&Field> = fields.iter().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    sorted
}

/// The flags that are set, in the order of the grammar; pattern and unit raw, the others as compact JSON.
fn flags(flags: &Rare<Flags>) -> Vec<(&'static str, String)> {
    let mut set = Vec::new();
    if flags.is_common() {
        return set;
    }
    if flags.nullable {
        set.push(("nullable", "true".to_owned()));
    }
    if let Some(default) = &flags.default {
        set.push(("default", compact_json(default)));
    }
    set.extend(flags.min.map(|min| ("min", min.to_string())));
    set.extend(flags.max.map(|max| ("max", max.to_string())));
    set.extend(
        flags.min_length.filter(|length| *length > 0).map(|length| ("min_length", length.to_string())),
    );
    set.extend(flags.max_length.map(|length| ("max_length", length.to_string())));
    set.extend(flags.pattern.as_deref().map(|pattern| ("pattern", pattern.to_owned())));
    set.extend(flags.unit.as_deref().map(|unit| ("unit", unit.to_owned())));
    set
}

/// The text of a type, as the fingerprint holds it.
#[must_use]
pub fn type_text(field_type: &FieldType) -> String {
    let mut out = String::new();
    write_type(&mut out, field_type);
    out
}

fn write_type(out: &mut String, field_type: &FieldType) {
    match field_type {
        FieldType::Scalar(scalar) => out.push_str(scalar.as_str()),
        FieldType::List(item) => {
            out.push_str("list<");
            write_item(out, item);
            out.push('>');
        }
        FieldType::Map(item) => {
            out.push_str("map<");
            write_item(out, item);
            out.push('>');
        }
        FieldType::Enum(values) => {
            out.push_str("enum(");
            write_values(out, &values.values, values.openness);
            out.push(')');
        }
        FieldType::Object(fields) => {
            out.push_str("object{");
            for (index, field) in sorted_fields(fields).into_iter().enumerate() {
                comma(out, index);
                out.push_str(&field.name);
                out.push_str(if field.required { ":" } else { "?:" });
                write_item(out, &field.item);
            }
            out.push('}');
        }
    }
}

fn write_values(out: &mut String, values: &[String], openness: Openness) {
    let mut sorted: Vec<&String> = values.iter().collect();
    sorted.sort_unstable();
    sorted.dedup();
    for (index, value) in sorted.into_iter().enumerate() {
        if index > 0 {
            out.push('|');
        }
        if is_snake_case(value) {
            out.push_str(value);
        } else {
            json_string(out, value);
        }
    }
    if openness == Openness::Open {
        out.push_str(if values.is_empty() { "*" } else { "|*" });
    }
}

fn write_item(out: &mut String, item: &Item) {
    write_type(out, &item.field_type);
    let flags = flags(&item.flags);
    if flags.is_empty() {
        return;
    }
    out.push('[');
    for (index, (key, text)) in flags.into_iter().enumerate() {
        comma(out, index);
        out.push_str(key);
        match key {
            "nullable" => {}
            "pattern" | "unit" => {
                out.push('=');
                json_string(out, &text);
            }
            _ => {
                out.push('=');
                out.push_str(&text);
            }
        }
    }
    out.push(']');
}

fn member(out: &mut String, key: &str, value: &str) {
    out.push('"');
    out.push_str(key);
    out.push_str("\":");
    json_string(out, value);
}
