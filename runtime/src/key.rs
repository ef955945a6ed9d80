//! Values that name something: the id of an aggregate, a partition key.

use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::record::Choice;

/// A value with one text, as a payload holds it.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` names no aggregate and orders nothing",
    label = "expected a text or a whole number that is always there"
)]
pub trait Key {
    /// The text.
    #[must_use]
    fn text(&self) -> String;
}

impl Key for String {
    fn text(&self) -> String {
        self.clone()
    }
}

impl<C: Choice> Key for C {
    fn text(&self) -> String {
        self.as_str().to_owned()
    }
}

impl Key for Decimal {
    fn text(&self) -> String {
        let number = if self.is_zero() { self.abs() } else { *self };
        number.to_string()
    }
}

macro_rules! shown {
    ($($type:ty),*) => {
        $(impl Key for $type {
            fn text(&self) -> String {
                self.to_string()
            }
        })*
    };
}

shown!(i64, Uuid, Timestamp, Date);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feeding::Status;

    #[test]
    fn a_key_is_the_text_that_the_payload_holds() {
        let texts = [
            "a \"b\"".to_owned().text(),
            7_i64.text(),
            Status::Open.text(),
            Decimal::new(1250, 2).text(),
            (-Decimal::new(0, 2)).text(),
            Uuid::nil().text(),
            Timestamp::UNIX_EPOCH.text(),
            jiff::civil::date(2027, 1, 31).text(),
        ];
        let uuid = "00000000-0000-0000-0000-000000000000";
        assert_eq!(
            texts,
            ["a \"b\"", "7", "open", "12.50", "0.00", uuid, "1970-01-01T00:00:00Z", "2027-01-31"]
        );
    }
}
