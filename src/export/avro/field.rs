use serde_json::Value;

use super::default::bare;
use crate::export::json::Json;
use crate::field_type::{Field, FieldType, ScalarType};

/// How absence, null and the default of a field are said.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// The type alone, with the default if there is one.
    Plain(Option<Json>),
    /// Null or the type, with the default null if there is one, and the default that Avro cannot say.
    NullFirst(Option<Json>, Option<Value>),
    /// The type or null, with the default.
    NullLast(Json),
}

/// The shape of a field. Absent and null are one in Avro; a field with a default is never absent.
pub(super) fn shape(field: &Field) -> Shape {
    let flags = &field.item.flags;
    let null = || Some(Json::from(Value::Null));
    let is_json = field.item.field_type == FieldType::Scalar(ScalarType::Json);
    match flags.default.as_deref() {
        Some(Value::Null) if !is_json => Shape::NullFirst(null(), None),
        Some(default) => match (bare(&field.item.field_type, default), flags.nullable) {
            (Some(default), false) => Shape::Plain(Some(default)),
            (Some(default), true) => Shape::NullLast(default),
            (None, _) => Shape::NullFirst(null(), Some(default.clone())),
        },
        None if !field.required => Shape::NullFirst(null(), None),
        None if flags.nullable => Shape::NullFirst(None, None),
        None => Shape::Plain(None),
    }
}
