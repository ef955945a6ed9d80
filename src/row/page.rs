use std::fmt::Write as _;

use evt_runtime::outbox::operator::{Attempt, EntryDetail};

use super::facts::facts;
use super::json::{entry_line, instant};
use super::table::error;
use crate::listing::json_line::JsonLine;
use crate::visible::{visible, visible_json};

/// All that is known of a row, for people. `payload` is what may be shown of it.
#[must_use]
pub fn page_text(detail: &EntryDetail, payload: &str) -> String {
    let entry = &detail.entry;
    let mut out =
        format!("{}@{}  {}\n\n", visible(&entry.event_name), entry.event_version, entry.state.as_str());
    let aggregate = detail.aggregate_type.as_ref().zip(detail.aggregate_id.as_ref());
    let version = detail.aggregate_version.map_or_else(String::new, |version| format!("@{version}"));
    out.push_str(&facts(
        &[
            ("id", Some(entry.id.to_string())),
            ("sent as", (detail.sent_id != entry.id).then(|| detail.sent_id.to_string())),
            ("place", Some(format!("{}, lane {} of route {}", entry.seq, detail.lane, entry.route))),
            ("key", entry.partition_key.clone()),
            ("aggregate", aggregate.map(|(kind, id)| format!("{kind}/{id}{version}"))),
            ("idempotency key", detail.idempotency_key.clone()),
            ("occurred at", Some(instant(entry.occurred_at))),
            ("stored at", Some(instant(entry.created_at))),
            ("next attempt at", entry.available_at.map(instant)),
            ("published at", entry.published_at.map(instant)),
            ("dead since", entry.dead_at.map(instant)),
            ("dead because of", entry.dead_reason.clone()),
            ("discarded at", entry.discarded_at.map(instant)),
            ("attempts", Some(entry.attempts.to_string())),
            ("last error", Some(error(entry)).filter(|error| !error.is_empty())),
            ("key went on", entry.key_went_on.then(|| "yes: a retry needs --allow-reorder".to_owned())),
            ("fingerprint", Some(detail.fingerprint.clone())),
            ("source", Some(detail.source.clone())),
            ("metadata", Some(detail.metadata.clone()).filter(|metadata| metadata != "{}")),
        ],
        0,
    ));
    let _ = writeln!(out, "\npayload\n  {}", visible_json(payload).replace('\n', "\n  "));
    if !detail.attempts.is_empty() {
        let rows: Vec<_> = detail.attempts.iter().map(attempt).collect();
        let _ = write!(out, "\nfailed attempts\n{}", crate::listing::columns::aligned(&rows, 2));
    }
    out
}

fn attempt(attempt: &Attempt) -> Vec<String> {
    let said = [&attempt.error_code, &attempt.error_text];
    vec![
        attempt.attempt.to_string(),
        instant(attempt.at),
        visible(&said.into_iter().flatten().cloned().collect::<Vec<_>>().join(": ")),
    ]
}

/// The same as one line of JSON. `payload` is what may be shown of it: JSON text.
#[must_use]
pub fn page_json(detail: &EntryDetail, payload: &str) -> String {
    let attempts: Vec<_> = detail.attempts.iter().map(attempt_json).collect();
    let mut line = entry_line(&detail.entry)
        .text("sent_id", &detail.sent_id.to_string())
        .text("fingerprint", &detail.fingerprint)
        .text("event_type", &detail.event_type)
        .text("process_type", &detail.process_type)
        .optional_text("domain", detail.domain.as_deref())
        .optional_text("subject", detail.subject.as_deref())
        .text("source", &detail.source)
        .json("lane", &detail.lane.to_string())
        .optional_text("idempotency_key", detail.idempotency_key.as_deref())
        .optional_text("aggregate_type", detail.aggregate_type.as_deref())
        .optional_text("aggregate_id", detail.aggregate_id.as_deref());
    if let Some(version) = detail.aggregate_version {
        line = line.json("aggregate_version", &version.to_string());
    }
    line.text("on_dead_letter", &detail.on_dead_letter)
        .json("payload", payload)
        .json("metadata", &detail.metadata)
        .json("failed_attempts", &format!("[{}]", attempts.join(",")))
        .finish()
}

fn attempt_json(attempt: &Attempt) -> String {
    let line = JsonLine::new()
        .json("attempt", &attempt.attempt.to_string())
        .text("at", &instant(attempt.at))
        .optional_text("relay", attempt.relay.as_deref())
        .optional_text("error_code", attempt.error_code.as_deref())
        .optional_text("error_text", attempt.error_text.as_deref());
    line.finish().trim_end().to_owned()
}
