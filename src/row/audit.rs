use evt_runtime::outbox::operator::AuditEntry;

use super::json::instant;
use super::table::{Form, Shape, fitted, when};
use crate::listing::json_line::JsonLine;

const SHAPE: Shape = Shape {
    headings: &["NUMBER", "AT", "WHO", "ACTION", "CHANGED", "LEFT", "WHICH", "WHY"],
    cuts: &[("WHY", 12)],
    leave_out: &["WHICH", "LEFT", "AT", "CHANGED", "NUMBER"],
};

/// What operators did, as a table that fits into `width` columns; empty without entries.
#[must_use]
pub fn audit_table(entries: &[AuditEntry], width: usize) -> String {
    fitted(&SHAPE, entries, cells, width)
}

fn cells(entry: &AuditEntry, form: Form) -> Vec<String> {
    vec![
        entry.number.to_string(),
        when(entry.at, form),
        entry.actor.clone(),
        entry.action.clone(),
        entry.changed.to_string(),
        entry.refused.to_string(),
        if entry.filter == "{}" { "all".to_owned() } else { entry.filter.clone() },
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
