//! The Rust types of payload values.

use super::layout::Type;
use crate::field_type::{Field, ScalarType};

/// The Rust type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RustType {
    Scalar(ScalarType),
    Option(Box<RustType>),
    List(Box<RustType>),
    Map(Box<RustType>),
    /// A generated struct or enum.
    Own(Home, String),
}

/// Where a generated type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In the module of its version.
    Version,
    /// In `types`.
    Types,
}

/// How a piece of code names what stands elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prefixes<'p> {
    /// What leads to the module of the version, such as `v2::`.
    pub(super) version: &'p str,
    /// What leads to `types`, such as `super::types::`.
    pub(super) types: &'p str,
    /// What leads to `f64`: in the root, an event may be called so.
    pub(super) primitives: &'p str,
}

impl RustType {
    pub(super) fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// The type as it is written at a place.
    pub(super) fn at(&self, place: &Prefixes<'_>) -> Type {
        match self {
            Self::Scalar(scalar) => scalar_type(*scalar, place),
            Self::Option(inner) => Type::of("::core::option::Option", vec![inner.at(place)]),
            Self::List(inner) => Type::of("::std::vec::Vec", vec![inner.at(place)]),
            Self::Map(inner) => {
                let key = Type::plain("::std::string::String");
                Type::of("::std::collections::BTreeMap", vec![key, inner.at(place)])
            }
            Self::Own(Home::Version, name) => Type::plain(format!("{}{name}", place.version)),
            Self::Own(Home::Types, name) => Type::plain(format!("{}{name}", place.types)),
        }
    }
}

fn scalar_type(scalar: ScalarType, place: &Prefixes<'_>) -> Type {
    match scalar {
        ScalarType::String => Type::plain("::std::string::String"),
        ScalarType::Int => Type::plain(format!("{}i64", place.primitives)),
        ScalarType::Float => Type::plain(format!("{}f64", place.primitives)),
        ScalarType::Bool => Type::plain(format!("{}bool", place.primitives)),
        ScalarType::Decimal => Type::plain("::evt_runtime::types::Decimal"),
        ScalarType::Uuid => Type::plain("::evt_runtime::types::Uuid"),
        ScalarType::Timestamp => Type::plain("::evt_runtime::types::Timestamp"),
        ScalarType::Date => Type::plain("::evt_runtime::types::Date"),
        ScalarType::Bytes => {
            Type::of("::std::vec::Vec", vec![Type::plain(format!("{}u8", place.primitives))])
        }
        ScalarType::Json => Type::plain("::evt_runtime::types::Json"),
    }
}

/// Whether a field may be left out, and what then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    Defaulted,
}

/// Whether `field` may be left out.
pub(super) fn presence(field: &Field) -> Presence {
    match (&field.item.flags.default, field.required) {
        (Some(_), _) => Presence::Defaulted,
        (None, true) => Presence::Required,
        (None, false) => Presence::Optional,
    }
}
