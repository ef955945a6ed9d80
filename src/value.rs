//! Whether a JSON value is one that a type admits.

use std::cell::RefCell;

use evt_runtime::format;
pub use evt_runtime::format::{decimal, whole_number};
use regex_lite::Regex;
use serde_json::Value;

use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Number, Openness, ScalarType};

/// One place of a value that its type refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The place, such as `lines[0].sku`; empty for the value itself.
    pub path: String,
    /// What is wrong there.
    pub message: String,
}

/// All places at which `value` is none that `item` admits.
#[must_use]
pub fn misfits(value: &Value, item: &Item) -> Vec<Misfit> {
    let mut found = Vec::new();
    check_item(value, item, "", &mut found);
    found
}

fn check_item(value: &Value, item: &Item, path: &str, found: &mut Vec<Misfit>) {
    if value.is_null() && item.flags.nullable {
        return;
    }
    let before = found.len();
    check_type(value, &item.field_type, path, found);
    if found.len() == before {
        check_flags(value, &item.flags, path, found);
    }
}

fn check_type(value: &Value, field_type: &FieldType, path: &str, found: &mut Vec<Misfit>) {
    match (field_type, value) {
        (FieldType::Scalar(scalar), value) => {
            if let Err(message) = check_scalar(*scalar, value) {
                refuse(path, message, found);
            }
        }
        (FieldType::List(item), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                check_item(value, item, &format!("{path}[{index}]"), found);
            }
        }
        (FieldType::Map(item), Value::Object(members)) => {
            for (key, value) in members {
                check_item(value, item, &join(path, key), found);
            }
        }
        (FieldType::Enum(values), Value::String(text)) => check_enum(text, values, path, found),
        (FieldType::Object(fields), Value::Object(members)) => {
            for field in fields.iter() {
                check_field(members.get(&field.name), field, path, found);
            }
            for key in members.keys().filter(|key| fields.iter().all(|field| field.name != **key)) {
                refuse(&join(path, key), "is no field of the object".to_owned(), found);
            }
        }
        (FieldType::List(_), other) => refuse(path, expected("a list", other), found),
        (FieldType::Map(_) | FieldType::Object(_), other) => {
            refuse(path, expected("an object", other), found);
        }
        (FieldType::Enum(_), other) => refuse(path, expected("a string", other), found),
    }
}

fn check_field(value: Option<&Value>, field: &Field, path: &str, found: &mut Vec<Misfit>) {
    let path = join(path, &field.name);
    match value {
        Some(value) => check_item(value, &field.item, &path, found),
        None if field.required && field.item.flags.default.is_none() => {
            refuse(&path, "is missing".to_owned(), found);
        }
        None => {}
    }
}

fn check_enum(text: &str, values: &EnumType, path: &str, found: &mut Vec<Misfit>) {
    if values.openness == Openness::Closed && !values.values.iter().any(|value| value == text) {
        refuse(path, format!("`{}` is none of {}", text, list(&values.values)), found);
    }
}

fn list(values: &[String]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ")
}

fn check_scalar(scalar: ScalarType, value: &Value) -> Result<(), String> {
    let text = value.as_str();
    let fits = match scalar {
        ScalarType::String => text.is_some_and(|text| !text.contains('\0')),
        ScalarType::Int => whole_number(value).is_some(),
        ScalarType::Float => value.is_number(),
        ScalarType::Bool => value.is_boolean(),
        ScalarType::Decimal => text.is_some_and(|text| decimal(text).is_some()),
        ScalarType::Uuid => text.is_some_and(|text| format::uuid(text).is_some()),
        ScalarType::Timestamp => text.is_some_and(|text| format::timestamp(text).is_some()),
        ScalarType::Date => text.is_some_and(|text| format::date(text).is_some()),
        ScalarType::Bytes => text.is_some_and(|text| format::bytes(text).is_some()),
        ScalarType::Json => true,
    };
    if fits { Ok(()) } else { Err(expected(wanted(scalar), value)) }
}

fn wanted(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::String => "a string without NUL",
        ScalarType::Int => "a whole number of 64 bits",
        ScalarType::Float => "a number",
        ScalarType::Bool => "`true` or `false`",
        ScalarType::Decimal => "a decimal such as `12.50`, at most 28 digits",
        ScalarType::Uuid => "a UUID",
        ScalarType::Timestamp => "an instant such as `2027-01-31T08:30:00Z`",
        ScalarType::Date => "a day such as `2027-01-31`",
        ScalarType::Bytes => "padded base64",
        ScalarType::Json => "anything",
    }
}

fn check_flags(value: &Value, flags: &Flags, path: &str, found: &mut Vec<Misfit>) {
    if let Some(message) = flags.min.and_then(|min| below(value, min)) {
        refuse(path, message, found);
    }
    if let Some(message) = flags.max.and_then(|max| above(value, max)) {
        refuse(path, message, found);
    }
    if let Some(length) = length(value) {
        if let Some(min) = flags.min_length.filter(|min| length < *min) {
            refuse(path, format!("has a length of {length}, the least is {min}"), found);
        }
        if let Some(max) = flags.max_length.filter(|max| length > *max) {
            refuse(path, format!("has a length of {length}, the most is {max}"), found);
        }
    }
    if let (Some(pattern), Some(text)) = (&flags.pattern, value.as_str())
        && matches(pattern, text) == Some(Match::No)
    {
        refuse(path, format!("`{}` does not match `{pattern}`", crate::finding::shorten(text)), found);
    }
}

/// Whether a text holds what a pattern looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Yes,
    No,
}

/// Looks for a pattern; `None` where the pattern cannot be read.
fn matches(pattern: &str, text: &str) -> Option<Match> {
    thread_local! {
        // A field's examples and its default are held against one pattern, one after the other.
        static LAST: RefCell<Option<(String, Regex)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| {
        if last.as_ref().is_none_or(|(known, _)| known != pattern) {
            *last = Some((pattern.to_owned(), Regex::new(pattern).ok()?));
        }
        let (_, regex) = last.as_ref()?;
        Some(if regex.is_match(text) { Match::Yes } else { Match::No })
    })
}

fn below(value: &Value, min: Number) -> Option<String> {
    let number = number_like(value, min)?;
    (number < min).then(|| format!("{number} is less than the minimum {min}"))
}

fn above(value: &Value, max: Number) -> Option<String> {
    let number = number_like(value, max)?;
    (number > max).then(|| format!("{number} is more than the maximum {max}"))
}

fn number_like(value: &Value, bound: Number) -> Option<Number> {
    match bound {
        Number::Int(_) => whole_number(value).map(Number::Int),
        Number::Float(_) => value.as_f64().map(Number::Float),
        Number::Decimal(_) => value.as_str().and_then(decimal).map(Number::Decimal),
    }
}

fn length(value: &Value) -> Option<u64> {
    let length = match value {
        Value::String(text) => text.chars().count(),
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    u64::try_from(length).ok()
}

fn expected(wanted: &str, value: &Value) -> String {
    let shown = crate::finding::shorten(&crate::fingerprint::compact_json(value));
    format!("expected {wanted}, found `{shown}`")
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn refuse(path: &str, message: String, found: &mut Vec<Misfit>) {
    found.push(Misfit { path: path.to_owned(), message });
}
