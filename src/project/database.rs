//! The sections that the outbox commands read; here their form is checked.

use super::section;
use crate::rule;
use crate::source::{Fields, Reporter};

/// The outbox, where `evt.toml` does not name it.
pub(super) const DEFAULT_TABLE: &str = "evt_outbox";

/// Checks `[database]`, `[outbox]`, `[relay]` and `[doctor]`, and gives the outbox table.
pub(super) fn check_sections(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Option<String> {
    let table = section(fields, "database", reporter, |keys, reporter| {
        keys.text("url", reporter);
        let table = keys.text("table", reporter)?;
        if table.value.len() > MAX_TABLE_BYTES {
            let message = format!("a table's name has at most {MAX_TABLE_BYTES} bytes");
            reporter.add(reporter.finding(&rule::CONFIG_VALUE, table.span, message).label("too long"));
        }
        Some(table.value)
    });
    section(fields, "outbox", reporter, |keys, reporter| {
        at_least_one(keys, "max_attempts", reporter);
        quantity(keys, "max_payload", SIZES, "a size such as `256KiB`", reporter);
        quantity(keys, "retention", SPANS, "a time such as `30d`", reporter);
    });
    section(fields, "relay", reporter, |keys, reporter| {
        keys.text("to", reporter);
        keys.text("topic", reporter);
        at_least_one(keys, "batch", reporter);
        for key in ["lease", "grace", "backoff"] {
            quantity(keys, key, SPANS, "a time such as `30s`", reporter);
        }
    });
    section(fields, "doctor", reporter, |keys, reporter| {
        quantity(keys, "max_lag", SPANS, "a time such as `5m`", reporter);
        keys.count("max_new_dead", reporter);
        keys.count("max_blocked_keys", reporter);
    });
    table.flatten()
}

const MAX_TABLE_BYTES: usize = 40;
const SIZES: &[&str] = &["B", "KiB", "MiB"];
const SPANS: &[&str] = &["s", "m", "h", "d"];

/// A whole number of at least 1.
fn at_least_one(keys: &mut Fields<'_, '_>, key: &'static str, reporter: &mut Reporter<'_>) {
    if let Some(number) = keys.count(key, reporter)
        && number.value == 0
    {
        let finding = reporter.finding(&rule::CONFIG_VALUE, number.span, format!("`{key}` cannot be 0"));
        reporter.add(finding.label("expected at least 1"));
    }
}

/// A whole number with a unit.
fn quantity(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    units: &[&str],
    expected: &str,
    reporter: &mut Reporter<'_>,
) {
    let Some(text) = keys.text(key, reporter) else { return };
    let digits = text.value.len() - text.value.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.value.split_at(digits);
    if number.parse::<u64>().is_err() || !units.contains(&unit) {
        let finding =
            reporter.finding(&rule::CONFIG_VALUE, text.span, format!("`{key}` cannot be `{}`", text.value));
        reporter.add(finding.label(format!("expected {expected}")));
    }
}
