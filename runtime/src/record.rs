use crate::read::Parts;
use crate::shape::Object;
use crate::write::Fields;

/// A struct with a table of its fields: a payload, or an object in one. Generated code implements it.
pub trait Record: Sized {
    /// The table.
    fn shape() -> &'static Object;
    /// Gives every field to `to`, in the order of the table.
    fn write(&self, to: &mut Fields<'_>);
    /// Takes every field from `from`, in the order of the table; the values were checked.
    fn read(from: &mut Parts) -> Option<Self>;
}

/// An enum of words. Generated code implements it.
pub trait Choice: Sized {
    /// The word.
    fn as_str(&self) -> &str;
    /// The value of a word; `None` for one that a closed enum does not have.
    fn from_text(text: &str) -> Option<Self>;
}

/// Makes a [`Record`] a [`Datum`](crate::Datum), and serialisable.
#[macro_export]
macro_rules! record {
    ($type:ty) => {
        impl $crate::Datum for $type {
            fn write(&self, _: &$crate::shape::Item, to: &mut $crate::Writer) {
                to.record(self);
            }

            fn read(value: $crate::reexport::Value) -> ::core::option::Option<Self> {
                $crate::record_of(value)
            }
        }

        impl $crate::reexport::Serialize for $type {
            fn serialize<S: $crate::reexport::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::reexport::serialize_record(self, serializer)
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $type {
            fn deserialize<D: $crate::reexport::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::reexport::deserialize_record(deserializer)
            }
        }
    };
}

/// Makes a [`Choice`] a [`Datum`](crate::Datum), and serialisable.
#[macro_export]
macro_rules! choice {
    ($type:ty) => {
        impl $crate::Datum for $type {
            fn write(&self, item: &$crate::shape::Item, to: &mut $crate::Writer) {
                to.word($crate::Choice::as_str(self), item);
            }

            fn read(value: $crate::reexport::Value) -> ::core::option::Option<Self> {
                $crate::Choice::from_text(value.as_str()?)
            }
        }

        impl $crate::reexport::Serialize for $type {
            fn serialize<S: $crate::reexport::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::Choice::as_str(self))
            }
        }

        impl<'de> $crate::reexport::Deserialize<'de> for $type {
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
