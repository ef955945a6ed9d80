use serde_json::{Map, Value};

use super::{Privacy, placeholder};
use crate::field_type::{FieldType, Item};

/// The longest list that is made up.
const LONGEST: u64 = 4_096;

/// A small value of a type: no more fields, items and members than there must be.
///
/// Simple constraints hold; whoever needs all of them checks it.
#[must_use]
pub fn least(item: &Item) -> Value {
    let count = usize::try_from(item.flags.min_length.unwrap_or(0).min(LONGEST)).unwrap_or(0);
    match &item.field_type {
        FieldType::Scalar(scalar) => placeholder::scalar(*scalar, item, Privacy::Public),
        FieldType::List(inner) => Value::Array(vec![least(inner); count]),
        FieldType::Map(inner) => {
            let members = (1..=count).map(|number| (format!("key_{number}"), least(inner)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        FieldType::Enum(values) => Value::from(values.values.first().map_or("other", String::as_str)),
        FieldType::Object(fields) => {
            let required = fields.iter().filter(|field| field.required);
            Value::Object(required.map(|field| (field.name.clone(), least(&field.item))).collect())
        }
    }
}
