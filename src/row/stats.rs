use std::fmt::Write as _;

use evt_runtime::outbox::operator::{EventStats, Stats};

use super::facts::facts;
use super::json::instant;
use super::table::{Form, Shape, fitted};
use crate::listing::json_line::JsonLine;

const SHAPE: Shape =
    Shape { headings: &["EVENT", "WAITING", "DEAD", "DISCARDED"], cuts: &[("EVENT", 14)], leave_out: &[] };

/// How an outbox stands, for people. `paused` says what is.
#[must_use]
pub fn stats_text(stats: &Stats, paused: &[Option<String>], width: usize) -> String {
    let counts = [
        ("pending", stats.pending),
        ("retrying", stats.retrying),
        ("held", stats.held),
        ("published", stats.published),
        ("dead", stats.dead),
        ("discarded", stats.discarded),
        ("blocked keys", stats.blocked_keys),
    ];
    let mut rows: Vec<_> = counts.iter().map(|(name, count)| (*name, Some(count.to_string()))).collect();
    rows.push(("oldest waiting", stats.oldest.map(instant)));
    rows.push(("latest dead", stats.latest_dead.map(instant)));
    let names: Vec<_> = paused.iter().map(|event| event.as_deref().unwrap_or("everything")).collect();
    rows.push(("paused", (!names.is_empty()).then(|| names.join(", "))));
    let mut out = facts(&rows, 0);
    if !stats.events.is_empty() {
        let _ = write!(out, "\n{}", fitted(&SHAPE, &stats.events, cells, width));
    }
    out
}

fn cells(event: &EventStats, _: Form) -> Vec<String> {
    vec![
        event.event_name.clone(),
        event.waiting.to_string(),
        event.dead.to_string(),
        event.discarded.to_string(),
    ]
}

/// The same as one line of JSON.
#[must_use]
pub fn stats_json(stats: &Stats, paused: &[Option<String>]) -> String {
    let events: Vec<_> = stats.events.iter().map(event_json).collect();
    let count = |line: JsonLine, key, count: u64| line.json(key, &count.to_string());
    let line = count(JsonLine::new(), "pending", stats.pending);
    let line = count(line, "retrying", stats.retrying);
    let line = count(line, "held", stats.held);
    let line = count(line, "published", stats.published);
    let line = count(line, "dead", stats.dead);
    let line = count(line, "discarded", stats.discarded);
    count(line, "blocked_keys", stats.blocked_keys)
        .optional_text("oldest_waiting_at", stats.oldest.map(instant).as_deref())
        .optional_text("latest_dead_at", stats.latest_dead.map(instant).as_deref())
        .texts("paused", paused.iter().map(|event| event.as_deref().unwrap_or("*")))
        .json("events", &format!("[{}]", events.join(",")))
        .finish()
}

fn event_json(event: &EventStats) -> String {
    let line = JsonLine::new()
        .text("event", &event.event_name)
        .json("waiting", &event.waiting.to_string())
        .json("dead", &event.dead.to_string())
        .json("discarded", &event.discarded.to_string());
    line.finish().trim_end().to_owned()
}
