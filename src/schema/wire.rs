//! The schema file as it is parsed, before anything is believed.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

/// The file; entries stay text, so that they can be parsed side by side.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileWire<'t> {
    #[serde(rename = "evt")]
    pub(super) _format: u64,
    #[serde(borrow)]
    pub(super) events: Vec<&'t RawValue>,
}

/// Of a file of any format, its number.
#[derive(Deserialize)]
pub(super) struct FormatWire {
    pub(super) evt: u64,
}

/// Of an entry that cannot be read, what names it.
#[derive(Default, Deserialize)]
pub(super) struct NameWire {
    pub(super) event_name: Option<String>,
    pub(super) event_version: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryWire<'t> {
    pub(super) event_name: String,
    pub(super) event_version: u32,
    pub(super) event_type: String,
    pub(super) required_inputs: Vec<String>,
    pub(super) optional_inputs: Vec<String>,
    #[serde(borrow)]
    pub(super) payload_fields: Vec<TypeWire<'t>>,
    pub(super) fingerprint: String,
    pub(super) previous: Option<String>,
    pub(super) process_type: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) subject: Option<String>,
    pub(super) description: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) deprecated: Option<DeprecationWire>,
    pub(super) aggregate: Option<AggregateWire>,
    pub(super) partition_key: Option<String>,
    pub(super) ordering: Option<String>,
    pub(super) on_dead_letter: Option<String>,
    pub(super) unknown_fields: Option<String>,
    pub(super) compat: Option<String>,
    #[serde(default)]
    pub(super) allow: Vec<AllowanceWire>,
    #[serde(default)]
    pub(super) accepts: Vec<AcceptanceWire>,
    pub(super) rust_name: Option<String>,
    #[serde(default)]
    pub(super) inputs: BTreeMap<String, InputWire>,
    pub(super) renamed_to: Option<String>,
    #[serde(default)]
    pub(super) retired: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeprecationWire {
    pub(super) reason: Option<String>,
    pub(super) sunset: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AggregateWire {
    #[serde(rename = "type")]
    pub(super) aggregate_type: String,
    pub(super) id: String,
    pub(super) version: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowanceWire {
    pub(super) rule: String,
    pub(super) reason: String,
    pub(super) until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptanceWire {
    pub(super) rule: String,
    pub(super) path: Option<String>,
    pub(super) reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InputWire {
    pub(super) description: Option<String>,
    pub(super) rust: Option<RustWire>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RustWire {
    pub(super) path: String,
    pub(super) access: Option<String>,
}

/// A scalar's name, or an object: a field, a type, or a type with what is said beside it. Which of the three it may
/// be, its place decides.
pub(super) enum TypeWire<'t> {
    Scalar(String),
    Object(Box<ObjectWire<'t>>),
}

/// All keys that a field, a type or an item may have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ObjectWire<'t> {
    pub(super) name: Option<String>,
    pub(super) required: Option<bool>,
    pub(super) from: Option<String>,
    pub(super) attr: Option<String>,
    #[serde(borrow, rename = "type")]
    pub(super) field_type: Option<TypeWire<'t>>,
    #[serde(borrow)]
    pub(super) list: Option<TypeWire<'t>>,
    #[serde(borrow)]
    pub(super) map: Option<TypeWire<'t>>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<String>>,
    pub(super) open: Option<bool>,
    #[serde(borrow)]
    pub(super) object: Option<Vec<TypeWire<'t>>>,
    pub(super) nullable: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    pub(super) default: Option<Value>,
    #[serde(borrow)]
    pub(super) min: Option<&'t RawValue>,
    #[serde(borrow)]
    pub(super) max: Option<&'t RawValue>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) pattern: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) named: Option<String>,
    pub(super) description: Option<String>,
    pub(super) pii: Option<bool>,
    pub(super) deprecated: Option<DeprecationWire>,
    #[serde(default)]
    pub(super) examples: Vec<Value>,
    pub(super) rust_name: Option<String>,
}

/// A value that is there, be it null.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl<'de: 't, 't> Deserialize<'de> for TypeWire<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TypeVisitor;
        impl<'de> Visitor<'de> for TypeVisitor {
            type Value = TypeWire<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a type")
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(TypeWire::Scalar(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                ObjectWire::deserialize(MapAccessDeserializer::new(map))
                    .map(|object| TypeWire::Object(Box::new(object)))
            }
        }
        deserializer.deserialize_any(TypeVisitor)
    }
}
