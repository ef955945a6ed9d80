//! The Rust types of payload values.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::format;
use crate::shape::{Field, Item, Kind, Presence};
use crate::write::{Fields, Writer};

/// A value of a payload, as Rust has it.
///
/// ```
/// use evt_runtime::Datum;
///
/// assert_eq!(i64::read(serde_json::json!(7)), Some(7));
/// assert_eq!(Vec::<bool>::read(serde_json::json!([true, 1])), None);
/// ```
pub trait Datum: Sized {
    /// Writes it as JSON, and says what `item` does not admit.
    fn write(&self, item: &Item, to: &mut Writer);

    /// Reads it from a value that was checked.
    #[must_use]
    fn read(value: Value) -> Option<Self>;

    /// Writes it as the field `field`.
    #[doc(hidden)]
    fn write_field(&self, field: &'static Field, to: &mut Fields<'_>) {
        to.entry(field, self);
    }

    /// Reads the field `field`, `None` where it was left out.
    #[doc(hidden)]
    #[must_use]
    fn read_field(value: Option<Value>, _field: &'static Field) -> Option<Self> {
        Self::read(value?)
    }
}

/// Left out where the field is optional, else `null`.
impl<T: Datum> Datum for Option<T> {
    fn write(&self, item: &Item, to: &mut Writer) {
        match self {
            Some(value) => value.write(item, to),
            None => to.null(item),
        }
    }

    fn read(value: Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::read(value).map(Some) }
    }

    fn write_field(&self, field: &'static Field, to: &mut Fields<'_>) {
        match (field.presence, self) {
            (Presence::Optional, None) => {}
            (Presence::Optional, Some(value)) => to.entry(field, value),
            (Presence::Required | Presence::Default(_), _) => to.entry(field, self),
        }
    }

    fn read_field(value: Option<Value>, field: &'static Field) -> Option<Self> {
        match (field.presence, value) {
            (Presence::Optional, None) => Some(None),
            (Presence::Optional, Some(value)) => T::read(value).map(Some),
            (Presence::Required | Presence::Default(_), value) => Self::read(value?),
        }
    }
}

impl Datum for String {
    fn write(&self, item: &Item, to: &mut Writer) {
        to.text(self, item);
    }

    fn read(value: Value) -> Option<Self> {
        if let Value::String(text) = value { Some(text) } else { None }
    }
}

impl Datum for i64 {
    fn write(&self, item: &Item, to: &mut Writer) {
        to.refuse_if(item.bounds.and_then(|bounds| bounds.refuses_int(*self)));
        to.json(self);
    }

    fn read(value: Value) -> Option<Self> {
        format::whole_number(&value)
    }
}

impl Datum for f64 {
    fn write(&self, item: &Item, to: &mut Writer) {
        if !self.is_finite() {
            to.refuse("is not finite");
        }
        to.refuse_if(item.bounds.and_then(|bounds| bounds.refuses_float(*self)));
        to.json(self);
    }

    fn read(value: Value) -> Option<Self> {
        value.as_f64()
    }
}

impl Datum for bool {
    fn write(&self, _: &Item, to: &mut Writer) {
        to.json(self);
    }

    fn read(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

impl Datum for Decimal {
    fn write(&self, item: &Item, to: &mut Writer) {
        let number = if self.is_zero() { self.abs() } else { *self };
        let digits = to.shown(&number).bytes().filter(u8::is_ascii_digit).count();
        if digits > format::MAX_DECIMAL_DIGITS {
            to.refuse(format!("has more than {} digits", format::MAX_DECIMAL_DIGITS));
        }
        to.refuse_if(item.bounds.and_then(|bounds| bounds.refuses_decimal(number)));
    }

    fn read(value: Value) -> Option<Self> {
        format::decimal(value.as_str()?)
    }
}

/// A type that is written as text.
macro_rules! as_text {
    ($type:ty, $read:path) => {
        impl Datum for $type {
            fn write(&self, _: &Item, to: &mut Writer) {
                if to.shown(self).starts_with('-') {
                    to.refuse("is before the year 0".to_owned());
                }
            }

            fn read(value: Value) -> Option<Self> {
                $read(value.as_str()?)
            }
        }
    };
}

as_text!(Uuid, format::uuid);
as_text!(Timestamp, format::timestamp);
as_text!(Date, format::date);

impl Datum for Vec<u8> {
    fn write(&self, _: &Item, to: &mut Writer) {
        to.plain_text(&format::base64(self));
    }

    fn read(value: Value) -> Option<Self> {
        format::bytes(value.as_str()?)
    }
}

impl Datum for Value {
    fn write(&self, _: &Item, to: &mut Writer) {
        to.value(self);
    }

    fn read(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl<T: Datum> Datum for Vec<T> {
    fn write(&self, item: &Item, to: &mut Writer) {
        match item.kind {
            Kind::List(inner) => to.list(self, item, inner),
            _ => to.refuse("is a list in Rust alone"),
        }
    }

    fn read(value: Value) -> Option<Self> {
        let Value::Array(values) = value else { return None };
        values.into_iter().map(T::read).collect()
    }
}

impl<T: Datum> Datum for BTreeMap<String, T> {
    fn write(&self, item: &Item, to: &mut Writer) {
        match item.kind {
            Kind::Map(inner) => to.map(self.iter(), item, inner),
            _ => to.refuse("is a map in Rust alone"),
        }
    }

    fn read(value: Value) -> Option<Self> {
        let Value::Object(members) = value else { return None };
        members.into_iter().map(|(key, value)| Some((key, T::read(value)?))).collect()
    }
}
