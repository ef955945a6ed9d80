//! Default values, as Avro writes them in JSON.

use evt_runtime::format;
use jiff::Unit;
use jiff::civil::{Date, date};
use serde_json::Value;

use super::field::{Shape, shape};
use super::name::valid_field;
use super::record::has_symbols;
use crate::export::json::{Json, Object};
use crate::field_type::{Field, FieldType, Item, ScalarType};
use crate::fingerprint::compact_json;

/// A value of a type that is not null; `None` where Avro has no word for it.
///
/// What a value holds may be null or not: Avro 1.11 takes the first branch of a union alone.
pub(super) fn bare(field_type: &FieldType, value: &Value) -> Option<Json> {
    match (field_type, value) {
        (FieldType::Scalar(scalar), value) => self::scalar(*scalar, value),
        (FieldType::List(inner), Value::Array(items)) => {
            items.iter().map(|value| item(inner, value)).collect::<Option<Vec<_>>>().map(Json::from)
        }
        (FieldType::Map(inner), Value::Object(members)) => {
            let members = members.iter().map(|(key, value)| Some((key.clone(), item(inner, value)?)));
            members.collect::<Option<Object>>().map(Json::from)
        }
        (FieldType::Enum(values), Value::String(text)) => {
            (!has_symbols(values) || values.values.contains(text)).then(|| text.into())
        }
        (FieldType::Object(fields), Value::Object(members)) => {
            let members = fields
                .iter()
                .map(|field| Some((valid_field(&field.name), member(field, members.get(&field.name))?)));
            members.collect::<Option<Object>>().map(Json::from)
        }
        _ => None,
    }
}

/// A value in a list or a map, where null comes first if it comes at all.
fn item(item: &Item, value: &Value) -> Option<Json> {
    match (item.flags.nullable, value) {
        (true, Value::Null) => Some(Value::Null.into()),
        (true, _) => None,
        (false, value) => bare(&item.field_type, value),
    }
}

/// A value of a field, or what stands for its absence.
fn member(field: &Field, value: Option<&Value>) -> Option<Json> {
    let field_type = &field.item.field_type;
    match (shape(field), value) {
        (Shape::Plain(default) | Shape::NullFirst(default, None), None) => default,
        (Shape::NullLast(default), None) => Some(default),
        (Shape::Plain(_) | Shape::NullLast(_), Some(value)) => bare(field_type, value),
        (Shape::NullFirst(..), Some(Value::Null)) => Some(Value::Null.into()),
        (Shape::NullFirst(..), _) => None,
    }
}

fn scalar(scalar: ScalarType, value: &Value) -> Option<Json> {
    match (scalar, value) {
        (ScalarType::Json, value) => Some(compact_json(value).into()),
        (ScalarType::Int, value) => format::whole_number(value).map(Json::from),
        (ScalarType::Float, Value::Number(number)) => number.as_f64().map(Json::from),
        (ScalarType::Bool, Value::Bool(truth)) => Some((*truth).into()),
        (ScalarType::Date, Value::String(text)) => days(text).map(Json::from),
        (ScalarType::Bytes, Value::String(text)) => {
            // Each byte is the character of that number.
            format::bytes(text).map(|bytes| bytes.into_iter().map(char::from).collect::<String>().into())
        }
        (
            ScalarType::String | ScalarType::Decimal | ScalarType::Uuid | ScalarType::Timestamp,
            Value::String(text),
        ) => Some(text.into()),
        _ => None,
    }
}

/// The days from 1970-01-01 to a day.
fn days(text: &str) -> Option<i64> {
    const EPOCH: Date = date(1970, 1, 1);
    let span = EPOCH.until((Unit::Day, format::date(text)?)).ok()?;
    Some(i64::from(span.get_days()))
}
