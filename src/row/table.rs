use evt_runtime::outbox::operator::Entry;
use evt_runtime::types::Timestamp;

use crate::listing::columns::{aligned, fits, narrowed};
use crate::visible::visible;

/// What a table shows, and what of it gives way where the terminal is narrow.
pub(super) struct Shape {
    pub(super) headings: &'static [&'static str],
    /// Columns that are shortened, and how wide they stay at least; the first first.
    pub(super) cuts: &'static [(&'static str, usize)],
    /// Columns that are left out where that is not enough; the first first.
    pub(super) leave_out: &'static [&'static str],
}

/// How much room a table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As much as it wants.
    Full,
    /// Too little: times are short.
    Narrow,
}

const SHAPE: Shape = Shape {
    headings: &["PLACE", "ID", "EVENT", "STATE", "ATTEMPTS", "SINCE", "ERROR"],
    cuts: &[("ERROR", 30), ("EVENT", 14), ("ERROR", 16)],
    leave_out: &["ID", "ATTEMPTS", "SINCE", "STATE", "EVENT"],
};

/// A table that fits into `width` columns of a terminal; empty without rows. Where that is narrow the place alone names
/// a row.
#[must_use]
pub fn entry_table(entries: &[Entry], width: usize) -> String {
    fitted(&SHAPE, entries, cells, width)
}

/// A table of `rows`, in full where it fits into `width` columns, else narrow; empty without rows.
pub(super) fn fitted<T>(
    shape: &Shape,
    rows: &[T],
    cells: impl Fn(&T, Form) -> Vec<String>,
    width: usize,
) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let table = |form| {
        let mut table = vec![shape.headings.iter().map(|heading| (*heading).to_owned()).collect()];
        table.extend(rows.iter().map(|row| cells(row, form).iter().map(|cell| visible(cell)).collect()));
        table
    };
    let full: Vec<Vec<String>> = table(Form::Full);
    if fits(&full, width) {
        return aligned(&full, 0);
    }
    aligned(&narrowed(table(Form::Narrow), width, shape.cuts, shape.leave_out), 0)
}

fn cells(entry: &Entry, form: Form) -> Vec<String> {
    vec![
        entry.seq.to_string(),
        entry.id.to_string(),
        format!("{}@{}", entry.event_name, entry.event_version),
        entry.state.as_str().to_owned(),
        entry.attempts.to_string(),
        when(since(entry), form),
        error(entry),
    ]
}

/// When it came into its state.
fn since(entry: &Entry) -> Timestamp {
    entry.discarded_at.or(entry.dead_at).or(entry.published_at).unwrap_or(entry.created_at)
}

/// RFC 3339 with seconds; where it is narrow month, day, hour and minute of the same clock, UTC: `11-21 16:08`.
pub(super) fn when(instant: Timestamp, form: Form) -> String {
    match form {
        Form::Full => format!("{instant:.0}"),
        Form::Narrow => instant.strftime("%m-%d %H:%M").to_string(),
    }
}

pub(super) fn error(entry: &Entry) -> String {
    said(entry.error_code.as_deref(), entry.error_text.as_deref())
}

/// `code: text` of an error, of which either may be missing.
pub(super) fn said(code: Option<&str>, text: Option<&str>) -> String {
    let parts = [code, text].into_iter().flatten().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(": ")
}
