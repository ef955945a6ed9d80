//! Personal data, hidden.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::field_type::{Field, FieldType, Item};
use crate::fingerprint::json_string;
use crate::payload::MASK;
use crate::schema::Version;

/// A payload, JSON text, in which every value that is personal data is masked, or that no field of `version` declares;
/// all of it where the version is not known.
#[must_use]
pub fn masked(payload: &str, version: Option<&Version>) -> String {
    let Some(version) = version else { return mask() };
    fields(payload, &version.contract.payload_fields)
}

fn mask() -> String {
    format!("\"{MASK}\"")
}

fn fields(json: &str, fields: &[Field]) -> String {
    members(json, |name, value| {
        let field = fields.iter().find(|field| field.name == name);
        field.map_or_else(mask, |field| item(value, &field.item))
    })
}

fn item(json: &str, shape: &Item) -> String {
    if shape.is_pii() {
        return mask();
    }
    match &shape.field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => json.to_owned(),
        _ if json == "null" => json.to_owned(),
        FieldType::List(inner) => elements(json, |value| item(value, inner)),
        FieldType::Map(inner) => members(json, |_, value| item(value, inner)),
        FieldType::Object(of) => fields(json, of),
    }
}

fn members(json: &str, show: impl Fn(&str, &str) -> String) -> String {
    let Ok(Members(members)) = serde_json::from_str(json) else { return mask() };
    let mut out = String::from("{");
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        json_string(&mut out, name);
        out.push(':');
        out.push_str(&show(name, value.get()));
    }
    out.push('}');
    out
}

fn elements(json: &str, show: impl Fn(&str) -> String) -> String {
    let Ok(values) = serde_json::from_str::<Vec<&RawValue>>(json) else { return mask() };
    let shown: Vec<_> = values.iter().map(|value| show(value.get())).collect();
    format!("[{}]", shown.join(","))
}

/// The members of an object, in their order.
struct Members<'j>(Vec<(String, &'j RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}
