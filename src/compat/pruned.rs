use serde_json::Value;

use crate::event::UnknownFields;
use crate::field_type::{Field, FieldType, Item};
use crate::value::misfits;

/// Whether a reader can read the value.
pub(super) fn reads(value: &Value, item: &Item, unknown: UnknownFields) -> bool {
    let mut value = value.clone();
    if unknown == UnknownFields::Ignore {
        prune(&mut value, &item.field_type);
    }
    misfits(&value, item).is_empty()
}

/// Drops what an open reader does not look at.
fn prune(value: &mut Value, field_type: &FieldType) {
    match (field_type, value) {
        (FieldType::List(item), Value::Array(values)) => {
            for value in values {
                prune(value, &item.field_type);
            }
        }
        (FieldType::Map(item), Value::Object(members)) => {
            for value in members.values_mut() {
                prune(value, &item.field_type);
            }
        }
        (FieldType::Object(fields), Value::Object(members)) => {
            members.retain(|name, _| fields.iter().any(|field| field.name == *name));
            for Field { name, item, .. } in fields.iter() {
                if let Some(value) = members.get_mut(name) {
                    prune(value, &item.field_type);
                }
            }
        }
        _ => {}
    }
}
