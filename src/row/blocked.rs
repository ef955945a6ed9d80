use evt_runtime::outbox::operator::BlockedKey;

use super::json::instant;
use super::table::{fitted, second};
use crate::listing::json_line::JsonLine;

const HEADINGS: [&str; 7] = ["KEY", "ROUTE", "WAITS FOR", "EVENT", "STATE", "SINCE", "HELD"];
const GIVE_WAY: [&str; 4] = ["ROUTE", "SINCE", "EVENT", "STATE"];

/// Keys whose events wait, as a table that fits into `width` columns; empty without keys.
#[must_use]
pub fn blocked_table(keys: &[BlockedKey], width: usize) -> String {
    fitted(&HEADINGS, keys.iter().map(cells), width, &GIVE_WAY)
}

fn cells(key: &BlockedKey) -> Vec<String> {
    vec![
        key.partition_key.clone(),
        key.route.clone(),
        key.head.to_string(),
        key.head_event.clone(),
        key.head_state.as_str().to_owned(),
        second(key.since),
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
