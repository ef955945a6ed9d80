use evt_runtime::shape;

use crate::field_type::{Field, FieldType, Flags, Item, Number, Openness, ScalarType};

/// The table of a payload that generated code would hold. It stays until the process ends, so that one is made for each
/// version that is needed.
#[must_use]
pub fn table(fields: &[Field], unknown: shape::Unknown) -> &'static shape::Object {
    let fields = leak(fields.iter().map(field).collect::<Vec<_>>());
    leak(match unknown {
        shape::Unknown::Ignore => shape::Object::open(fields),
        shape::Unknown::Reject => shape::Object::sealed(fields),
    })
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

fn text(text: &str) -> &'static str {
    leak(text.to_owned())
}

fn field(field: &Field) -> shape::Field {
    let (name, item) = (text(&field.name), item(&field.item));
    match (&field.item.flags.default, field.required) {
        (Some(default), _) => shape::Field::defaulted(name, text(&default.to_string()), item),
        (None, true) => shape::Field::required(name, item),
        (None, false) => shape::Field::optional(name, item),
    }
}

fn item(item: &Item) -> shape::Item {
    let shape = shape::Item::of(kind(&item.field_type)).bounded(leak(bounds(&item.flags)));
    if item.flags.nullable { shape.nullable() } else { shape }
}

fn kind(field_type: &FieldType) -> shape::Kind {
    match field_type {
        FieldType::Scalar(scalar) => match scalar {
            ScalarType::String => shape::Kind::String,
            ScalarType::Int => shape::Kind::Int,
            ScalarType::Float => shape::Kind::Float,
            ScalarType::Bool => shape::Kind::Bool,
            ScalarType::Decimal => shape::Kind::Decimal,
            ScalarType::Uuid => shape::Kind::Uuid,
            ScalarType::Timestamp => shape::Kind::Timestamp,
            ScalarType::Date => shape::Kind::Date,
            ScalarType::Bytes => shape::Kind::Bytes,
            ScalarType::Json => shape::Kind::Json,
        },
        FieldType::List(inner) => shape::Kind::List(leak(item(inner))),
        FieldType::Map(inner) => shape::Kind::Map(leak(item(inner))),
        FieldType::Enum(values) => {
            let words = leak(values.values.iter().map(|word| text(word)).collect::<Vec<_>>());
            shape::Kind::Choice(leak(match values.openness {
                Openness::Closed => shape::Words::closed(words),
                Openness::Open => shape::Words::open(words),
            }))
        }
        FieldType::Object(fields) => shape::Kind::Object(table(fields, shape::Unknown::Ignore)),
    }
}

fn bounds(flags: &Flags) -> shape::Bounds {
    let number = |number: Number| match number {
        Number::Int(number) => shape::Number::Int(number),
        Number::Float(number) => shape::Number::Float(number),
        Number::Decimal(number) => shape::Number::Decimal(text(&number.to_string())),
    };
    shape::Bounds {
        min: flags.min.map(number),
        max: flags.max.map(number),
        min_length: flags.min_length,
        max_length: flags.max_length,
        pattern: flags.pattern.as_deref().map(|pattern| leak(shape::Pattern::new(text(pattern)))),
    }
}
