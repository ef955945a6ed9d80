//! A payload that shows what a reader cannot read.

use serde_json::{Map, Value};

use super::path::Segment;
use super::pruned::reads;
use crate::event::UnknownFields;
use crate::field_type::{Field, FieldType, Item};
use crate::sample::least;
use crate::value::misfits;
use std::sync::Arc;

/// What shows it at its place.
#[derive(Clone, Debug)]
pub(super) enum Offence {
    /// The field is not there.
    Absent,
    /// The field is there.
    Present,
    /// It has one of these values.
    Values(Vec<Value>),
}

/// The smallest payload that `writer` admits and `reader` refuses because of what stands at `at`.
pub(super) fn witness(
    reader: &[Field],
    writer: &[Field],
    unknown: UnknownFields,
    at: &[Segment],
    offence: &Offence,
) -> Option<Value> {
    let (reader, writer) = (payload(reader), payload(writer));
    let shows = |payload: &Value| misfits(payload, &writer).is_empty() && !reads(payload, &reader, unknown);
    match offence {
        Offence::Absent => placed(&writer, at, &Place::Absent).filter(shows),
        Offence::Present => placed(&writer, at, &Place::Least).filter(shows),
        Offence::Values(values) => {
            let payloads = values.iter().filter_map(|value| placed(&writer, at, &Place::Value(value)));
            let mut payloads = payloads;
            payloads.find(shows)
        }
    }
}

/// A payload as one value.
fn payload(fields: &[Field]) -> Item {
    Item::plain(FieldType::Object(Arc::new(fields.to_vec())))
}

/// What is put at the place.
enum Place<'v> {
    Absent,
    Least,
    Value(&'v Value),
}

/// The smallest value of the writer with that at the end of the path.
fn placed(item: &Item, at: &[Segment], place: &Place<'_>) -> Option<Value> {
    let Some((first, rest)) = at.split_first() else {
        return match place {
            Place::Absent => None,
            Place::Least => Some(least(item)),
            Place::Value(value) => Some((*value).clone()),
        };
    };
    match (first, &item.field_type) {
        (Segment::Field(name), FieldType::Object(fields)) => object(fields, name, rest, place),
        (Segment::Items, FieldType::List(inner)) => {
            let Value::Array(mut values) = least(item) else { return None };
            values.pop();
            values.insert(0, placed(inner, rest, place)?);
            Some(Value::Array(values))
        }
        (Segment::Values, FieldType::Map(inner)) => {
            let Value::Object(mut members) = least(item) else { return None };
            let key = members.keys().next().cloned().unwrap_or_else(|| "key".to_owned());
            members.insert(key, placed(inner, rest, place)?);
            Some(Value::Object(members))
        }
        _ => None,
    }
}

fn object(fields: &[Field], name: &str, rest: &[Segment], place: &Place<'_>) -> Option<Value> {
    let mut members = Map::new();
    for field in fields {
        if field.name == name {
            if !(rest.is_empty() && matches!(place, Place::Absent)) {
                members.insert(field.name.clone(), placed(&field.item, rest, place)?);
            }
        } else if field.required {
            members.insert(field.name.clone(), least(&field.item));
        }
    }
    Some(Value::Object(members))
}
