//! Text that tries to leave the value where it belongs.

use std::collections::BTreeMap;

use super::bench::Bench;
use super::rule::same_payloads;
use super::{Arrival, message};
use crate::relay::Message;
use crate::transport::percent::decoded;

/// What stands before the name of an attribute, by protocol.
const PREFIXES: [&str; 5] = ["", "ce-", "ce_", "cloudevents:", "cloudevents_"];

const HOSTILE: [&str; 7] = [
    "a\r\nevt-injected: 1\r\n\r\nGET / HTTP/1.1",
    "a\nevt-injected: 1",
    "nul\0byte",
    "quotes \" ' ` and \\ and %41 and ; , =",
    "Kuh 牛 😀 é",
    " spaces at both ends ",
    "\u{1}\u{7f}\u{80}\u{2028}\u{feff}",
];

/// Sends messages whose texts are hostile, and compares them with one whose are not.
pub(super) async fn hostile_text<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let plain = message(0, Some("Cow/7"), r#"{"hostile":false}"#);
    let hostile: Vec<_> = (1..).zip(HOSTILE).map(|(seq, text)| with_text(seq, text)).collect();
    let mut sent = Vec::new();
    for message in std::iter::once(&plain).chain(&hostile) {
        let outcome = bench.send(message).await;
        if bench.expect_accepted("hostile-text", &outcome) {
            sent.push(message);
        }
    }
    let arrivals = bench.arrivals(&sent).await;
    same_payloads(bench, &sent, &arrivals);
    let of = |message: &Message| arrivals.iter().find(|arrival| arrival.id == message.id.to_string());
    let Some(usual) = of(&plain) else { return };
    for (message, text) in hostile.iter().zip(HOSTILE) {
        let Some(arrival) = of(message) else { continue };
        let wrong = leaked(usual, arrival).into_iter().chain(lost(usual, arrival, message));
        for wrong in wrong.collect::<Vec<_>>() {
            bench.note("hostile-text", format!("{text:?}: {wrong}"));
        }
    }
}

fn with_text(seq: i64, text: &str) -> Message {
    let traceparent = format!("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01{text}");
    let metadata = serde_json::json!({ "traceparent": traceparent, "by": text });
    Message {
        subject: Some(text.to_owned()),
        aggregate_id: Some(text.to_owned()),
        idempotency_key: Some(text.to_owned()),
        // Line breaks between the tokens of JSON are allowed.
        metadata: format!("{metadata:#}"),
        ..message(seq, Some(text), r#"{"hostile":true}"#)
    }
}

/// Headers that the usual message has not, or fewer of.
fn leaked(usual: &Arrival, arrival: &Arrival) -> Vec<String> {
    let counted = |arrival: &Arrival| {
        let mut counts = BTreeMap::new();
        for (name, _) in &arrival.headers {
            *counts.entry(name.to_ascii_lowercase()).or_insert(0_usize) += 1;
        }
        counts
    };
    let usual = counted(usual);
    let is_new = |(name, count): &(String, usize)| *count > usual.get(name).copied().unwrap_or(0);
    let new = counted(arrival).into_iter().filter(is_new);
    new.map(|(name, _)| format!("it became a header {name:?}")).collect()
}

/// Attributes that are not there any more, or cut.
fn lost(usual: &Arrival, arrival: &Arrival, message: &Message) -> Vec<String> {
    let attributes = crate::transport::cloud_event::attributes(message);
    let has = |arrival: &Arrival, attribute: &str| attribute_of(arrival, attribute).map(str::to_owned);
    let known = attributes.iter().filter(|(name, _)| has(usual, name).is_some());
    let lost = known.filter_map(|(name, value)| match has(arrival, name) {
        None => Some(format!("the attribute `{name}` is missing")),
        Some(got) if got == *value || decoded(&got) == value.as_bytes() => None,
        Some(got) => Some(format!("the attribute `{name}` arrived as {got:?}")),
    });
    lost.collect()
}

/// The value of an attribute, whatever stands before its name.
fn attribute_of<'a>(arrival: &'a Arrival, attribute: &str) -> Option<&'a str> {
    let is_it = |name: &str| {
        let name = name.to_ascii_lowercase();
        PREFIXES.iter().any(|prefix| name.strip_prefix(prefix) == Some(attribute))
    };
    // A prefixed name counts first: a protocol may have a property of its own called `type` or `subject`.
    let found = arrival.headers.iter().filter(|(name, _)| is_it(name));
    found.max_by_key(|(name, _)| name.len()).map(|(_, value)| value.as_str())
}
