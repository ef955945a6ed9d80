use evt_runtime::outbox::operator::Entry;
use evt_runtime::types::Timestamp;

use crate::listing::columns::{aligned, arranged};
use crate::visible::visible;

const HEADINGS: [&str; 7] = ["SEQ", "ID", "EVENT", "STATE", "ATTEMPTS", "SINCE", "ERROR"];
/// What is shortened, or left out, where the terminal is narrow; the first first.
const GIVE_WAY: [&str; 4] = ["ERROR", "SINCE", "ATTEMPTS", "EVENT"];

/// A table that fits into `width` columns of a terminal, of which the ids are cut last; empty without rows.
#[must_use]
pub fn entry_table(entries: &[Entry], width: usize) -> String {
    fitted(&HEADINGS, entries.iter().map(cells), width, &GIVE_WAY)
}

pub(super) fn fitted(
    headings: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    width: usize,
    give_way: &[&str],
) -> String {
    let mut table = vec![headings.iter().map(|heading| (*heading).to_owned()).collect()];
    table.extend(rows.map(|row| row.iter().map(|cell| visible(cell)).collect::<Vec<_>>()));
    if table.len() == 1 { String::new() } else { aligned(&arranged(&table, width, give_way), 0) }
}

fn cells(entry: &Entry) -> Vec<String> {
    vec![
        entry.seq.to_string(),
        entry.id.to_string(),
        format!("{}@{}", entry.event_name, entry.event_version),
        entry.state.as_str().to_owned(),
        entry.attempts.to_string(),
        second(since(entry)),
        error(entry),
    ]
}

/// When it came into its state.
fn since(entry: &Entry) -> Timestamp {
    entry.discarded_at.or(entry.dead_at).or(entry.published_at).unwrap_or(entry.created_at)
}

/// RFC 3339 with seconds.
pub(super) fn second(instant: Timestamp) -> String {
    format!("{instant:.0}")
}

pub(super) fn error(entry: &Entry) -> String {
    [&entry.error_code, &entry.error_text].into_iter().flatten().cloned().collect::<Vec<_>>().join(": ")
}
