//! A payload that an event could carry, for readers: from examples and defaults where there are some, else from the
//! types. Personal data is masked.

mod least;
mod pattern;
mod placeholder;
mod text;

use serde_json::{Map, Value};

use crate::event::Contract;
use crate::field_type::{Field, FieldType, Item};
use crate::value::misfits;
pub use least::least;

/// Whether a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Privacy {
    /// It may.
    Public,
    /// It is personal data, or part of some.
    Masked,
}

/// A payload of the contract, with all its fields.
///
/// Simple constraints hold. Strings that are personal data are `"***"`; personal data of other types has the form of
/// its type, and its examples are not used.
#[must_use]
pub fn sample(contract: &Contract) -> Value {
    object(&contract.payload_fields, Privacy::Public)
}

/// The [`sample`] as JSON over several lines, with its keys in declared order.
#[must_use]
pub fn sample_text(contract: &Contract) -> String {
    text::payload_text(&sample(contract), &contract.payload_fields)
}

/// The lines of one field in a [`sample_text`], without the comma that may follow.
pub(crate) fn sample_member(field: &Field) -> String {
    let fields = std::slice::from_ref(field);
    let text = text::payload_text(&object(fields, Privacy::Public), fields);
    let inner = text.strip_prefix("{\n").and_then(|text| text.strip_suffix("\n}"));
    inner.unwrap_or(&text).to_owned()
}

fn object(fields: &[Field], privacy: Privacy) -> Value {
    let member = |field: &Field| (field.name.clone(), value(&field.item, privacy));
    Value::Object(fields.iter().map(member).collect())
}

fn value(item: &Item, around: Privacy) -> Value {
    let privacy = if item.is_pii() { Privacy::Masked } else { around };
    let said = match privacy {
        Privacy::Public if !holds_personal_data(&item.field_type) => said(item),
        Privacy::Public | Privacy::Masked => None,
    };
    said.unwrap_or_else(|| shaped(item, privacy))
}

/// The first example, else the default, that is a value of the type and says more than null.
fn said(item: &Item) -> Option<Value> {
    let candidates = item.notes.examples.iter().chain(item.flags.default.as_deref());
    candidates.filter(|value| !value.is_null()).find(|value| misfits(value, item).is_empty()).cloned()
}

fn holds_personal_data(field_type: &FieldType) -> bool {
    let is_personal = |item: &Item| item.is_pii() || holds_personal_data(&item.field_type);
    match field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => false,
        FieldType::List(item) | FieldType::Map(item) => is_personal(item),
        FieldType::Object(fields) => fields.iter().any(|field| is_personal(&field.item)),
    }
}

fn shaped(item: &Item, privacy: Privacy) -> Value {
    match &item.field_type {
        FieldType::Scalar(scalar) => placeholder::scalar(*scalar, item, privacy),
        FieldType::List(inner) => {
            let inner_value = value(inner, privacy);
            Value::Array(vec![inner_value; count(item, inner)])
        }
        FieldType::Map(inner) => {
            let inner_value = value(inner, privacy);
            let keys = (1..=count(item, inner)).map(|number| format!("key_{number}"));
            Value::Object(keys.map(|key| (key, inner_value.clone())).collect::<Map<_, _>>())
        }
        FieldType::Enum(values) => Value::from(values.values.first().map_or("other", String::as_str)),
        FieldType::Object(fields) => object(fields, privacy),
    }
}

/// How many items to show: one, or as many as there must be; the more they hold themselves, the fewer, so that lists
/// within lists stay short.
fn count(item: &Item, inner: &Item) -> usize {
    let most = match inner.field_type.depth() {
        0 => 8,
        1 | 2 => 3,
        3 => 2,
        _ => 1,
    };
    let wanted = item.flags.min_length.unwrap_or(1).clamp(1, most);
    let allowed = wanted.min(item.flags.max_length.unwrap_or(wanted));
    usize::try_from(allowed).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::history;

    fn sample_of(payload: &str) -> (Value, String) {
        let definition = format!(
            "subjects: {{ cow: {{}} }}\n---\nevent_name: cow_fed\nevent_type: domain\nsubject: cow\n\
             inputs: {{ cow: required }}\npayload:\n{payload}"
        );
        let schema = history(&[&definition]);
        let contract = &schema.latest("cow_fed").unwrap().contract;
        let sample = sample(contract);
        let text = sample_text(contract);
        let members: Vec<String> = contract.payload_fields.iter().map(sample_member).collect();
        assert_eq!(format!("{{\n{}\n}}", members.join(",\n")), text);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), sample);
        (sample, text)
    }

    #[test]
    fn types_without_examples_give_values_of_their_form() {
        let kinds =
            ["string", "int", "float", "bool", "decimal", "uuid", "timestamp", "date", "bytes", "json"];
        let fields = kinds.map(|kind| format!("  a_{kind}: {{ type: {kind}, from: cow.a_{kind} }}\n"));
        insta::assert_snapshot!(sample_of(&fields.concat()).1, @r#"
        {
          "a_string": "string",
          "a_int": 1,
          "a_float": 1.5,
          "a_bool": true,
          "a_decimal": "12.50",
          "a_uuid": "01980a5d-ac96-774b-bcce-b302099a8057",
          "a_timestamp": "2027-01-31T08:30:00Z",
          "a_date": "2027-01-31",
          "a_bytes": "ZXZ0",
          "a_json": {}
        }
        "#);
    }

    #[test]
    fn examples_win_over_defaults_and_both_over_placeholders() {
        let (sample, _) = sample_of(
            "  a: { type: string, from: cow.a, default: d, examples: [e] }\n  b: { type: int, from: cow.b, default: 7 }\n",
        );
        assert_eq!(sample, serde_json::json!({ "a": "e", "b": 7 }));
    }

    #[test]
    fn constraints_hold() {
        let payload = "  low: { type: int, from: cow.low, max: -3 }
  high: { type: decimal, from: cow.high, min: 99.95 }
  long: { type: string, from: cow.long, min_length: 8 }
  short: { type: string, from: cow.short, max_length: 2 }
  sku: { type: string, from: cow.sku, pattern: '^[A-Z]{3}-\\d{4,6}$', max_length: 10 }
  email: { type: string, from: cow.email, pattern: '^[^@\\s]+@[^@\\s]+$', min_length: 9 }
  tags: { type: list<string>, from: cow.tags, min_length: 2 }
  none: { type: map<int>, from: cow.none, max_length: 0 }
";
        let (sample, text) = sample_of(payload);
        assert_eq!(sample["tags"].as_array().map(Vec::len), Some(2));
        insta::assert_snapshot!(text, @r#"
        {
          "low": -3,
          "high": "99.95",
          "long": "stringst",
          "short": "st",
          "sku": "AAA-0000",
          "email": "aaaa@aaaa",
          "tags": [
            "string",
            "string"
          ],
          "none": {}
        }
        "#);
    }

    #[test]
    fn personal_data_is_masked_at_every_depth() {
        let payload = "  who:
    type: { object: { email: { type: string, pii: true, examples: [ada@example.org] }, age: { type: int } } }
    from: cow.who
    examples: [{ email: ada@example.org, age: 36 }]
  home: { type: { object: { lines: { type: list<string> } } }, from: cow.home, pii: true }
  born: { type: date, from: cow.born, pii: true, examples: [1815-12-10] }
";
        let (_, text) = sample_of(payload);
        assert!(!text.contains("ada@") && !text.contains("1815"));
        insta::assert_snapshot!(text, @r#"
        {
          "who": {
            "email": "***",
            "age": 1
          },
          "home": {
            "lines": [
              "***"
            ]
          },
          "born": "2027-01-31"
        }
        "#);
    }

    #[test]
    fn lists_within_lists_stay_short() {
        let (_, text) = sample_of("  a: { type: list<list<int>>, from: cow.a, min_length: 900 }\n");
        insta::assert_snapshot!(text, @r#"
        {
          "a": [
            [
              1
            ],
            [
              1
            ],
            [
              1
            ]
          ]
        }
        "#);
    }
}
