//! Values that an author writes in YAML, such as defaults: what they mean depends on the type that they are for.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::field_type::{Field, FieldType, Item, ScalarType};
use crate::fingerprint::compact_json;
use crate::source::{Node, Resolved, Scalar, Span, Value as NodeValue, resolve};
use crate::value::decimal;

/// A place at which a literal is no value of its type.
#[derive(Debug)]
pub(super) struct Mismatch {
    pub(super) span: Span,
    pub(super) message: String,
}

/// How deep values may be nested.
const MAX_VALUE_DEPTH: usize = 32;

/// The JSON value that a literal stands for.
pub(super) fn value_of(node: &Node<'_>, item: &Item) -> Result<Value, Vec<Mismatch>> {
    let mut mismatches = Vec::new();
    if depth(node) > MAX_VALUE_DEPTH {
        let message = format!("a value nested deeper than {MAX_VALUE_DEPTH}");
        return Err(vec![Mismatch { span: node.span, message }]);
    }
    let value = convert(node, item, &mut mismatches);
    if mismatches.is_empty() {
        let misfits = crate::value::misfits(&value, item);
        mismatches.extend(misfits.into_iter().map(|misfit| {
            let place = if misfit.path.is_empty() { String::new() } else { format!("`{}`: ", misfit.path) };
            Mismatch { span: node.span, message: format!("{place}{}", misfit.message) }
        }));
    }
    if mismatches.is_empty() { Ok(as_read_back(value)) } else { Err(mismatches) }
}

/// The value as the schema file gives it back: `1.0` is written as `1`.
fn as_read_back(value: Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => value,
        Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            serde_json::from_str(&compact_json(&value)).unwrap_or(value)
        }
    }
}

fn depth(node: &Node<'_>) -> usize {
    match &node.value {
        NodeValue::Scalar(_) => 0,
        NodeValue::Sequence(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        NodeValue::Mapping(entries) => 1 + entries.iter().map(|entry| depth(&entry.value)).max().unwrap_or(0),
    }
}

fn convert(node: &Node<'_>, item: &Item, mismatches: &mut Vec<Mismatch>) -> Value {
    if item.flags.nullable && node.scalar().map(resolve) == Some(Resolved::Null) {
        return Value::Null;
    }
    match (&item.field_type, &node.value) {
        (FieldType::Scalar(ScalarType::Json), _) => json_of(node, mismatches),
        (FieldType::Scalar(scalar), NodeValue::Scalar(written)) => scalar_of(*scalar, written)
            .unwrap_or_else(|expected| {
                let message =
                    format!("expected {expected}, found `{}`", crate::finding::shorten(&written.text));
                mismatches.push(Mismatch { span: node.span, message });
                Value::Null
            }),
        (FieldType::Enum(_), NodeValue::Scalar(written)) => Value::String(written.text.to_string()),
        (FieldType::List(item), NodeValue::Sequence(items)) => {
            Value::Array(items.iter().map(|node| convert(node, item, mismatches)).collect())
        }
        (FieldType::Map(item), NodeValue::Mapping(entries)) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.value.to_string(), convert(&entry.value, item, mismatches)))
                .collect(),
        ),
        (FieldType::Object(fields), NodeValue::Mapping(_)) => object_of(node, fields, mismatches),
        (field_type, _) => {
            let expected = match field_type {
                FieldType::Scalar(_) | FieldType::Enum(_) => "a scalar",
                FieldType::List(_) => "a list",
                FieldType::Map(_) | FieldType::Object(_) => "a mapping",
            };
            mismatches.push(Mismatch {
                span: node.span,
                message: format!("expected {expected}, found {}", node.kind()),
            });
            Value::Null
        }
    }
}

fn object_of(node: &Node<'_>, fields: &[Field], mismatches: &mut Vec<Mismatch>) -> Value {
    let mut members = Map::new();
    for entry in node.entries().unwrap_or_default() {
        let name = entry.key.value.to_string();
        match fields.iter().find(|field| field.name == name) {
            Some(field) => {
                let value = convert(&entry.value, &field.item, mismatches);
                members.insert(name, value);
            }
            None => {
                let message = format!("the object has no field `{name}`");
                mismatches.push(Mismatch { span: entry.key.span, message });
            }
        }
    }
    Value::Object(members)
}

/// The value of a scalar, or what was expected instead.
fn scalar_of(scalar: ScalarType, written: &Scalar<'_>) -> Result<Value, &'static str> {
    let text = written.text.as_ref();
    match scalar {
        ScalarType::Int => match resolve(written) {
            Resolved::Int(digits) => {
                digits.parse::<i64>().map(Value::from).map_err(|_| "a number of 64 bits")
            }
            Resolved::Float(_) => exact_whole(text).map(Value::from).ok_or("a whole number"),
            _ => Err("a whole number"),
        },
        ScalarType::Float => match resolve(written) {
            Resolved::Int(digits) => finite(digits.parse().unwrap_or(f64::NAN)),
            Resolved::Float(float) => finite(float),
            _ => Err("a finite number"),
        },
        ScalarType::Bool => match resolve(written) {
            Resolved::Bool(truth) => Ok(Value::Bool(truth)),
            _ => Err("`true` or `false`"),
        },
        ScalarType::Decimal => decimal(text)
            .map(|number| Value::String(number.normalize().to_string()))
            .ok_or("a decimal such as `12.50`, at most 28 digits"),
        ScalarType::String
        | ScalarType::Uuid
        | ScalarType::Timestamp
        | ScalarType::Date
        | ScalarType::Bytes
        | ScalarType::Json => Ok(Value::String(text.to_owned())),
    }
}

fn finite(number: f64) -> Result<Value, &'static str> {
    let number = if number == 0.0 { 0.0 } else { number };
    serde_json::Number::from_f64(number).map(Value::Number).ok_or("a finite number")
}

/// The value that YAML itself gives a node.
fn json_of(node: &Node<'_>, mismatches: &mut Vec<Mismatch>) -> Value {
    match &node.value {
        NodeValue::Sequence(items) => {
            Value::Array(items.iter().map(|item| json_of(item, mismatches)).collect())
        }
        NodeValue::Mapping(entries) => Value::Object(
            entries
                .iter()
                .map(|entry| (entry.key.value.to_string(), json_of(&entry.value, mismatches)))
                .collect(),
        ),
        NodeValue::Scalar(scalar) => match resolve(scalar) {
            Resolved::Null => Value::Null,
            Resolved::Bool(truth) => Value::Bool(truth),
            Resolved::Int(digits) => json_integer(node, &digits, mismatches),
            Resolved::Float(float) => finite(float).unwrap_or(Value::Null),
            Resolved::Text(text) => Value::String(text.to_owned()),
            Resolved::NonFinite => {
                mismatches.push(Mismatch { span: node.span, message: "JSON has no such number".to_owned() });
                Value::Null
            }
        },
    }
}

/// A whole number of at most 64 bits: a larger one would be rounded on its way through JSON.
fn json_integer(node: &Node<'_>, digits: &str, mismatches: &mut Vec<Mismatch>) -> Value {
    let signed = digits.parse::<i64>().map(Value::from);
    signed.or_else(|_| digits.parse::<u64>().map(Value::from)).unwrap_or_else(|_| {
        let message = "a whole number of more than 64 bits would be rounded; write it as a string".to_owned();
        mismatches.push(Mismatch { span: node.span, message });
        Value::Null
    })
}

/// The 64-bit whole number of a text, which may be written with a fraction of zero or an exponent (`1.0`, `1e2`);
/// never through a float, which would round it.
pub(super) fn exact_whole(text: &str) -> Option<i64> {
    let number = Decimal::from_scientific(text).or_else(|_| text.parse()).ok()?;
    if !number.fract().is_zero() {
        return None;
    }
    i64::try_from(number.trunc()).ok()
}
