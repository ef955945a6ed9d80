//! Rows that are made to do harm.

use std::sync::Mutex;
use std::thread::sleep;
use std::time::Duration;

use evt_runtime::outbox::operator::Outbox;
use evt_runtime::relay::{Deliveries, Delivery, Drained, Message, Outcome, Relay, Transport};

use crate::broker::Mood;
use crate::check::check;
use crate::database::wait;
use crate::stage::{Stage, on_both, until};

on_both! {
    payloads_of_16_mib_go_one_by_one
    a_payload_that_is_too_large_for_the_broker_dies_alone
    what_looks_like_headers_is_none
    a_message_over_which_a_transport_panics_dies_alone
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];
const LARGE: usize = 16 << 20;

/// Gives rows another payload, while no relay runs.
fn enlarge(stage: &Stage, condition: &str) {
    let letters = LARGE - 2;
    let payload = if stage.is_postgres() {
        format!("to_json(repeat('x', {letters}))")
    } else {
        format!(r#"'"' || replace(hex(zeroblob({letters} / 2)), '0', 'x') || '"'"#)
    };
    stage.farm.run(&format!("UPDATE evt_outbox SET payload = {payload} WHERE {condition}"));
}

fn payloads_of_16_mib_go_one_by_one(stage: &Stage) {
    stage.write(&KEYS.repeat(3));
    enlarge(stage, "seq IN (2, 3, 6, 11)");
    stage.broker.is(Mood::Stalls);
    let mut relay = stage.relay(BATCH);
    let large =
        || stage.broker.arrivals().iter().filter(|arrival| [2, 3, 6, 11].contains(&arrival.seq)).count();
    until("rows are on their way", 20, || !stage.broker.arrivals().is_empty());
    sleep(Duration::from_secs(1));
    assert!(large() <= 1, "{} in hand", large());
    stage.broker.is(Mood::WELL);
    stage.drains(60);
    relay.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

fn a_payload_that_is_too_large_for_the_broker_dies_alone(stage: &Stage) {
    stage.write(&KEYS.repeat(3));
    enlarge(stage, "seq = 2");
    stage.broker.of_row(2, Mood::Says(413));
    let mut relay = stage.relay(BATCH);
    stage.drains(60);
    relay.still_runs();
    assert_eq!((stage.count("state = 'dead'"), stage.count("seq = 2 AND last_error_code = '413'")), (1, 1));
    stage.verdict().lacks(&[2], 0);
}

fn what_looks_like_headers_is_none(stage: &Stage) {
    const FORGED: &str =
        "Cow/1\r\nx-forged: 1\r\ncontent-length: 0\r\n\r\nPOST / HTTP/1.1\r\nx-forged: 1\r\n\u{e9} %0D";
    stage.write(&KEYS.repeat(3));
    let line_breaks = if stage.is_postgres() { "E'\\r\\n'" } else { "char(13, 10)" };
    let forged = format!("'{}'", FORGED.replace("\r\n", &format!("' || {line_breaks} || '")));
    for column in
        ["partition_key", "aggregate_id", "aggregate_type", "source", "domain", "event_name", "fingerprint"]
    {
        stage.farm.run(&format!("UPDATE evt_outbox SET {column} = {forged} WHERE seq IN (2, 5)"));
    }
    stage.farm.run(&format!("UPDATE evt_outbox SET idempotency_key = {forged} WHERE seq = 8"));
    let json = serde_json::json!({ "traceparent": FORGED, "tracestate": FORGED, FORGED: FORGED }).to_string();
    stage
        .farm
        .run(&format!("UPDATE evt_outbox SET metadata = '{json}', payload = '{json}' WHERE seq IN (2, 9)"));
    let mut relay = stage.relay(BATCH);
    stage.drains(30);
    relay.still_runs();
    let arrivals = stage.broker.arrivals();
    assert!(arrivals.iter().all(|arrival| !arrival.is_forged));
    assert_eq!(arrivals.len(), stage.committed().len());
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

/// How a transport panics over the row at place 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panics {
    AtOnce,
    Later,
    WithAll,
}

/// A transport that panics, and notes what it accepts.
struct Panicking<'t> {
    how: Panics,
    taken: &'t Mutex<Vec<String>>,
}

impl Panicking<'_> {
    async fn take(&self, message: &Message) -> Outcome {
        tokio::task::yield_now().await;
        assert_ne!(message.seq, 2, "a test of panics");
        self.taken.lock().expect("nothing panics meanwhile").push(message.id.to_string());
        Outcome::Accepted
    }
}

impl Transport for Panicking<'_> {
    fn destination(&self) -> String {
        "test:".to_owned()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        assert!(self.how != Panics::AtOnce || message.seq != 2, "a test of panics");
        Box::pin(self.take(message))
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        (self.how == Panics::WithAll).then(|| -> Deliveries<'a> {
            assert!(messages.iter().all(|message| message.seq != 2), "a test of panics");
            Box::pin(async move {
                let mut outcomes = Vec::new();
                for message in messages {
                    outcomes.push(self.take(message).await);
                }
                outcomes
            })
        })
    }
}

fn a_message_over_which_a_transport_panics_dies_alone(stage: &Stage) {
    static TAKEN: [Mutex<Vec<String>>; 6] = [const { Mutex::new(Vec::new()) }; 6];
    stage.write(&KEYS.repeat(3));
    for (number, how) in [Panics::AtOnce, Panics::Later, Panics::WithAll].into_iter().enumerate() {
        let taken = &TAKEN[number * 2 + usize::from(stage.is_postgres())];
        let drained = wait(async {
            let outbox = Outbox::open(&stage.farm.url, "evt_outbox").expect("the farm has an outbox");
            let relay = Relay::to(outbox, Panicking { how, taken }).batch(BATCH);
            let relay = relay.max_attempts(2).backoff(Duration::ZERO, Duration::ZERO);
            relay.drain().await.expect("the relay runs")
        });
        assert_eq!((drained, stage.count("1 = 1")), (Drained::All, 1), "{how:?}");
        assert_eq!(stage.count("seq = 2 AND state = 'dead' AND last_error_code = 'panic'"), 1, "{how:?}");
        let taken = taken.lock().expect("nothing panics meanwhile").clone();
        check(&stage.committed(), taken.iter().map(String::as_str)).lacks(&[2], 0);
        again(stage);
    }
}

/// All rows are to be published once more.
fn again(stage: &Stage) {
    stage.farm.run(
        "DELETE FROM evt_outbox_work; DELETE FROM evt_outbox_published; \
         INSERT INTO evt_outbox_work (seq, content_seq, route, lane) SELECT seq, seq, route, lane FROM evt_outbox",
    );
}
