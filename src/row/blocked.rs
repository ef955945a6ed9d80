use evt_runtime::outbox::operator::BlockedKey;

use super::json::instant;
use super::table::{Form, Shape, fitted, when};
use crate::listing::json_line::JsonLine;

const SHAPE: Shape = Shape {
    headings: &["KEY", "ROUTE", "WAITS FOR", "EVENT", "STATE", "SINCE", "HELD"],
    cuts: &[("EVENT", 14)],
    leave_out: &["ROUTE", "STATE", "SINCE", "EVENT", "KEY"],
};

/// Keys whose events wait, as a table that fits into `width` columns; empty without keys. Where that is narrow, what they
/// wait for is told by its place.
#[must_use]
pub fn blocked_table(keys: &[BlockedKey], width: usize) -> String {
    fitted(&SHAPE, keys, cells, width)
}

fn cells(key: &BlockedKey, form: Form) -> Vec<String> {
    vec![
        key.partition_key.clone(),
        key.route.clone(),
        match form {
            Form::Full => key.head.to_string(),
            Form::Narrow => key.head_seq.to_string(),
        },
        key.head_event.clone(),
        key.head_state.as_str().to_owned(),
        when(key.since, form),
        key.held.to_string(),
    ]
}

/// A key as one line of JSON.
#[must_use]
pub fn blocked_json(key: &BlockedKey) -> String {
    JsonLine::new()
        .text("partition_key", &key.partition_key)
        .text("route", &key.route)
        .text("head", &key.head.to_string())
        .text("head_event", &key.head_event)
        .text("head_state", key.head_state.as_str())
        .text("since", &instant(key.since))
        .json("halted", if key.halted { "true" } else { "false" })
        .json("held", &key.held.to_string())
        .finish()
}
