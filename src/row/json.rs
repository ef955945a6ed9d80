use evt_runtime::outbox::operator::Entry;
use evt_runtime::types::Timestamp;

use crate::listing::json_line::JsonLine;

/// A row as one line of JSON.
#[must_use]
pub fn entry_json(entry: &Entry) -> String {
    entry_line(entry).finish()
}

pub(super) fn entry_line(entry: &Entry) -> JsonLine {
    JsonLine::new()
        .json("seq", &entry.seq.to_string())
        .text("id", &entry.id.to_string())
        .text("event", &entry.event_name)
        .json("version", &entry.event_version.to_string())
        .text("state", entry.state.as_str())
        .text("route", &entry.route)
        .optional_text("partition_key", entry.partition_key.as_deref())
        .json("attempts", &entry.attempts.to_string())
        .text("created_at", &instant(entry.created_at))
        .text("occurred_at", &instant(entry.occurred_at))
        .optional_text("available_at", entry.available_at.map(instant).as_deref())
        .optional_text("published_at", entry.published_at.map(instant).as_deref())
        .optional_text("dead_at", entry.dead_at.map(instant).as_deref())
        .optional_text("dead_reason", entry.dead_reason.as_deref())
        .optional_text("discarded_at", entry.discarded_at.map(instant).as_deref())
        .json("key_went_on", if entry.key_went_on { "true" } else { "false" })
        .optional_text("error_code", entry.error_code.as_deref())
        .optional_text("error_text", entry.error_text.as_deref())
}

/// RFC 3339 with milliseconds.
pub(super) fn instant(instant: Timestamp) -> String {
    format!("{instant:.3}")
}
