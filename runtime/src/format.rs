//! The formats that strings and numbers of a payload have.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

/// The most digits of a decimal.
pub const MAX_DECIMAL_DIGITS: usize = 28;

/// The whole number of 64 bits that a JSON number stands for: `1.0` and `1e2` are whole.
///
/// ```
/// assert_eq!(evt_runtime::format::whole_number(&serde_json::json!(1e2)), Some(100));
/// ```
#[must_use]
pub fn whole_number(value: &Value) -> Option<i64> {
    if let Some(whole) = value.as_i64() {
        return Some(whole);
    }
    let float = value.as_f64().filter(|_| !value.is_u64())?;
    let in_range = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&float);
    #[expect(clippy::cast_possible_truncation, reason = "the range and the fraction are checked")]
    (in_range && float.fract() == 0.0).then_some(float as i64)
}

/// The number of a text `-?(0|[1-9]\d*)(\.\d+)?` of at most 28 digits.
///
/// ```
/// assert!(evt_runtime::format::decimal("12.50").is_some());
/// assert!(evt_runtime::format::decimal("012").is_none());
/// ```
#[must_use]
pub fn decimal(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let has_form = digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    let count = unsigned.bytes().filter(u8::is_ascii_digit).count();
    if !has_form || count > MAX_DECIMAL_DIGITS {
        return None;
    }
    text.parse().ok()
}

/// The instant of an RFC 3339 text, which has an offset.
///
/// ```
/// assert!(evt_runtime::format::timestamp("2027-01-31T08:30:00+01:00").is_some());
/// assert!(evt_runtime::format::timestamp("2027-01-31T08:30:00").is_none());
/// ```
#[must_use]
pub fn timestamp(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let ends_in_offset =
        text.ends_with(['Z', 'z']) || bytes.len() > 6 && matches!(bytes[bytes.len() - 6], b'+' | b'-');
    let has_form = bytes.len() >= 20 && matches!(bytes[10], b'T' | b't') && ends_in_offset;
    if has_form { text.parse().ok() } else { None }
}

/// The day of a text `YYYY-MM-DD`.
///
/// ```
/// assert!(evt_runtime::format::date("2027-01-31").is_some());
/// ```
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// The UUID of a hyphenated text (RFC 9562).
///
/// ```
/// assert!(evt_runtime::format::uuid("01890a5d-ac96-774b-bcce-b302099a8057").is_some());
/// ```
#[must_use]
pub fn uuid(text: &str) -> Option<Uuid> {
    if text.len() == 36 { Uuid::try_parse(text).ok() } else { None }
}

/// The bytes of a padded base64 text (RFC 4648).
///
/// ```
/// assert_eq!(evt_runtime::format::bytes("aGk="), Some(b"hi".to_vec()));
/// ```
#[must_use]
pub fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// Bytes as padded base64.
pub(crate) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
