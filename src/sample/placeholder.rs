use serde_json::Value;

use super::{Privacy, pattern};
use crate::field_type::{Item, Number, ScalarType};
use crate::value::misfits;

/// What stands for text that must not be shown.
const MASK: &str = "***";
/// The longest text that is made up to satisfy a minimum, in characters.
const LONGEST: u64 = 4_096;

/// A value of the form of a scalar type.
pub(super) fn scalar(scalar: ScalarType, item: &Item, privacy: Privacy) -> Value {
    match scalar {
        ScalarType::String => match privacy {
            Privacy::Public => Value::from(text(item)),
            Privacy::Masked => Value::from(MASK),
        },
        ScalarType::Json => match privacy {
            Privacy::Public => Value::Object(serde_json::Map::new()),
            Privacy::Masked => Value::from(MASK),
        },
        ScalarType::Int => number(Number::Int(1), item),
        ScalarType::Float => number(Number::Float(1.5), item),
        ScalarType::Decimal => number(Number::Decimal(rust_decimal::Decimal::new(1250, 2)), item),
        ScalarType::Bool => Value::Bool(true),
        ScalarType::Uuid => Value::from("01980a5d-ac96-774b-bcce-b302099a8057"),
        ScalarType::Timestamp => Value::from("2027-01-31T08:30:00Z"),
        ScalarType::Date => Value::from("2027-01-31"),
        ScalarType::Bytes => Value::from("ZXZ0"),
    }
}

/// The number, or the bound that it lies beyond.
fn number(wanted: Number, item: &Item) -> Value {
    let above = item.flags.min.filter(|min| wanted < *min);
    let below = item.flags.max.filter(|max| wanted > *max);
    match above.or(below).unwrap_or(wanted) {
        Number::Int(number) => Value::from(number),
        Number::Float(number) => Value::from(number),
        Number::Decimal(number) => Value::from(number.to_string()),
    }
}

fn text(item: &Item) -> String {
    let matching = item.flags.pattern.as_deref().and_then(|written| {
        let texts = pattern::matching(written).map(Value::from);
        texts.into_iter().find(|text| misfits(text, item).is_empty())
    });
    matching.as_ref().and_then(Value::as_str).map_or_else(|| plain_text(item), str::to_owned)
}

fn plain_text(item: &Item) -> String {
    let least = item.flags.min_length.unwrap_or(0).min(LONGEST);
    let most = item.flags.max_length.unwrap_or(u64::MAX);
    let wanted = usize::try_from(least.max(6).min(most)).unwrap_or(6);
    "string".chars().cycle().take(wanted).collect()
}
