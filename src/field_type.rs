//! What a payload field holds: types, constraints and defaults, with every named type expanded.

use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::event::{Deprecation, words};
use crate::rare::{Common, Rare};

/// A field of a payload or of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether writers always write it.
    pub required: bool,
    /// The input that it is read from; none inside of objects.
    pub from: Option<String>,
    /// The attribute of that input; none when the input itself is the value.
    pub attr: Option<String>,
    /// What it holds.
    pub item: Item,
}

/// A type with all that is said about its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The type.
    pub field_type: FieldType,
    /// What narrows it: part of the contract.
    pub flags: Rare<Flags>,
    /// What is said for people: not part of the contract.
    pub notes: Rare<Notes>,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// A single value.
    Scalar(ScalarType),
    /// An array.
    List(Box<Item>),
    /// An object with keys of the writer's choice.
    Map(Box<Item>),
    /// One of a few strings; shared by all that name the type.
    Enum(Arc<EnumType>),
    /// An object with declared fields; shared by all that name the type.
    Object(Arc<Vec<Field>>),
}

/// One of a few strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// The values, in declared order.
    pub values: Vec<String>,
    /// Whether others may come.
    pub openness: Openness,
}

/// Whether an enum may hold values that it does not declare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// Only the declared ones.
    Closed,
    /// Any string.
    Open,
}

words! {
    /// The type of a single value.
    ScalarType {
        /// Text without NUL.
        String = "string",
        /// A 64-bit signed whole number.
        Int = "int",
        /// A finite 64-bit floating-point number.
        Float = "float",
        /// A truth value.
        Bool = "bool",
        /// A decimal number of at most 28 digits, as text.
        Decimal = "decimal",
        /// A UUID (RFC 9562).
        Uuid = "uuid",
        /// An instant (RFC 3339).
        Timestamp = "timestamp",
        /// A calendar day, `YYYY-MM-DD`.
        Date = "date",
        /// Bytes in padded base64 (RFC 4648).
        Bytes = "bytes",
        /// Anything that JSON can say.
        Json = "json",
    }
}

/// What narrows a type. 100,000 events have half a million of these, so what is rare or large is boxed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// Whether null is a value.
    pub nullable: bool,
    /// What readers use when the field is absent.
    pub default: Option<Box<Value>>,
    /// The smallest number.
    pub min: Option<Number>,
    /// The largest number.
    pub max: Option<Number>,
    /// The least characters or items.
    pub min_length: Option<u64>,
    /// The most characters or items.
    pub max_length: Option<u64>,
    /// What strings match somewhere (syntax of the `regex-lite` crate).
    pub pattern: Option<Box<str>>,
    /// The unit of measure.
    pub unit: Option<Box<str>>,
}

/// What is said about a value for people.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Notes {
    /// The named type that it was written as.
    pub named: Option<String>,
    /// What it is.
    pub description: Option<String>,
    /// Whether it is personal data; `None` where nothing was said.
    pub pii: Option<bool>,
    /// Whether it should no longer be used.
    pub deprecated: Option<Box<Deprecation>>,
    /// Values that it may have.
    pub examples: Vec<Value>,
    /// Its name in Rust.
    pub rust_name: Option<String>,
}

impl Common for Flags {
    const COMMON: &'static Self = &Self {
        nullable: false,
        default: None,
        min: None,
        max: None,
        min_length: None,
        max_length: None,
        pattern: None,
        unit: None,
    };
}

impl Common for Notes {
    const COMMON: &'static Self = &Self {
        named: None,
        description: None,
        pii: None,
        deprecated: None,
        examples: Vec::new(),
        rust_name: None,
    };
}

/// A bound, in the arithmetic of the type that it bounds.
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// Of an `int`.
    Int(i64),
    /// Of a `float`; finite.
    Float(f64),
    /// Of a `decimal`, without trailing zeros.
    Decimal(Decimal),
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.to_string() == other.to_string()
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.partial_cmp(b),
            (Self::Float(a), Self::Float(b)) => a.partial_cmp(b),
            (Self::Decimal(a), Self::Decimal(b)) => a.partial_cmp(b),
            _ => None,
        }
    }
}

impl fmt::Display for Number {
    /// The canonical text: decimal digits, floats as ECMAScript writes them, no `-0`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => write!(f, "{number}"),
            Self::Float(number) => f.write_str(&float_text(*number)),
            Self::Decimal(number) => write!(f, "{}", number.normalize()),
        }
    }
}

/// A finite number as ECMAScript writes it (ECMA-262, `Number::toString`), without `-0`.
#[must_use]
pub fn float_text(number: f64) -> String {
    let number = if number == 0.0 { 0.0 } else { number };
    ryu_js::Buffer::new().format_finite(number).to_owned()
}

impl Item {
    /// A type of which nothing else is said.
    #[must_use]
    pub fn plain(field_type: FieldType) -> Self {
        Self { field_type, flags: Rare::default(), notes: Rare::default() }
    }

    /// Gives back the memory of what turned out to be the default.
    pub(crate) fn settle(&mut self) {
        self.flags.settle();
        self.notes.settle();
    }

    /// Whether the values are personal data.
    #[must_use]
    pub fn is_pii(&self) -> bool {
        self.notes.pii == Some(true)
    }
}

impl FieldType {
    /// The scalar that it is, if it is one.
    #[must_use]
    pub fn scalar(&self) -> Option<ScalarType> {
        match self {
            Self::Scalar(scalar) => Some(*scalar),
            Self::List(_) | Self::Map(_) | Self::Enum(_) | Self::Object(_) => None,
        }
    }

    /// How many types it is made of, itself and all that it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        1 + match self {
            Self::Scalar(_) | Self::Enum(_) => 0,
            Self::List(item) | Self::Map(item) => item.field_type.size(),
            Self::Object(fields) => fields.iter().map(|field| field.item.field_type.size()).sum(),
        }
    }

    /// How many types stand inside of each other; 0 for a scalar.
    #[must_use]
    pub fn depth(&self) -> usize {
        match self {
            Self::Scalar(_) | Self::Enum(_) => 0,
            Self::List(item) | Self::Map(item) => 1 + item.field_type.depth(),
            Self::Object(fields) => {
                1 + fields.iter().map(|field| field.item.field_type.depth()).max().unwrap_or(0)
            }
        }
    }
}
