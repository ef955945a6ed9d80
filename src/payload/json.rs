use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// How deep JSON may be nested: what readers read.
const MAX_DEPTH: usize = 100;

/// A JSON value as the outbox admits it: no member stands twice, nothing holds U+0000, and it is nested at most 100 deep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StrictValue(pub Value);

/// Reads JSON text as the outbox admits it.
///
/// # Errors
/// What is wrong, with line and column.
pub fn strict_json(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<StrictValue>(text).map(|value| value.0)
}

impl<'de> Deserialize<'de> for StrictValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Reader { depth: 0 }.deserialize(deserializer).map(Self)
    }
}

#[derive(Clone, Copy)]
struct Reader {
    depth: usize,
}

impl Reader {
    fn below<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format!("it is nested deeper than {MAX_DEPTH}")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// What scalars of JSON are read as.
macro_rules! scalars {
    ($($visit:ident: $type:ty),*) => {
        $(fn $visit<E>(self, value: $type) -> Result<Value, E> {
            Ok(Value::from(value))
        })*
    };
}

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    scalars! { visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64 }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        without_nul(text).map(Value::from)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(below)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut members = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            without_nul(&key)?;
            if members.contains_key(&key) {
                return Err(A::Error::custom(format!("`{key}` stands twice")));
            }
            let value = from.next_value_seed(below)?;
            members.insert(key, value);
        }
        Ok(Value::Object(members))
    }
}

fn without_nul<E: serde::de::Error>(text: &str) -> Result<&str, E> {
    if text.contains('\0') { Err(E::custom("it holds U+0000")) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::strict_json;

    #[test]
    fn what_the_outbox_does_not_admit_is_told_with_its_place() {
        let told = |text: &str| strict_json(text).unwrap_err().to_string();
        assert_eq!(told(r#"{"a":{"b":1,"b":2}}"#), "`b` stands twice at line 1 column 15");
        assert_eq!(told(r#"["\u0000"]"#), "it holds U+0000 at line 1 column 9");
        assert_eq!(told(r#"{"\u0000":1}"#), "it holds U+0000 at line 1 column 9");
        assert!(told(r#"["\ud800"]"#).contains("surrogate") || told(r#"["\ud800"]"#).contains("escape"));
        assert!(told("1e400").contains("out of range"));
    }

    #[test]
    fn it_is_nested_at_most_100_deep() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(strict_json(&nested(100)).is_ok());
        assert!(strict_json(&nested(101)).unwrap_err().to_string().contains("nested deeper"));
    }
}
