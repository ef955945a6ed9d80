use evt_runtime::outbox::operator::AuditEntry;

use super::json::instant;
use super::table::{fitted, second};
use crate::listing::json_line::JsonLine;

const HEADINGS: [&str; 8] = ["NUMBER", "AT", "WHO", "ACTION", "CHANGED", "LEFT", "WHICH", "WHY"];
const GIVE_WAY: [&str; 4] = ["WHICH", "WHY", "LEFT", "AT"];

/// What operators did, as a table that fits into `width` columns; empty without entries.
#[must_use]
pub fn audit_table(entries: &[AuditEntry], width: usize) -> String {
    fitted(&HEADINGS, entries.iter().map(cells), width, &GIVE_WAY)
}

fn cells(entry: &AuditEntry) -> Vec<String> {
    vec![
        entry.number.to_string(),
        second(entry.at),
        entry.actor.clone(),
        entry.action.clone(),
        entry.changed.to_string(),
        entry.refused.to_string(),
        entry.filter.clone(),
        entry.reason.clone().unwrap_or_default(),
    ]
}

/// An entry as one line of JSON.
#[must_use]
pub fn audit_json(entry: &AuditEntry) -> String {
    JsonLine::new()
        .json("number", &entry.number.to_string())
        .text("at", &instant(entry.at))
        .optional_text("ended_at", entry.ended_at.map(instant).as_deref())
        .text("actor", &entry.actor)
        .optional_text("role", entry.role.as_deref())
        .text("action", &entry.action)
        .optional_text("reason", entry.reason.as_deref())
        .json("filter", &entry.filter)
        .json("changed", &entry.changed.to_string())
        .json("left", &entry.refused.to_string())
        .finish()
}
