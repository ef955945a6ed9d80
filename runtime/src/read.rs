use serde_json::{Map, Value};

use crate::check::check_json;
use crate::datum::Datum;
use crate::misfit::Misfits;
use crate::record::Record;
use crate::shape::{Field, Presence};

/// Reads a payload from JSON text.
///
/// # Errors
/// Text that is no JSON, and everything that the payload's types do not admit, by path.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// assert_eq!(evt_runtime::from_json(r#"{"weight":2.5}"#), Ok(CowFed::of(2.5)));
/// assert!(evt_runtime::from_json::<CowFed>("{}").is_err());
/// ```
pub fn from_json<R: Record>(text: &str) -> Result<R, Misfits> {
    let value = serde_json::from_str(text).map_err(|error| Misfits::whole(format!("is no JSON: {error}")))?;
    from_value(value)
}

/// Reads a payload from a JSON value.
///
/// # Errors
/// Everything that the payload's types do not admit, by path.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// assert_eq!(evt_runtime::from_value(serde_json::json!({ "weight": 2.5 })), Ok(CowFed::of(2.5)));
/// ```
pub fn from_value<R: Record>(value: Value) -> Result<R, Misfits> {
    check_json(R::shape(), &value)?;
    record_of(value).ok_or_else(|| Misfits::whole("does not fit its own table"))
}

/// A record of a value that was checked.
#[doc(hidden)]
#[must_use]
pub fn record_of<R: Record>(value: Value) -> Option<R> {
    let Value::Object(members) = value else { return None };
    R::read(&mut Parts { members, table: R::shape().fields.iter() })
}

/// The values of a record's fields, in the order of its table.
///
/// ```
/// use evt_runtime::{Parts, Record};
///
/// fn read<R: Record>(parts: &mut Parts) -> Option<R> {
///     R::read(parts)
/// }
/// ```
#[derive(Debug)]
pub struct Parts {
    members: Map<String, Value>,
    table: std::slice::Iter<'static, Field>,
}

impl Parts {
    /// The value of the next field.
    ///
    /// ```
    /// fn weight(parts: &mut evt_runtime::Parts) -> Option<f64> {
    ///     parts.take()
    /// }
    /// ```
    pub fn take<T: Datum>(&mut self) -> Option<T> {
        let field = self.table.next()?;
        let value = match (self.members.remove(field.name), field.presence) {
            (None, Presence::Default(text)) => serde_json::from_str(text).ok(),
            (value, _) => value,
        };
        T::read_field(value, field)
    }
}
