//! JSON Schema 2020-12 of a payload.
//!
//! Formats stand as patterns too, and whole numbers with the bounds of 64 bits, so that nothing rests on validators that
//! assert formats. What a schema cannot say and readers still refuse: whole numbers from 2⁵³ on that are written with a
//! fraction or an exponent, a second 60 that is no leap second, and instants in the hours before the year 0 and at the
//! end of the year 9999.

use serde_json::{Map, Value, json};

use crate::event::UnknownFields;
use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Number, Openness, ScalarType};
use crate::schema::Version;

const NO_NUL: &str = "^[^\\u0000]*$";
const DECIMAL: &str = "^(?=(?:[^0-9]*[0-9]){1,28}[^0-9]*$)-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?$";
const UUID: &str = "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$";
/// Every day of every month, in four digits a year; the last line is that of leap years.
macro_rules! day {
    () => {
        "(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
         |02-(?:0[1-9]|1[0-9]|2[0-8]))\
         |(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)"
    };
}
/// RFC 3339; which minutes have a second 60 depends on the offset, which is beyond patterns.
const TIMESTAMP: &str = concat!(
    "^",
    day!(),
    "[Tt](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\\.[0-9]+)?",
    "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$"
);
const DATE: &str = concat!("^", day!(), "$");
const BYTES: &str = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$";

/// The schema of the payload that readers of one version take.
#[must_use]
pub fn payload_schema(version: &Version) -> Value {
    let unknown = version.metadata.unknown_fields;
    let mut schema = object(&version.contract.payload_fields, unknown);
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    let title = format!("{}@{}", version.contract.event_name, version.number);
    schema.insert("title".to_owned(), Value::String(title));
    if let Some(description) = &version.metadata.description {
        schema.insert("description".to_owned(), json!(description));
    }
    if holds_json(&version.contract.payload_fields) {
        schema.insert("$defs".to_owned(), json!({ "json": any_json() }));
    }
    Value::Object(schema)
}

/// Anything without U+0000, at any depth.
fn any_json() -> Value {
    json!({
        "pattern": NO_NUL,
        "items": { "$ref": "#/$defs/json" },
        "propertyNames": { "pattern": NO_NUL },
        "additionalProperties": { "$ref": "#/$defs/json" },
    })
}

fn holds_json(fields: &[Field]) -> bool {
    fields.iter().any(|field| is_json(&field.item.field_type))
}

fn is_json(field_type: &FieldType) -> bool {
    match field_type {
        FieldType::Scalar(scalar) => *scalar == ScalarType::Json,
        FieldType::List(inner) | FieldType::Map(inner) => is_json(&inner.field_type),
        FieldType::Enum(_) => false,
        FieldType::Object(fields) => holds_json(fields),
    }
}

fn object(fields: &[Field], unknown: UnknownFields) -> Map<String, Value> {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), item(&field.item, unknown))).collect();
    let is_required = |field: &&Field| field.required && field.item.flags.default.is_none();
    let required: Vec<_> = fields.iter().filter(is_required).map(|field| field.name.as_str()).collect();
    let mut schema = members(json!({ "type": "object", "properties": properties }));
    if !required.is_empty() {
        schema.insert("required".to_owned(), json!(required));
    }
    if unknown == UnknownFields::Reject {
        schema.insert("additionalProperties".to_owned(), json!(false));
    }
    schema
}

fn item(item: &Item, unknown: UnknownFields) -> Value {
    let mut schema = narrowed(&item.field_type, &item.flags, unknown);
    if item.flags.nullable {
        schema = members(json!({ "anyOf": [schema, { "type": "null" }] }));
    }
    let notes = &item.notes;
    if let Some(default) = &item.flags.default {
        schema.insert("default".to_owned(), Value::clone(default));
    }
    if let Some(description) = &notes.description {
        schema.insert("description".to_owned(), json!(description));
    }
    if !notes.examples.is_empty() {
        schema.insert("examples".to_owned(), json!(notes.examples));
    }
    if notes.deprecated.is_some() {
        schema.insert("deprecated".to_owned(), json!(true));
    }
    if let Some(unit) = &item.flags.unit {
        schema.insert("x-unit".to_owned(), json!(unit));
    }
    if item.is_pii() {
        schema.insert("x-pii".to_owned(), json!(true));
    }
    Value::Object(schema)
}

/// A type with its constraints, `null` aside.
fn narrowed(field_type: &FieldType, flags: &Flags, unknown: UnknownFields) -> Map<String, Value> {
    let mut schema = match field_type {
        FieldType::Scalar(scalar) => scalar_schema(*scalar, flags),
        FieldType::List(inner) => members(json!({ "type": "array", "items": item(inner, unknown) })),
        FieldType::Map(inner) => members(json!({
            "type": "object",
            "propertyNames": { "pattern": NO_NUL },
            "additionalProperties": item(inner, unknown),
        })),
        FieldType::Enum(values) => words(values),
        FieldType::Object(fields) => return object(fields, unknown),
    };
    let [least, most] = match field_type {
        FieldType::List(_) => ["minItems", "maxItems"],
        FieldType::Map(_) => ["minProperties", "maxProperties"],
        FieldType::Scalar(_) | FieldType::Enum(_) | FieldType::Object(_) => ["minLength", "maxLength"],
    };
    for (key, length) in [(least, flags.min_length), (most, flags.max_length)] {
        if let Some(length) = length {
            schema.insert(key.to_owned(), json!(length));
        }
    }
    schema
}

fn scalar_schema(scalar: ScalarType, flags: &Flags) -> Map<String, Value> {
    members(match scalar {
        ScalarType::String => match &flags.pattern {
            Some(pattern) => {
                json!({ "type": "string", "pattern": NO_NUL, "allOf": [{ "pattern": pattern }] })
            }
            None => json!({ "type": "string", "pattern": NO_NUL }),
        },
        ScalarType::Int => {
            let bound = |bound: Option<Number>, limit: i64| match bound {
                Some(Number::Int(bound)) => bound,
                _ => limit,
            };
            let (min, max) = (bound(flags.min, i64::MIN), bound(flags.max, i64::MAX));
            json!({ "type": "integer", "minimum": min, "maximum": max })
        }
        ScalarType::Float => {
            let mut schema = members(json!({ "type": "number" }));
            for (key, bound) in [("minimum", flags.min), ("maximum", flags.max)] {
                if let Some(Number::Float(bound)) = bound {
                    schema.insert(key.to_owned(), json!(bound));
                }
            }
            return schema;
        }
        ScalarType::Bool => json!({ "type": "boolean" }),
        ScalarType::Decimal => return decimal(flags),
        ScalarType::Uuid => json!({ "type": "string", "format": "uuid", "pattern": UUID }),
        ScalarType::Timestamp => json!({ "type": "string", "format": "date-time", "pattern": TIMESTAMP }),
        ScalarType::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        ScalarType::Bytes => {
            json!({ "type": "string", "contentEncoding": "base64", "pattern": BYTES })
        }
        ScalarType::Json => json!({ "$ref": "#/$defs/json" }),
    })
}

/// JSON Schema has no bounds for numbers that are texts: they stand beside, for people.
fn decimal(flags: &Flags) -> Map<String, Value> {
    let mut schema = members(json!({ "type": "string", "pattern": DECIMAL }));
    for (key, bound) in [("x-min", flags.min), ("x-max", flags.max)] {
        if let Some(bound) = bound {
            schema.insert(key.to_owned(), json!(bound.to_string()));
        }
    }
    schema
}

fn words(values: &EnumType) -> Map<String, Value> {
    members(match values.openness {
        Openness::Closed => json!({ "enum": values.values }),
        Openness::Open => {
            json!({ "type": "string", "pattern": NO_NUL, "x-known-values": values.values })
        }
    })
}

fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    }
}
