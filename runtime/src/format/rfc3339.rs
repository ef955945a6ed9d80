//! Days and instants, as RFC 3339 writes them (section 5.6).

use jiff::Timestamp;
use jiff::civil::Date;

/// The day of a text `YYYY-MM-DD`.
///
/// ```
/// assert!(evt_runtime::format::date("2027-01-31").is_some());
/// assert!(evt_runtime::format::date("2027-02-29").is_none());
/// ```
#[must_use]
pub fn date(text: &str) -> Option<Date> {
    if has_form(text, "dddd-dd-dd") { text.parse().ok() } else { None }
}

/// The instant of an RFC 3339 date-time, which has seconds and an offset. Digits of a second beyond nanoseconds are cut
/// off. A leap second, 23:59:60 in UTC, is read as the second before it.
///
/// The instant itself lies between 0000-01-01T00:00:00Z and 9999-12-30T22:00:00Z: one that an offset puts before is not
/// read, nor the last 26 hours of the year 9999, which [`jiff::Timestamp`] does not have.
///
/// ```
/// use evt_runtime::format::timestamp;
///
/// assert_eq!(timestamp("2027-01-31T08:30:00.5+01:00"), "2027-01-31T07:30:00.5Z".parse().ok());
/// assert_eq!(timestamp("2027-01-31T08:30:00.1234567899Z"), "2027-01-31T08:30:00.123456789Z".parse().ok());
/// assert_eq!(timestamp("2027-01-31T08:30:00"), None);
/// ```
#[must_use]
pub fn timestamp(text: &str) -> Option<Timestamp> {
    let (to_seconds, rest) = text.split_at_checked(19)?;
    let (to_minutes, seconds) = to_seconds.split_at(16);
    let (fraction, offset) = rest.split_at(rest.find(|at: char| at != '.' && !at.is_ascii_digit())?);
    if !has_form(to_seconds, "dddd-dd-ddTdd:dd:dd") || !is_fraction(fraction) || !is_offset(offset) {
        return None;
    }
    let is_leap = seconds == ":60";
    let seconds = if is_leap { ":59" } else { seconds };
    let nanoseconds = &fraction[..fraction.len().min(".123456789".len())];
    let instant: Timestamp = format!("{to_minutes}{seconds}{nanoseconds}{offset}").parse().ok()?;
    let second = instant.as_second();
    let ends_day = second.rem_euclid(SECONDS_OF_DAY) == SECONDS_OF_DAY - 1;
    (second >= FIRST_SECOND && (ends_day || !is_leap)).then_some(instant)
}

/// 0000-01-01T00:00:00Z, before which there are no four digits.
const FIRST_SECOND: i64 = -62_167_219_200;
const SECONDS_OF_DAY: i64 = 86_400;

/// Whether a text has digits where the form has `d`, and the form's characters elsewhere, letters in either case.
fn has_form(text: &str, form: &str) -> bool {
    let fits = |(at, form): (u8, u8)| {
        if form == b'd' { at.is_ascii_digit() } else { at.eq_ignore_ascii_case(&form) }
    };
    text.len() == form.len() && text.bytes().zip(form.bytes()).all(fits)
}

/// Nothing, or a point and at least one digit.
fn is_fraction(text: &str) -> bool {
    let digits = text.strip_prefix('.');
    text.is_empty()
        || digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|at| at.is_ascii_digit()))
}

/// `Z`, or hours below 24 and minutes below 60.
fn is_offset(text: &str) -> bool {
    let is_numeric = has_form(text, "+dd:dd") || has_form(text, "-dd:dd");
    has_form(text, "Z") || is_numeric && &text[1..3] < "24" && &text[4..] < "60"
}

#[cfg(test)]
mod tests {
    use super::{date, timestamp};

    #[test]
    fn what_rfc_3339_has_is_read() {
        for (text, instant) in [
            ("2027-01-31T08:30:00Z", "2027-01-31T08:30:00Z"),
            ("2027-01-31t08:30:00z", "2027-01-31T08:30:00Z"),
            ("2027-01-31T08:30:00+23:59", "2027-01-30T08:31:00Z"),
            ("2027-01-31T08:30:00-23:59", "2027-02-01T08:29:00Z"),
            ("2027-01-31T08:30:00-00:00", "2027-01-31T08:30:00Z"),
            ("2027-01-31T08:30:00.12345678999-08:00", "2027-01-31T16:30:00.123456789Z"),
            ("1990-12-31T15:59:60.5-08:00", "1990-12-31T23:59:59.5Z"),
            ("0000-02-29T00:00:00Z", "0000-02-29T00:00:00Z"),
        ] {
            assert_eq!(timestamp(text), Some(instant.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_rfc_3339_does_not_have_is_refused() {
        for text in [
            "2027-01-31T08:30:00",
            "2027-01-31T08:30Z",
            "2027-01-31T08Z",
            "2027-01-31 08:30:00Z",
            "20270131T083000Z",
            "2027-01-31T08:30:00,5Z",
            "2027-01-31T08:30:00.Z",
            "2027-01-31T08:30:00.5.5Z",
            "2027-01-31T08:30:00+01",
            "2027-01-31T08:30:00+0100",
            "2027-01-31T08:30:00+24:00",
            "2027-01-31T08:30:00+25:59",
            "2027-01-31T08:30:00+01:60",
            "2027-01-31T08:30:00+01:00:00",
            "2027-01-31T08:30:00+01:00[Europe/Berlin]",
            "2027-01-31T08:30:00\u{2212}01:00",
            "2027-01-31T24:00:00Z",
            "2027-01-31T08:60:00Z",
            "2027-01-31T08:30:61Z",
            "2027-01-31T08:30:60Z",
            "2027-02-29T08:30:00Z",
            "+002027-01-31T08:30:00Z",
            "0000-01-01T00:00:00+00:01",
            " 2027-01-31T08:30:00Z",
        ] {
            assert_eq!(timestamp(text), None, "{text}");
        }
    }

    #[test]
    fn days_have_four_two_and_two_digits() {
        assert!(date("2028-02-29").is_some());
        for text in ["2027-02-29", "2027-W04-7", "20270131T1", "2027-1-31", "2027-01-31Z", "-027-01-31"] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
