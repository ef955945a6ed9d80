use jiff::civil::Date;

use crate::event::Deprecation;
use crate::rule;
use crate::source::{Fields, Reporter, Resolved, Spanned, Value, resolve};

/// Reads `deprecated: true`, `deprecated: reason` or `deprecated: { reason, sunset }`.
pub fn read_deprecation(
    fields: &mut Fields<'_, '_>,
    reporter: &mut Reporter<'_>,
) -> Option<Box<Deprecation>> {
    let entry = fields.take("deprecated")?;
    match &entry.value.value {
        Value::Scalar(scalar) => match resolve(scalar) {
            Resolved::Bool(true) => Some(Box::default()),
            Resolved::Text(reason) if !reason.trim().is_empty() => {
                Some(Box::new(Deprecation { reason: Some(reason.to_owned()), sunset: None }))
            }
            _ => {
                reporter.wrong_kind(&entry.value, "`true`, a reason, or `{ reason, sunset }`");
                None
            }
        },
        Value::Sequence(_) => {
            reporter.wrong_kind(&entry.value, "`true`, a reason, or `{ reason, sunset }`");
            None
        }
        Value::Mapping(_) => {
            let mut keys = Fields::of(&entry.value, "`deprecated`", reporter)?;
            let reason = keys.text("reason", reporter).map(|text| text.value);
            let sunset = read_date(&mut keys, "sunset", reporter).map(|date| date.value);
            keys.finish(reporter);
            Some(Box::new(Deprecation { reason, sunset }))
        }
    }
}

/// Reads a day, `YYYY-MM-DD`.
pub(super) fn read_date(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<Spanned<Date>> {
    let text = fields.text(key, reporter)?;
    if let (10, Ok(date)) = (text.value.len(), text.value.parse()) {
        return Some(Spanned::new(date, text.span));
    }
    let message = format!("`{key}` is a day, `{}` is not", text.value);
    reporter.add(reporter.finding(&rule::WRONG_KIND, text.span, message).label("expected `YYYY-MM-DD`"));
    None
}
