use serde_json::{Value, json};

use crate::field_type::Field;
use crate::listing::deprecation_text;
use crate::outline::{Place, outline_of_field};
use crate::sample::sample_member;
use crate::visible::{visible, visible_text};

/// A field of a payload: its lines of the sample, and a row for each place that it has.
pub(super) fn json(field: &Field) -> String {
    let rows: Vec<Value> = outline_of_field(field).iter().map(row).collect();
    json!([sample_member(field), rows]).to_string()
}

/// A place as the page's script reads it; what is empty at the end is left out.
fn row(place: &Place) -> Value {
    let said = |text: &Option<String>| text.as_deref().map(visible).unwrap_or_default();
    let constraints: Vec<String> = place.constraints.iter().map(|text| visible(text)).collect();
    let mut cells = vec![
        json!(visible(&place.path)),
        json!(visible(&place.type_text)),
        json!(visible(&place.presence)),
        json!(constraints),
        json!(said(&place.unit)),
        json!(said(&place.source)),
        json!(u8::from(place.is_pii)),
        json!(place.description.as_deref().map(|text| visible_text(text.trim())).unwrap_or_default()),
        json!(place.deprecated.as_ref().map(|said| visible(&deprecation_text(said))).unwrap_or_default()),
    ];
    while cells.last().is_some_and(is_empty) {
        cells.pop();
    }
    Value::Array(cells)
}

fn is_empty(cell: &Value) -> bool {
    match cell {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Number(number) => number.as_u64() == Some(0),
        Value::Null | Value::Bool(_) | Value::Object(_) => false,
    }
}
