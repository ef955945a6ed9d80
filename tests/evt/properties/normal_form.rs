//! What a contract says, so that two contracts that say the same are equal: without order, without doubles.

use std::collections::{BTreeMap, BTreeSet};

use evt::event::Contract;
use evt::field_type::{Field, FieldType, Flags, Item, Number, Openness};
use serde_json::Value;

/// A contract without order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NormalContract {
    name: String,
    event_type: String,
    required_inputs: BTreeSet<String>,
    optional_inputs: BTreeSet<String>,
    fields: BTreeMap<String, NormalField>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct NormalField {
    required: bool,
    from: Option<String>,
    attr: Option<String>,
    item: NormalItem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct NormalItem {
    shape: NormalType,
    nullable: bool,
    default: Option<NormalValue>,
    bounds: [Option<NormalNumber>; 2],
    lengths: [Option<u64>; 2],
    texts: [Option<String>; 2],
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum NormalType {
    Scalar(&'static str),
    List(Box<NormalItem>),
    Map(Box<NormalItem>),
    Enum { values: BTreeSet<String>, is_open: bool },
    Object(BTreeMap<String, NormalField>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum NormalValue {
    Null,
    Bool(bool),
    Number(NormalNumber),
    Text(String),
    List(Vec<NormalValue>),
    Object(BTreeMap<String, NormalValue>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum NormalNumber {
    Whole(i128),
    Float(u64),
    Decimal(String),
}

impl From<&Contract> for NormalContract {
    fn from(contract: &Contract) -> Self {
        Self {
            name: contract.event_name.clone(),
            event_type: contract.event_type.clone(),
            required_inputs: contract.required_inputs.iter().cloned().collect(),
            optional_inputs: contract.optional_inputs.iter().cloned().collect(),
            fields: by_name(&contract.payload_fields),
        }
    }
}

fn by_name(fields: &[Field]) -> BTreeMap<String, NormalField> {
    let normal = |field: &Field| NormalField {
        required: field.required,
        from: field.from.clone(),
        attr: field.attr.clone(),
        item: NormalItem::from(&field.item),
    };
    fields.iter().map(|field| (field.name.clone(), normal(field))).collect()
}

impl From<&Item> for NormalItem {
    fn from(item: &Item) -> Self {
        let flags: &Flags = &item.flags;
        let Flags { nullable, default, min, max, min_length, max_length, pattern, unit } = flags;
        Self {
            shape: NormalType::from(&item.field_type),
            nullable: *nullable,
            default: default.as_deref().map(NormalValue::from),
            bounds: [min, max].map(|bound| bound.map(NormalNumber::from)),
            lengths: [min_length.filter(|length| *length > 0), *max_length],
            texts: [pattern, unit].map(|text| text.as_deref().map(str::to_owned)),
        }
    }
}

impl From<&FieldType> for NormalType {
    fn from(field_type: &FieldType) -> Self {
        match field_type {
            FieldType::Scalar(scalar) => Self::Scalar(scalar.as_str()),
            FieldType::List(item) => Self::List(Box::new(NormalItem::from(item.as_ref()))),
            FieldType::Map(item) => Self::Map(Box::new(NormalItem::from(item.as_ref()))),
            FieldType::Enum(values) => Self::Enum {
                values: values.values.iter().cloned().collect(),
                is_open: values.openness == Openness::Open,
            },
            FieldType::Object(fields) => Self::Object(by_name(fields)),
        }
    }
}

impl From<&Value> for NormalValue {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => Self::Number(match (number.as_i64(), number.as_u64()) {
                (Some(whole), _) => NormalNumber::Whole(whole.into()),
                (None, Some(whole)) => NormalNumber::Whole(whole.into()),
                (None, None) => float(number.as_f64().expect("a number is a float at last")),
            }),
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (key.clone(), Self::from(value)));
                Self::Object(members.collect())
            }
        }
    }
}

impl From<Number> for NormalNumber {
    fn from(number: Number) -> Self {
        match number {
            Number::Int(whole) => Self::Whole(whole.into()),
            Number::Float(number) => float(number),
            Number::Decimal(decimal) => Self::Decimal(decimal.normalize().to_string()),
        }
    }
}

/// A float without a fraction is the whole number, as long as it is exact.
fn float(number: f64) -> NormalNumber {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "the range and the fraction are checked")]
        return NormalNumber::Whole(number as i128);
    }
    NormalNumber::Float(number.to_bits())
}
