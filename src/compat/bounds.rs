//! What narrows the values of a type: is the reader narrower than the writer?

use std::cmp::Ordering;

use serde_json::Value;

use super::obstacle::ObstacleKind;
use super::pruned::reads;
use crate::event::UnknownFields;
use crate::field_type::{Field, FieldType, Flags, Item, Number, Openness, ScalarType};
use crate::fingerprint::compact_json;
use crate::sample::least;
use crate::value::misfits;

/// The longest list or text that is made up.
const LONGEST: u64 = 4_096;

/// The constraints of the reader that the writer may break, with values that do.
pub(super) fn broken(
    reader: &Item,
    writer: &Item,
    unknown: UnknownFields,
) -> Vec<(ObstacleKind, Vec<Value>)> {
    let found = breached(reader, writer);
    if found.is_empty() {
        return Vec::new();
    }
    let values = refused(reader, writer, unknown);
    let shown = |Bound { key, read, written, .. }| {
        let values = values.iter().filter(|value| !alone(value, reader, key)).cloned().collect();
        (ObstacleKind::Constraint { key, written, read: read.unwrap_or_default() }, values)
    };
    found.into_iter().map(shown).collect()
}

/// Whether all that the writer may write keeps the constraints of the reader.
pub(super) fn are_kept(reader: &Item, writer: &Item) -> bool {
    breached(reader, writer).is_empty()
}

fn breached(reader: &Item, writer: &Item) -> Vec<Bound> {
    let (read, written) = (&reader.flags, &writer.flags);
    if read.min.is_none()
        && read.max.is_none()
        && read.min_length.is_none()
        && read.max_length.is_none()
        && read.pattern.is_none()
    {
        return Vec::new();
    }
    let finite = all_values(&writer.field_type);
    let is_broken = |bound: &Bound| {
        let is_kept = |value: &Value| !misfits(value, writer).is_empty() || alone(value, reader, bound.key);
        // Where all that can be written is known, what is refused is found.
        bound.read.is_some() && finite.as_ref().map_or(!bound.is_kept, |all| !all.iter().all(is_kept))
    };
    bounds(read, written, writer).into_iter().filter(is_broken).collect()
}

/// A constraint of both sides.
struct Bound {
    key: &'static str,
    read: Option<String>,
    written: Option<String>,
    /// Whether all that the writer may write keeps the reader's.
    is_kept: bool,
}

fn bounds(read: &Flags, written: &Flags, writer: &Item) -> [Bound; 5] {
    let number = |bound: Option<Number>| bound.map(|bound| bound.to_string());
    let length = |bound: Option<u64>| bound.map(|bound| bound.to_string());
    let (shortest, longest) = lengths(writer);
    let (least, most) = numbers(writer);
    let keeps_min =
        read.min.is_none_or(|min| least.is_some_and(|least| order(least, min) != Some(Ordering::Less)));
    let keeps_max =
        read.max.is_none_or(|max| most.is_some_and(|most| order(most, max) != Some(Ordering::Greater)));
    let pattern = |flags: &Flags| flags.pattern.as_deref().map(str::to_owned);
    [
        Bound { key: "min", read: number(read.min), written: number(written.min), is_kept: keeps_min },
        Bound { key: "max", read: number(read.max), written: number(written.max), is_kept: keeps_max },
        Bound {
            key: "min_length",
            read: length(read.min_length),
            written: length(written.min_length),
            is_kept: read.min_length.is_none_or(|least| shortest >= least),
        },
        Bound {
            key: "max_length",
            read: length(read.max_length),
            written: length(written.max_length),
            is_kept: read.max_length.is_none_or(|most| longest.is_some_and(|longest| longest <= most)),
        },
        Bound {
            key: "pattern",
            read: pattern(read),
            written: pattern(written),
            is_kept: read.pattern == written.pattern,
        },
    ]
}

/// Whether the value keeps one constraint of the reader.
fn alone(value: &Value, reader: &Item, key: &str) -> bool {
    let all = &reader.flags;
    let flags = match key {
        "min" => Flags { min: all.min, ..Flags::default() },
        "max" => Flags { max: all.max, ..Flags::default() },
        "min_length" => Flags { min_length: all.min_length, ..Flags::default() },
        "max_length" => Flags { max_length: all.max_length, ..Flags::default() },
        _ => Flags { pattern: all.pattern.clone(), ..Flags::default() },
    };
    let item = Item { flags: crate::rare::Rare::new(flags), ..reader.clone() };
    reads(value, &item, UnknownFields::Ignore)
}

/// The smallest and the largest number that can be written, where there are some.
fn numbers(writer: &Item) -> (Option<Number>, Option<Number>) {
    let (least, most) = match writer.field_type.scalar() {
        Some(ScalarType::Int) => (Some(Number::Int(i64::MIN)), Some(Number::Int(i64::MAX))),
        Some(ScalarType::Float) => (Some(Number::Float(f64::MIN)), Some(Number::Float(f64::MAX))),
        _ => (None, None),
    };
    (writer.flags.min.or(least), writer.flags.max.or(most))
}

/// The least and the most characters, items or members that can be written.
fn lengths(writer: &Item) -> (u64, Option<u64>) {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    match &writer.field_type {
        FieldType::Scalar(ScalarType::Uuid) => (36, Some(36)),
        FieldType::Scalar(ScalarType::Date) => (10, Some(10)),
        FieldType::Scalar(ScalarType::Timestamp) => (17, Some(35)),
        FieldType::Scalar(ScalarType::Decimal) => (1, Some(30)),
        FieldType::Object(fields) => {
            let required = fields.iter().filter(|field| field.required).count();
            (count(required), Some(count(fields.len())))
        }
        _ => (writer.flags.min_length.unwrap_or(0), writer.flags.max_length),
    }
}

fn order(a: Number, b: Number) -> Option<Ordering> {
    a.partial_cmp(&b).or_else(|| as_float(a).partial_cmp(&as_float(b)))
}

fn as_float(number: Number) -> f64 {
    number.to_string().parse().unwrap_or(f64::NAN)
}

/// Every value of a type that has few.
fn all_values(field_type: &FieldType) -> Option<Vec<Value>> {
    match field_type {
        FieldType::Scalar(ScalarType::Bool) => Some(vec![Value::Bool(false), Value::Bool(true)]),
        FieldType::Enum(choice) if choice.openness == Openness::Closed => {
            Some(choice.values.iter().map(|value| Value::from(value.as_str())).collect())
        }
        _ => None,
    }
}

/// Values that the writer may write and the reader refuses, the smallest first.
pub(super) fn refused(reader: &Item, writer: &Item, unknown: UnknownFields) -> Vec<Value> {
    let mut values = candidates(reader, writer);
    values.retain(|value| misfits(value, writer).is_empty() && !reads(value, reader, unknown));
    values.sort_by_cached_key(|value| compact_json(value).len());
    values.truncate(8);
    values
}

/// Values that may be of interest.
fn candidates(reader: &Item, writer: &Item) -> Vec<Value> {
    let mut values = all_values(&writer.field_type).unwrap_or_default();
    values.push(least(writer));
    match &writer.field_type {
        FieldType::Scalar(scalar) => scalars(*scalar, reader, writer, &mut values),
        FieldType::Enum(values_of) => {
            if values_of.openness == Openness::Open {
                scalars(ScalarType::String, reader, writer, &mut values);
            }
        }
        FieldType::List(item) => {
            let items = refused(inner(reader).unwrap_or(reader), item, UnknownFields::Ignore);
            values.extend(items.into_iter().map(|value| Value::Array(vec![value])));
            values.extend(sizes(reader, writer).map(|size| Value::Array(vec![least(item); size])));
        }
        FieldType::Map(item) => {
            let member = |size: usize| (0..size).map(|number| (format!("key_{number}"), least(item)));
            values.extend(sizes(reader, writer).map(|size| Value::Object(member(size).collect())));
            let items = refused(inner(reader).unwrap_or(reader), item, UnknownFields::Ignore);
            values.extend(
                items
                    .into_iter()
                    .map(|value| Value::Object([("key".to_owned(), value)].into_iter().collect())),
            );
        }
        FieldType::Object(fields) => objects(reader, fields, &mut values),
    }
    values
}

/// Objects of a writer: all fields, and the least with one field after the other of a value that the reader's fields or values refuse.
fn objects(reader: &Item, fields: &[Field], values: &mut Vec<Value>) {
    let of_all = |fields: &mut dyn Iterator<Item = &Field>| -> serde_json::Map<_, _> {
        fields.map(|field| (field.name.clone(), least(&field.item))).collect()
    };
    let smallest = of_all(&mut fields.iter().filter(|field| field.required));
    values.push(Value::Object(of_all(&mut fields.iter())));
    for field in fields {
        let read = match &reader.field_type {
            FieldType::Map(item) => item,
            FieldType::Object(read) => match read.iter().find(|known| known.name == field.name) {
                Some(known) => &known.item,
                None => continue,
            },
            _ => continue,
        };
        for value in refused(read, &field.item, UnknownFields::Ignore) {
            let mut object = smallest.clone();
            object.insert(field.name.clone(), value);
            values.push(Value::Object(object));
        }
    }
}

/// What a list or a map of the reader holds.
fn inner(item: &Item) -> Option<&Item> {
    match &item.field_type {
        FieldType::List(inner) | FieldType::Map(inner) => Some(inner),
        _ => None,
    }
}

/// Sizes around the limits of both sides.
fn sizes(reader: &Item, writer: &Item) -> impl Iterator<Item = usize> {
    let flags = [&reader.flags, &writer.flags];
    let limits = flags.into_iter().flat_map(|flags| [flags.min_length, flags.max_length]).flatten();
    let around = limits.flat_map(|limit| [limit.saturating_sub(1), limit, limit.saturating_add(1)]);
    let mut sizes: Vec<u64> = around.chain([0, 1]).filter(|size| *size <= LONGEST).collect();
    sizes.sort_unstable();
    sizes.dedup();
    sizes.into_iter().map(|size| usize::try_from(size).unwrap_or(0))
}

fn scalars(scalar: ScalarType, reader: &Item, writer: &Item, values: &mut Vec<Value>) {
    let texts = |texts: &[&str]| texts.iter().map(|text| Value::from(*text)).collect::<Vec<_>>();
    match scalar {
        ScalarType::Int => {
            values.extend([0, 1, -1, i64::MIN, i64::MAX].map(Value::from));
            values.extend(around(reader, writer).filter_map(whole).map(Value::from));
        }
        ScalarType::Float => {
            values.extend([0.5, -0.5, f64::MAX, f64::MIN].map(Value::from));
            let near = around(reader, writer).flat_map(|number| [number - 0.5, number, number + 0.5]);
            values.extend(near.map(Value::from));
        }
        ScalarType::Decimal => {
            values.extend(texts(&["0", "0.5", "-0.5", "79228162514264337593543950335"]));
            values.extend(around(reader, writer).map(|number| Value::from(number.to_string())));
        }
        ScalarType::String | ScalarType::Bytes => {
            values.extend(texts(&["", "a", "A", "0", " ", "-", "é", "YQ=="]));
            for size in sizes(reader, writer) {
                values.push(Value::from("a".repeat(size)));
                values.push(Value::from("YWFh".repeat(size.div_ceil(4))));
            }
        }
        ScalarType::Timestamp => {
            values.extend(texts(&["2027-01-31T08:30:00Z", "2027-01-31T08:30:00.123456789+01:00"]));
        }
        ScalarType::Json => {
            values.extend(texts(&["", "a"]));
            values.extend([Value::Null, Value::Bool(true), Value::from(0), Value::from(0.5)]);
            values.extend([Value::Array(Vec::new()), Value::Object(serde_json::Map::new())]);
        }
        ScalarType::Bool | ScalarType::Uuid | ScalarType::Date => {}
    }
}

/// Numbers around the bounds of both sides.
fn around(reader: &Item, writer: &Item) -> impl Iterator<Item = f64> {
    let flags = [&reader.flags, &writer.flags];
    let limits: Vec<_> = flags.into_iter().flat_map(|flags| [flags.min, flags.max]).flatten().collect();
    limits.into_iter().map(as_float).flat_map(|limit| [limit - 1.0, limit, limit + 1.0])
}

/// The whole number that a float stands for.
#[expect(clippy::cast_possible_truncation, reason = "what is too large becomes the largest")]
fn whole(number: f64) -> Option<i64> {
    number.is_finite().then_some(number as i64)
}
