//! What is traced of a relay's work.

use evt_runtime::outbox::operator::Outbox;
use evt_runtime::relay::{Outcome, Transport as _};

use super::broker::Broker;
use super::quick;
use crate::both::{emit, on_both};
use crate::event::{fed, sold};
use crate::heard::Ear;

on_both! {
    a_batch_is_a_span_with_an_event_for_each_of_its_rows
}

async fn a_batch_is_a_span_with_an_event_for_each_of_its_rows(outbox: Outbox) {
    let place = format!("journal:{}-{}", outbox.table_name(), outbox.place());
    let broker = Broker::at(place.leak());
    let batches = Ear::new(&broker.destination());
    let secrets = ["payload-11", "request-22", "partition-33", "key-44"].map(Ear::new);
    let secretive = |note: &str| {
        fed(note)
            .metadata(serde_json::json!({ "request": "request-22", "traceparent": "request-22" }))
            .partition_key("partition-33")
            .idempotency_key("key-44")
    };
    let good = emit(&outbox, secretive("payload-11")).await;
    let bad = emit(&outbox, fed("bad")).await;
    let twice = emit(&outbox, sold("twice")).await;
    broker.answer("bad", Outcome::refused("422", "payload-11 is bad"));
    broker.answer("", Outcome::Duplicate);
    let rows = [good, bad, twice].map(|id| Ear::new(&id.to_string()));
    let relay = quick(&outbox, &broker).max_attempts(2);
    let counts = relay.counts();
    relay.drain().await.unwrap();
    assert_eq!((counts.published(), counts.duplicates(), counts.retried(), counts.dead()), (2, 1, 1, 1));

    let spans: Vec<_> = batches.heard().into_iter().filter(|text| text.starts_with("span batch\n")).collect();
    let all = spans.iter().find(|span| span.contains("messaging.batch.message_count=3\n"));
    let all = all.unwrap_or_else(|| panic!("three rows went together: {spans:?}"));
    for field in ["otel.kind=client", "messaging.operation.type=send", "messaging.system=evt"] {
        assert!(all.contains(&format!("{field}\n")), "{field} in {all}");
    }
    let [good_said, bad_said, twice_said] = rows.map(|row| messages(&row.heard()));
    assert_eq!(good_said, ["published"]);
    assert_eq!(twice_said, ["duplicate", "published"]);
    assert_eq!(bad_said, ["refused", "dead-lettered"]);
    for secret in secrets {
        assert_eq!(secret.heard(), <[String; 0]>::default());
    }
}

/// The messages of what a relay told of a row, each within its batch, with the name and the version of the event.
fn messages(heard: &[String]) -> Vec<String> {
    let told = heard.iter().filter(|text| text.contains("\nevent=cow_") && text.contains("\nversion=2\n"));
    let messages = told.map(|text| {
        assert!(text.contains("within batch\n"), "{text}");
        let message =
            text.lines().find_map(|line| line.strip_prefix("message=")).expect("an event says what");
        message.to_owned()
    });
    messages.collect()
}
