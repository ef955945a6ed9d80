use std::fmt::Write as _;

use evt_runtime::format::whole_number;
use evt_runtime::shape::{Field, Item, Kind, Object, Presence};
use serde_json::Value;

use crate::fingerprint::json_string;

/// The JSON text of a payload that fits its table.
pub(super) fn payload_text(value: &Value, shape: &Object) -> String {
    let mut out = String::new();
    object(&mut out, value, shape);
    out
}

fn object(out: &mut String, value: &Value, shape: &Object) {
    members(out, shape.fields.iter().filter(|field| is_written(value, field)), |out, field| {
        json_string(out, field.name);
        out.push(':');
        match (value.get(field.name), field.presence) {
            (Some(value), _) => item(out, value, &field.item),
            // A default may leave out what has a default again.
            (None, Presence::Default(default)) => match serde_json::from_str(default) {
                Ok(default) => item(out, &default, &field.item),
                Err(_) => out.push_str(default),
            },
            (None, Presence::Required | Presence::Optional) => {}
        }
    });
}

fn is_written(value: &Value, field: &Field) -> bool {
    value.get(field.name).is_some() || matches!(field.presence, Presence::Default(_))
}

fn item(out: &mut String, value: &Value, shape: &Item) {
    match (&shape.kind, value) {
        (Kind::Object(shape), Value::Object(_)) => object(out, value, shape),
        (Kind::Map(inner), Value::Object(entries)) => members(out, entries, |out, (key, value)| {
            json_string(out, key);
            out.push(':');
            item(out, value, inner);
        }),
        (Kind::List(inner), Value::Array(values)) => {
            out.push('[');
            separated(out, values, |out, value| item(out, value, inner));
            out.push(']');
        }
        (Kind::Int, Value::Number(_)) => match whole_number(value) {
            Some(number) => _ = write!(out, "{number}"),
            None => _ = write!(out, "{value}"),
        },
        // Also one that was written as a whole number: helpers write `2.0`.
        (Kind::Float, Value::Number(_)) => {
            _ = write!(out, "{}", value.as_f64().map_or(Value::Null, Value::from));
        }
        _ => _ = write!(out, "{value}"),
    }
}

fn members<T>(out: &mut String, members: impl IntoIterator<Item = T>, write: impl FnMut(&mut String, T)) {
    out.push('{');
    separated(out, members, write);
    out.push('}');
}

fn separated<T>(out: &mut String, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut String, T)) {
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item);
    }
}
