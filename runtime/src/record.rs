use crate::read::Parts;
use crate::shape::Object;
use crate::write::Fields;

/// A struct with a table of its fields: a payload, or an object in one. [`record!`](crate::record!) implements it.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Object};
/// use evt_runtime::{from_json, to_json};
///
/// #[derive(Debug, PartialEq)]
/// struct Trough {
///     litres: f64,
/// }
///
/// static TROUGH: Object = Object::sealed(&[Field::required("litres", Item::of(Kind::Float))]);
///
/// evt_runtime::record! { Trough, TROUGH; litres }
///
/// assert_eq!(to_json(&Trough { litres: 80.0 }), Ok(r#"{"litres":80.0}"#.to_owned()));
/// assert_eq!(from_json(r#"{"litres":80}"#), Ok(Trough { litres: 80.0 }));
/// ```
pub trait Record: Sized {
    /// The table.
    fn shape() -> &'static Object;
    /// Gives every field to `to`, in the order of the table.
    fn write(&self, to: &mut Fields<'_>);
    /// Takes every field from `from`, in the order of the table; the values were checked.
    fn read(from: &mut Parts) -> Option<Self>;
}

/// An enum of words. Generated code implements it.
///
/// ```
/// use evt_runtime::Choice;
///
/// #[derive(Debug, PartialEq)]
/// enum Mood {
///     Calm,
///     Other(String),
/// }
///
/// impl Choice for Mood {
///     fn as_str(&self) -> &str {
///         match self {
///             Self::Calm => "calm",
///             Self::Other(text) => text,
///         }
///     }
///
///     fn from_text(text: &str) -> Option<Self> {
///         Some(if text == "calm" { Self::Calm } else { Self::Other(text.to_owned()) })
///     }
/// }
///
/// assert_eq!(Mood::from_text("calm"), Some(Mood::Calm));
/// assert_eq!(Mood::Other("hungry".to_owned()).as_str(), "hungry");
/// ```
pub trait Choice: Sized {
    /// The word.
    fn as_str(&self) -> &str;
    /// The value of a word; `None` for one that a closed enum does not have.
    fn from_text(text: &str) -> Option<Self>;
}

/// Makes a struct a [`Record`] and a [`Datum`](crate::Datum), and serialisable: its name, the table of its fields, and
/// the fields in the order of the table.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// // `CowFed` is a record; the macro made it serialisable.
/// let text = serde_json::to_string(&CowFed::of(2.5))?;
/// assert_eq!(text, r#"{"weight":2.5}"#);
/// assert_eq!(serde_json::from_str::<CowFed>(&text)?, CowFed::of(2.5));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! record {
    ($type:ident, $table:ident; $($field:ident),* $(,)?) => {
        impl $crate::Record for $type {
            #[inline]
            fn shape() -> &'static $crate::shape::Object {
                &$table
            }

            #[inline]
            fn write(&self, _to: &mut $crate::Fields<'_>) {
                $(_to.field(&self.$field);)*
            }

            #[inline]
            fn read(_from: &mut $crate::Parts) -> ::core::option::Option<Self> {
                ::core::option::Option::Some(Self { $($field: _from.take()?),* })
            }
        }

        impl $crate::Datum for $type {
            #[inline]
            fn write(&self, _: &$crate::shape::Item, to: &mut $crate::Writer) {
                to.record(self);
            }

            #[inline]
            fn read(value: $crate::reexport::Value) -> ::core::option::Option<Self> {
                $crate::record_of(value)
            }
        }

        impl $crate::reexport::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::reexport::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::reexport::serialize_record(self, serializer)
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::reexport::deserialize_record(deserializer)
            }
        }
    };
}

/// Makes a [`Choice`] a [`Datum`](crate::Datum), and serialisable.
///
/// ```
/// use evt_runtime::Choice;
///
/// #[derive(Debug, PartialEq)]
/// enum Mood {
///     Calm,
/// }
///
/// impl Choice for Mood {
///     fn as_str(&self) -> &str {
///         "calm"
///     }
///
///     fn from_text(text: &str) -> Option<Self> {
///         (text == "calm").then_some(Self::Calm)
///     }
/// }
///
/// evt_runtime::choice!(Mood);
///
/// assert_eq!(serde_json::to_string(&Mood::Calm)?, r#""calm""#);
/// assert!(serde_json::from_str::<Mood>(r#""hungry""#).is_err());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! choice {
    ($type:ty) => {
        impl $crate::Datum for $type {
            #[inline]
            fn write(&self, item: &$crate::shape::Item, to: &mut $crate::Writer) {
                to.word($crate::Choice::as_str(self), item);
            }

            #[inline]
            fn read(value: $crate::reexport::Value) -> ::core::option::Option<Self> {
                $crate::Choice::from_text(value.as_str()?)
            }
        }

        impl $crate::reexport::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::reexport::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Choice::as_str(self))
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::reexport::deserialize_choice(deserializer)
            }
        }

        impl ::core::fmt::Display for $type {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::Choice::as_str(self))
            }
        }
    };
}
