use serde_json::Value;

use crate::field_type::{Field, FieldType};
use crate::fingerprint::{compact_json, json_string};
use crate::visible::visible_json;

/// A payload as JSON over several lines; keys in declared order, or by name where they are the writer's choice.
pub(super) fn payload_text(payload: &Value, fields: &[Field]) -> String {
    let mut out = String::new();
    object(&mut out, payload, fields, 0);
    visible_json(&out)
}

fn object(out: &mut String, value: &Value, fields: &[Field], indent: usize) {
    let members =
        fields.iter().filter_map(|field| Some((field.name.as_str(), value.get(&field.name)?, field)));
    let members = members.map(|(key, value, field)| (key, value, &field.item.field_type));
    block(out, ['{', '}'], indent, members, |out, (key, value, field_type)| {
        json_string(out, key);
        out.push_str(": ");
        write_value(out, value, field_type, indent + 2);
    });
}

fn write_value(out: &mut String, value: &Value, field_type: &FieldType, indent: usize) {
    match (field_type, value) {
        (FieldType::Object(fields), Value::Object(_)) => object(out, value, fields, indent),
        (FieldType::Map(item), Value::Object(members)) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            block(out, ['{', '}'], indent, sorted, |out, (key, value)| {
                json_string(out, key);
                out.push_str(": ");
                write_value(out, value, &item.field_type, indent + 2);
            });
        }
        (FieldType::List(item), Value::Array(values)) => {
            block(out, ['[', ']'], indent, values, |out, value| {
                write_value(out, value, &item.field_type, indent + 2);
            });
        }
        (
            FieldType::Scalar(_)
            | FieldType::Enum(_)
            | FieldType::List(_)
            | FieldType::Map(_)
            | FieldType::Object(_),
            _,
        ) => out.push_str(&compact_json(value)),
    }
}

/// Members between brackets, each on a line of its own.
fn block<T>(
    out: &mut String,
    brackets: [char; 2],
    indent: usize,
    members: impl IntoIterator<Item = T>,
    write: impl Fn(&mut String, T),
) {
    out.push(brackets[0]);
    let mut is_empty = true;
    for member in members {
        out.push_str(if is_empty { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(indent + 2));
        write(out, member);
        is_empty = false;
    }
    if !is_empty {
        out.push('\n');
        out.push_str(&" ".repeat(indent));
    }
    out.push(brackets[1]);
}
