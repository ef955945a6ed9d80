use super::{Scalar, Style};

/// What a scalar means by the core schema of YAML 1.2 (§ 10.3.2), where `no`, `on` and `yes` are text.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<'t> {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number without a fraction, as decimal digits with an optional `-`.
    Int(String),
    /// Any other finite number.
    Float(f64),
    /// `.inf` or `.nan`, which no payload can carry.
    NonFinite,
    /// Everything else.
    Text(&'t str),
}

/// Resolves a scalar; what stands in quotes is text.
#[must_use]
pub fn resolve<'t>(scalar: &'t Scalar<'_>) -> Resolved<'t> {
    let text = scalar.text.as_ref();
    if scalar.style == Style::Quoted {
        return Resolved::Text(text);
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Resolved::Null,
        "true" | "True" | "TRUE" => Resolved::Bool(true),
        "false" | "False" | "FALSE" => Resolved::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Resolved::NonFinite,
        _ => number(text).unwrap_or(Resolved::Text(text)),
    }
}

fn number<'t>(text: &str) -> Option<Resolved<'t>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Some(Resolved::NonFinite);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return u64::from_str_radix(digits, 8).ok().map(|n| Resolved::Int(n.to_string()));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return u64::from_str_radix(digits, 16).ok().map(|n| Resolved::Int(n.to_string()));
    }
    if is_digits(unsigned) {
        return Some(Resolved::Int(plain_integer(unsigned, text.starts_with('-'))));
    }
    if !is_float(unsigned) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Some(if value.is_finite() { Resolved::Float(value) } else { Resolved::NonFinite })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn plain_integer(digits: &str, negative: bool) -> String {
    let digits = digits.trim_start_matches('0');
    match (digits, negative) {
        ("", _) => "0".to_owned(),
        (digits, true) => format!("-{digits}"),
        (digits, false) => digits.to_owned(),
    }
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn is_float(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_is_number = match (whole, fraction) {
        ("", fraction) => is_digits(fraction),
        (whole, "") => is_digits(whole),
        (whole, fraction) => is_digits(whole) && is_digits(fraction),
    };
    mantissa_is_number
        && exponent.is_none_or(|digits| is_digits(digits.strip_prefix(['-', '+']).unwrap_or(digits)))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn plain(text: &str) -> Scalar<'_> {
        Scalar { text: Cow::Borrowed(text), style: Style::Plain }
    }

    #[test]
    fn words_of_yaml_1_1_are_text() {
        for text in ["no", "on", "yes", "off", "y", "1_000", "0b11", "12:30", "1e", "e1", ".", "-", "+", "0x"]
        {
            assert_eq!(resolve(&plain(text)), Resolved::Text(text), "{text}");
        }
    }

    #[test]
    fn numbers_follow_the_core_schema() {
        let int = |text: &str| Resolved::Int(text.to_owned());
        assert_eq!(resolve(&plain("012")), int("12"));
        assert_eq!(resolve(&plain("-0")), int("0"));
        assert_eq!(resolve(&plain("+7")), int("7"));
        assert_eq!(resolve(&plain("0o17")), int("15"));
        assert_eq!(resolve(&plain("0xfF")), int("255"));
        assert_eq!(resolve(&plain("1.")), Resolved::Float(1.0));
        assert_eq!(resolve(&plain(".5e1")), Resolved::Float(5.0));
        assert_eq!(resolve(&plain("1e999")), Resolved::NonFinite);
        assert_eq!(resolve(&plain("-.inf")), Resolved::NonFinite);
    }

    #[test]
    fn what_is_quoted_is_text() {
        let quoted = Scalar { text: Cow::Borrowed("12"), style: Style::Quoted };
        assert_eq!(resolve(&quoted), Resolved::Text("12"));
    }
}
