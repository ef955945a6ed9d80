//! JSON Schema 2020-12 of a payload.
//!
//! Formats stand as patterns too, and whole numbers with the bounds of 64 bits, so that nothing rests on validators that
//! assert formats. What a schema cannot say and readers still refuse: whole numbers from 2⁵³ on that are written with a
//! fraction or an exponent, a second 60 that is no leap second, and instants in the hours before the year 0 and at the
//! end of the year 9999.

mod bundle;

use serde_json::Value;

pub(crate) use bundle::bundle;

use super::ecma::ecma;
use super::json::{Json, Object};
use crate::event::UnknownFields;
use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Number, Openness, ScalarType};
use crate::schema::Version;

/// The dialect of every schema that stands alone.
pub(crate) const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
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
    Json::from(document(version, None)).into_value()
}

/// The same as a document of its own, known by `id`.
pub(crate) fn document(version: &Version, id: Option<&str>) -> Object {
    let schema = Object::new().with("$schema", DIALECT).maybe("$id", id);
    completed(schema, version, Anything::Defined)
}

/// The same as a part of a document, known by `id`.
fn part(version: &Version, id: &str) -> Object {
    completed(Object::new().with("$id", id), version, Anything::Defined)
}

/// The same inside of a document that is no JSON Schema: it refers to nothing, and means in draft 7 what it means in
/// 2020-12.
pub(crate) fn embedded(version: &Version) -> Object {
    completed(Object::new(), version, Anything::Free)
}

/// How `json` is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anything {
    /// By `#/$defs/json`: without U+0000, at any depth.
    Defined,
    /// By nothing: whatever there is.
    Free,
}

/// What is the same for all that a payload holds.
#[derive(Clone, Copy, Debug)]
struct Manner {
    unknown: UnknownFields,
    anything: Anything,
}

fn completed(schema: Object, version: &Version, anything: Anything) -> Object {
    let metadata = &version.metadata;
    let fields = &version.contract.payload_fields;
    let title = format!("{}@{}", version.contract.event_name, version.number);
    let mut schema = schema
        .with("title", title)
        .maybe("description", metadata.description.as_ref())
        .mark("deprecated", metadata.deprecated.is_some());
    object(&mut schema, fields, Manner { unknown: metadata.unknown_fields, anything });
    if anything == Anything::Defined && holds_json(fields) {
        schema.add("$defs", Object::new().with("json", any_json()));
    }
    schema
}

/// Anything without U+0000, at any depth.
fn any_json() -> Object {
    let itself = || Object::new().with("$ref", "#/$defs/json");
    Object::new()
        .with("pattern", NO_NUL)
        .with("items", itself())
        .with("propertyNames", pattern(NO_NUL))
        .with("additionalProperties", itself())
}

fn pattern(pattern: &str) -> Object {
    Object::new().with("pattern", pattern)
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

fn object(schema: &mut Object, fields: &[Field], manner: Manner) {
    let properties: Object =
        fields.iter().map(|field| (field.name.clone(), item(&field.item, manner).into())).collect();
    let is_required = |field: &&Field| field.required && field.item.flags.default.is_none();
    let required: Vec<_> = fields.iter().filter(is_required).map(|field| field.name.as_str()).collect();
    schema.add("type", "object");
    schema.add("properties", properties);
    if !required.is_empty() {
        schema.add("required", required);
    }
    if manner.unknown == UnknownFields::Reject {
        schema.add("additionalProperties", false);
    }
}

fn item(item: &Item, manner: Manner) -> Object {
    let mut schema = narrowed(&item.field_type, &item.flags, manner);
    if item.flags.nullable {
        let null = Object::new().with("type", "null");
        schema = Object::new().with("anyOf", vec![schema, null]);
    }
    let (notes, flags) = (&item.notes, &item.flags);
    let examples = (!notes.examples.is_empty()).then(|| notes.examples.clone());
    schema
        .maybe("default", flags.default.as_deref().cloned())
        .maybe("description", notes.description.as_ref())
        .maybe("examples", examples)
        .mark("deprecated", notes.deprecated.is_some())
        .maybe("x-unit", flags.unit.as_deref())
        .mark("x-pii", item.is_pii())
}

/// A type with its constraints, `null` aside.
fn narrowed(field_type: &FieldType, flags: &Flags, manner: Manner) -> Object {
    let schema = match field_type {
        FieldType::Scalar(scalar) => scalar_schema(*scalar, flags, manner.anything),
        FieldType::List(inner) => Object::new().with("type", "array").with("items", item(inner, manner)),
        FieldType::Map(inner) => Object::new()
            .with("type", "object")
            .with("propertyNames", pattern(NO_NUL))
            .with("additionalProperties", item(inner, manner)),
        FieldType::Enum(values) => words(values),
        FieldType::Object(fields) => {
            let mut schema = Object::new();
            object(&mut schema, fields, manner);
            return schema;
        }
    };
    let [least, most] = match field_type {
        FieldType::List(_) => ["minItems", "maxItems"],
        FieldType::Map(_) => ["minProperties", "maxProperties"],
        FieldType::Scalar(_) | FieldType::Enum(_) | FieldType::Object(_) => ["minLength", "maxLength"],
    };
    schema.maybe(least, flags.min_length).maybe(most, flags.max_length)
}

fn scalar_schema(scalar: ScalarType, flags: &Flags, anything: Anything) -> Object {
    let text = || Object::new().with("type", "string");
    match scalar {
        ScalarType::String => {
            let written = flags.pattern.as_deref();
            let told = written.map(ecma);
            // What no validator could read is for people alone.
            let untold = written.filter(|_| told == Some(None));
            let narrower = told.flatten().map(|narrower| vec![pattern(&narrower)]);
            text().with("pattern", NO_NUL).maybe("allOf", narrower).maybe("x-pattern", untold)
        }
        ScalarType::Int => {
            let bound = |bound: Option<Number>, limit: i64| match bound {
                Some(Number::Int(bound)) => bound,
                _ => limit,
            };
            let (min, max) = (bound(flags.min, i64::MIN), bound(flags.max, i64::MAX));
            Object::new().with("type", "integer").with("minimum", min).with("maximum", max)
        }
        ScalarType::Float => {
            let bound = |bound: Option<Number>| match bound {
                Some(Number::Float(bound)) => Some(bound),
                _ => None,
            };
            let (min, max) = (bound(flags.min), bound(flags.max));
            Object::new().with("type", "number").maybe("minimum", min).maybe("maximum", max)
        }
        ScalarType::Bool => Object::new().with("type", "boolean"),
        ScalarType::Decimal => decimal(text(), flags),
        ScalarType::Uuid => text().with("format", "uuid").with("pattern", UUID),
        ScalarType::Timestamp => text().with("format", "date-time").with("pattern", TIMESTAMP),
        ScalarType::Date => text().with("format", "date").with("pattern", DATE),
        ScalarType::Bytes => text().with("contentEncoding", "base64").with("pattern", BYTES),
        ScalarType::Json => match anything {
            Anything::Defined => Object::new().with("$ref", "#/$defs/json"),
            Anything::Free => Object::new(),
        },
    }
}

/// JSON Schema has no bounds for numbers that are texts: they stand beside, for people.
fn decimal(text: Object, flags: &Flags) -> Object {
    let bound = |bound: Option<Number>| bound.map(|bound| bound.to_string());
    text.with("pattern", DECIMAL).maybe("x-min", bound(flags.min)).maybe("x-max", bound(flags.max))
}

fn words(values: &EnumType) -> Object {
    match values.openness {
        Openness::Closed => Object::new().with("enum", texts(&values.values)),
        Openness::Open => Object::new()
            .with("type", "string")
            .with("pattern", NO_NUL)
            .with("x-known-values", texts(&values.values)),
    }
}

fn texts(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
