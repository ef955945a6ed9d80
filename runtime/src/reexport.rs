//! What the macros of this crate name, so that a service need not depend on it itself.

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use serde_json::Value;

use crate::ordered::Ordered;
use crate::read::from_value;
use crate::record::{Choice, Record};
use crate::write::to_json;

/// Serialises a record by way of its JSON, in the order of its table.
///
/// # Errors
/// What the serializer gives, and everything that the payload's types do not admit.
pub fn serialize_record<R: Record, S: Serializer>(record: &R, serializer: S) -> Result<S::Ok, S::Error> {
    let text = to_json(record).map_err(serde::ser::Error::custom)?;
    let ordered: Ordered = serde_json::from_str(&text).map_err(serde::ser::Error::custom)?;
    ordered.serialize(serializer)
}

/// Deserialises a record by way of its JSON.
///
/// # Errors
/// What the deserializer gives, and everything that the payload's types do not admit.
pub fn deserialize_record<'de, R: Record, D: Deserializer<'de>>(deserializer: D) -> Result<R, D::Error> {
    from_value(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// Deserialises a word.
///
/// # Errors
/// What the deserializer gives, and a word that a closed enum does not have.
pub fn deserialize_choice<'de, C: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
    let text = String::deserialize(deserializer)?;
    C::from_text(&text).ok_or_else(|| serde::de::Error::custom("is none of the enum's values"))
}
