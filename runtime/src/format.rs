//! The formats that strings and numbers of a payload have.

mod rfc3339;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

pub use rfc3339::{date, timestamp};

/// The most digits of a decimal.
pub const MAX_DECIMAL_DIGITS: usize = 28;

/// The whole number of 64 bits that a JSON number stands for: `1.0` and `1e2` are whole.
///
/// A number that is written with a fraction or an exponent is the double nearest to it. From 2⁵³ on doubles stand for
/// more than one whole number, so that such a one is not read: it might be another than the one that was written.
///
/// ```
/// use evt_runtime::format::whole_number;
///
/// assert_eq!(whole_number(&serde_json::json!(1e2)), Some(100));
/// assert_eq!(whole_number(&serde_json::from_str("9007199254740993")?), Some(9_007_199_254_740_993));
/// assert_eq!(whole_number(&serde_json::from_str("9007199254740993.0")?), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[must_use]
pub fn whole_number(value: &Value) -> Option<i64> {
    if let Some(whole) = value.as_i64() {
        return Some(whole);
    }
    let float = value.as_f64().filter(|float| float.abs() < FIRST_AMBIGUOUS && float.fract() == 0.0)?;
    #[expect(clippy::cast_possible_truncation, reason = "the range and the fraction are checked")]
    Some(float as i64)
}

/// 2⁵³, which is also the double nearest to 2⁵³ + 1.
const FIRST_AMBIGUOUS: f64 = 9_007_199_254_740_992.0;

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
