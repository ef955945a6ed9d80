//! Reading: whether JSON is what a table says, and all places where it is not.

use serde_json::{Map, Value};

use crate::format;
use crate::misfit::{Misfits, Trail};
use crate::shape::{Bounds, Field, Item, Kind, Object, Presence, Unknown, Words};
use crate::write::MAX_DEPTH;

/// Checks a payload against its table.
///
/// # Errors
/// Everything that the table does not admit, by path.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Object};
/// static COW_FED: Object = Object::open(&[Field::required("weight", Item::of(Kind::Float))]);
///
/// let misfits = evt_runtime::check_json(&COW_FED, &serde_json::json!({})).unwrap_err();
/// assert_eq!(misfits.to_string(), "`weight` is missing");
/// ```
pub fn check_json(shape: &'static Object, value: &Value) -> Result<(), Misfits> {
    let mut trail = Trail::default();
    match value {
        Value::Object(members) => check_object(members, shape, shape.unknown, &mut trail),
        other => trail.refuse(expected("an object", other)),
    }
    trail.into_result(())
}

/// A payload that is sealed is sealed all the way down, also where an object's table is shared with others.
fn check_object(members: &Map<String, Value>, shape: &'static Object, unknown: Unknown, trail: &mut Trail) {
    for field in shape.fields {
        trail.enter_field(field.name);
        check_field(members.get(field.name), field, unknown, trail);
        trail.leave();
    }
    if unknown == Unknown::Ignore {
        return;
    }
    for key in members.keys().filter(|key| shape.fields.iter().all(|field| field.name != key.as_str())) {
        trail.enter_key(key);
        trail.refuse("is no field");
        trail.leave();
    }
}

fn check_field(value: Option<&Value>, field: &'static Field, unknown: Unknown, trail: &mut Trail) {
    match (value, field.presence) {
        (Some(value), _) => check_item(value, &field.item, unknown, trail),
        (None, Presence::Required) => trail.refuse("is missing"),
        (None, Presence::Optional | Presence::Default(_)) => {}
    }
}

fn check_item(value: &Value, item: &'static Item, unknown: Unknown, trail: &mut Trail) {
    if value.is_null() && item.nullable {
        return;
    }
    match (&item.kind, value) {
        (Kind::List(inner), Value::Array(values)) => {
            refuse(trail, item.bounds.and_then(|bounds| bounds.refuses_length(values.len())));
            for (index, value) in values.iter().enumerate() {
                trail.enter_index(index);
                check_item(value, inner, unknown, trail);
                trail.leave();
            }
        }
        (Kind::Map(inner), Value::Object(members)) => {
            refuse(trail, item.bounds.and_then(|bounds| bounds.refuses_length(members.len())));
            for (key, value) in members {
                trail.enter_key(key);
                refuse(trail, key.contains('\0').then(|| "has a key that holds U+0000".to_owned()));
                check_item(value, inner, unknown, trail);
                trail.leave();
            }
        }
        (Kind::Object(shape), Value::Object(members)) => {
            let sealed = unknown == Unknown::Reject || shape.unknown == Unknown::Reject;
            let unknown = if sealed { Unknown::Reject } else { Unknown::Ignore };
            check_object(members, shape, unknown, trail);
        }
        (kind, value) => {
            let message = match unfit_scalar(kind, value) {
                Some(message) => Some(message),
                None => item.bounds.and_then(|bounds| out_of_bounds(kind, value, bounds)),
            };
            refuse(trail, message);
        }
    }
}

fn refuse(trail: &mut Trail, message: Option<String>) {
    if let Some(message) = message {
        trail.refuse(message);
    }
}

fn unfit_scalar(kind: &Kind, value: &Value) -> Option<String> {
    let text = value.as_str();
    let (fits, wanted) = match kind {
        Kind::String => match text {
            Some(text) if text.contains('\0') => return Some("holds U+0000".to_owned()),
            text => (text.is_some(), "a string"),
        },
        Kind::Int => (format::whole_number(value).is_some(), "a whole number of 64 bits"),
        Kind::Float => (value.as_f64().is_some_and(f64::is_finite), "a finite number"),
        Kind::Bool => (value.is_boolean(), "`true` or `false`"),
        Kind::Decimal => {
            let wanted = "a decimal such as \"12.50\", at most 28 digits";
            (text.is_some_and(|text| format::decimal(text).is_some()), wanted)
        }
        Kind::Uuid => (text.is_some_and(|text| format::uuid(text).is_some()), "a UUID"),
        Kind::Timestamp => {
            let wanted = "an instant such as \"2027-01-31T08:30:00Z\"";
            (text.is_some_and(|text| format::timestamp(text).is_some()), wanted)
        }
        Kind::Date => (text.is_some_and(|text| format::date(text).is_some()), "a day such as \"2027-01-31\""),
        Kind::Bytes => (text.is_some_and(|text| format::bytes(text).is_some()), "padded base64"),
        Kind::Json => return unfit_json(value),
        Kind::Choice(words) => match text {
            Some(text) => return unfit_word(text, words),
            None => (false, "a string"),
        },
        Kind::List(_) => (false, "a list"),
        Kind::Map(_) | Kind::Object(_) => (false, "an object"),
    };
    (!fits).then(|| expected(wanted, value))
}

fn unfit_word(text: &str, words: &Words) -> Option<String> {
    if text.contains('\0') {
        return Some("holds U+0000".to_owned());
    }
    let is_known = words.open || words.words.contains(&text);
    (!is_known).then(|| {
        let all: Vec<_> = words.words.iter().map(|word| format!("`{word}`")).collect();
        format!("is none of {}", all.join(", "))
    })
}

fn out_of_bounds(kind: &Kind, value: &Value, bounds: &Bounds) -> Option<String> {
    match kind {
        Kind::Int => format::whole_number(value).and_then(|number| bounds.refuses_int(number)),
        Kind::Float => value.as_f64().and_then(|number| bounds.refuses_float(number)),
        Kind::Decimal => {
            value.as_str().and_then(format::decimal).and_then(|number| bounds.refuses_decimal(number))
        }
        Kind::String => value.as_str().and_then(|text| bounds.refuses_text(text)),
        Kind::Bool
        | Kind::Uuid
        | Kind::Timestamp
        | Kind::Date
        | Kind::Bytes
        | Kind::Json
        | Kind::Choice(_)
        | Kind::List(_)
        | Kind::Map(_)
        | Kind::Object(_) => None,
    }
}

/// Why a JSON value cannot be stored: PostgreSQL has no U+0000, and readers have a depth.
pub(crate) fn unfit_json(value: &Value) -> Option<String> {
    let mut level = vec![value];
    for _ in 0..=MAX_DEPTH {
        let mut below = Vec::new();
        for value in level {
            match value {
                Value::String(text) if text.contains('\0') => return Some("holds U+0000".to_owned()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
                Value::Array(values) => below.extend(values),
                Value::Object(members) => {
                    if members.keys().any(|key| key.contains('\0')) {
                        return Some("has a key that holds U+0000".to_owned());
                    }
                    below.extend(members.values());
                }
            }
        }
        if below.is_empty() {
            return None;
        }
        level = below;
    }
    Some(format!("is nested deeper than {MAX_DEPTH}"))
}

fn expected(wanted: &str, value: &Value) -> String {
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "a truth value",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    if wanted == found { format!("is not {wanted}") } else { format!("expected {wanted}, found {found}") }
}
