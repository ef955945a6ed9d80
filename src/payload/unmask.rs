use serde_json::Value;

use crate::field_type::{Field, FieldType, Item};

/// What stands for a value that is not shown.
pub const MASK: &str = "***";

/// A payload in which each masked value of a field of personal data is the one that stands in its place in `old`: so it can
/// be mended without being seen.
///
/// # Errors
/// The paths at which there is none.
pub fn unmasked(payload: Value, old: &Value, fields: &[Field]) -> Result<Value, Vec<String>> {
    let mut lost = Vec::new();
    let payload = object(payload, Some(old), fields, "", &mut lost);
    if lost.is_empty() { Ok(payload) } else { Err(lost) }
}

/// The paths of values that are masked.
#[must_use]
pub fn masks(payload: &Value, fields: &[Field]) -> Vec<String> {
    let mut found = Vec::new();
    object(payload.clone(), None, fields, "", &mut found);
    found
}

fn object(
    payload: Value,
    old: Option<&Value>,
    fields: &[Field],
    path: &str,
    lost: &mut Vec<String>,
) -> Value {
    let Value::Object(members) = payload else { return payload };
    let members = members.into_iter().map(|(name, value)| {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let old = old.and_then(|old| old.get(&name));
        let value = match fields.iter().find(|field| field.name == name) {
            Some(field) => item(value, old, &field.item, &path, lost),
            None => value,
        };
        (name, value)
    });
    Value::Object(members.collect())
}

fn item(value: Value, old: Option<&Value>, shape: &Item, path: &str, lost: &mut Vec<String>) -> Value {
    if shape.is_pii() && value == MASK {
        return old.cloned().unwrap_or_else(|| {
            lost.push(path.to_owned());
            value
        });
    }
    match (&shape.field_type, value) {
        (FieldType::Object(fields), value @ Value::Object(_)) => object(value, old, fields, path, lost),
        (FieldType::List(inner), Value::Array(values)) => {
            // Only where nothing was added or taken away is the n-th one still the same.
            let olds = old.and_then(Value::as_array).filter(|olds| olds.len() == values.len());
            let values = values.into_iter().enumerate().map(|(index, value)| {
                let old = olds.and_then(|olds| olds.get(index));
                item(value, old, inner, &format!("{path}[{index}]"), lost)
            });
            Value::Array(values.collect())
        }
        (FieldType::Map(inner), Value::Object(members)) => {
            let members = members.into_iter().map(|(key, value)| {
                let path = format!("{path}.{key}");
                let value = item(value, old.and_then(|old| old.get(&key)), inner, &path, lost);
                (key, value)
            });
            Value::Object(members.collect())
        }
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{masks, unmasked};
    use crate::example::history;

    const COW_FED: &str = "
event_name: cow_fed
event_type: domain
inputs: { cow: required }
payload:
  note: { type: string, from: cow.note }
  name: { type: string, from: cow.name, pii: true }
  owners: { type: { list: { object: { name: { type: string, pii: true }, age: { type: int } } } }, from: cow.owners }
";

    #[test]
    fn masked_values_are_those_of_before() {
        let schema = history(&[COW_FED]);
        let fields = &schema.events["cow_fed"][0].contract.payload_fields;
        let old = json!({ "note": "a", "name": "Ada", "owners": [{ "name": "Eve", "age": 7 }] });
        let new = json!({ "note": "***", "name": "***", "owners": [{ "name": "***", "age": 8 }] });
        let whole = json!({ "note": "***", "name": "Ada", "owners": [{ "name": "Eve", "age": 8 }] });
        assert_eq!(unmasked(new.clone(), &old, fields), Ok(whole));
        assert_eq!(masks(&new, fields), ["name", "owners[0].name"]);
        let longer = json!({ "name": "***", "owners": [{ "name": "***" }, { "name": "***" }] });
        assert_eq!(
            unmasked(longer, &old, fields),
            Err(vec!["owners[0].name".into(), "owners[1].name".into()])
        );
    }
}
