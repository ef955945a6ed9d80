//! The rules, one function each.

use std::task::Poll;

use super::bench::{Bench, answer, at_once};
use super::{Arrival, message};
use crate::relay::{Message, Outcome};

/// What is hard to pass on unchanged: number forms, every kind of escape, spaces, order and repetition of keys, depth.
const PAYLOADS: [&str; 8] = [
    r#"{"b":1.0,"a":1e2,"zero":-0.0,"small":5e-324,"long":12345678901234567890.1234567890}"#,
    r#"{"text":"Grüße, 牛, 😀, \u00e9, \ud83d\ude00, \", \\, \/, \b\f\n\r\t"}"#,
    r#"{"line separators":"\u2028 and   and  ","del":""}"#,
    r#"{ "spaces" : [ 1 , 2 ] , "none":[],"empty":{} }"#,
    r#"{"deep":[[[[[[[[[[[[[[[[{"er":[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]}]]]]]]]]]]]]]]]]}"#,
    r#"{"like an envelope":{"specversion":"1.0","id":"0","data":{"data":",\"data\":"}}}"#,
    r#""only a text""#,
    "null",
];

/// Bytes of a large message.
pub(super) const LARGE: usize = 1 << 20;

/// Gives the destination.
pub(super) fn destination<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) -> String {
    let name = bench.transport.destination();
    if name.is_empty() {
        bench.note("destination", "it is empty");
    }
    let authority =
        name.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or(""));
    let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
    if user.contains(':') || bench.secrets.iter().any(|secret| name.contains(secret)) {
        bench.note("destination", "it holds a password or another secret");
    }
    name
}

/// Sends every payload by itself.
pub(super) async fn payload_unchanged<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let messages: Vec<_> = (0..).zip(PAYLOADS).map(|(seq, payload)| message(seq, None, payload)).collect();
    let sent = bench.send_each("payload-unchanged", &messages).await;
    let arrivals = bench.arrivals(&sent).await;
    same_payloads(bench, &sent, &arrivals);
}

/// Sends some messages of one key one after the other.
pub(super) async fn order_by_key<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let messages = of_key("order", 40);
    let sent = bench.send_each("order-by-key", &messages).await;
    let arrivals = bench.arrivals(&sent).await;
    in_order(bench, "order-by-key", &sent, &arrivals);
}

/// Sends messages of many keys at once, those of one key one after the other.
pub(super) async fn keys_at_once<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let chains: Vec<_> = (0..24).map(|key| of_key(&format!("at once {key}"), 6)).collect();
    let transport = bench.transport;
    let ways = chains.iter().map(|chain| -> std::pin::Pin<Box<dyn Future<Output = Vec<Outcome>> + '_>> {
        Box::pin(async move {
            let mut answers = Vec::new();
            for message in chain {
                answers.push(answer(transport, message).await);
                if !answers.last().is_some_and(Outcome::is_accepted) {
                    break;
                }
            }
            answers
        })
    });
    let answers = at_once(ways.collect()).await;
    let mut sent = Vec::new();
    for (chain, answers) in chains.iter().zip(&answers) {
        sent.push(accepted(bench, "keys-at-once", chain, answers));
    }
    let arrivals = bench.arrivals(&sent.concat()).await;
    for chain in &sent {
        in_order(bench, "keys-at-once", chain, &arrivals);
    }
}

/// Sends one message twice, as a relay does that missed the answer.
pub(super) async fn sent_twice<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let twice = message(1, Some("twice"), r#"{"twice":true}"#);
    let messages = [twice.clone(), twice];
    let sent = bench.send_each("sent-twice", &messages).await;
    bench.arrivals(&sent).await;
}

/// Drops a delivery that has begun, then sends that message again, as a relay does that ran out of patience.
pub(super) async fn dropped<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let messages = of_key("dropped", 3);
    for message in &messages {
        let mut delivery = bench.transport.deliver(message);
        std::future::poll_fn(|context| {
            let _ = delivery.as_mut().poll(context);
            Poll::Ready(())
        })
        .await;
    }
    let sent = bench.send_each("dropped", &messages).await;
    let arrivals = bench.arrivals(&sent).await;
    same_payloads(bench, &sent, &arrivals);
}

/// Sends a message of 1 MiB.
pub(super) async fn large_message<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let large = message(1, Some("large"), &format!("\"{}\"", "m".repeat(LARGE)));
    match bench.send(&large).await {
        Outcome::Accepted | Outcome::Duplicate => {
            let arrivals = bench.arrivals(&[&large]).await;
            same_payloads(bench, &[&large], &arrivals);
        }
        Outcome::Refused { .. } => {}
        Outcome::Unavailable { code, text, .. } => {
            bench.note("large-message", format!("it counts as unavailable: {code}: {text}"));
        }
    }
}

/// Messages of one key.
pub(super) fn of_key(key: &str, count: i64) -> Vec<Message> {
    (0..count).map(|seq| message(seq, Some(key), &format!(r#"{{"n":{seq}}}"#))).collect()
}

/// The messages that were accepted; who was not is noted.
fn accepted<'m, R: AsyncFnMut() -> Vec<Arrival>>(
    bench: &mut Bench<'_, R>,
    rule: &'static str,
    chain: &'m [Message],
    answers: &[Outcome],
) -> Vec<&'m Message> {
    let mut sent = Vec::new();
    for (message, answer) in chain.iter().zip(answers) {
        bench.heard(answer);
        if bench.expect_accepted(rule, answer) {
            sent.push(message);
        }
    }
    sent
}

/// Notes payloads that changed.
pub(super) fn same_payloads<R: AsyncFnMut() -> Vec<Arrival>>(
    bench: &mut Bench<'_, R>,
    sent: &[&Message],
    arrivals: &[Arrival],
) {
    for message in sent {
        let id = message.id.to_string();
        let changed = |arrival: &&Arrival| arrival.id == id && arrival.payload != message.payload.as_bytes();
        if let Some(arrival) = arrivals.iter().find(changed) {
            let got = String::from_utf8_lossy(&arrival.payload);
            let (sent, got) = (shortened(&message.payload), shortened(&got));
            bench.note("payload-unchanged", format!("`{sent}` arrived as `{got}`"));
        }
    }
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(200).collect();
    if short.len() < text.len() { format!("{short}… ({} bytes)", text.len()) } else { short }
}

/// Notes messages whose first arrivals are not in their order: one may arrive again.
pub(super) fn in_order<R: AsyncFnMut() -> Vec<Arrival>>(
    bench: &mut Bench<'_, R>,
    rule: &'static str,
    sent: &[&Message],
    arrivals: &[Arrival],
) {
    let place = |message: &&Message| {
        let id = message.id.to_string();
        arrivals.iter().position(|arrival| arrival.id == id)
    };
    // Who did not arrive is told elsewhere.
    if !sent.iter().filter_map(place).is_sorted() {
        bench.note(rule, format!("{} messages of one key arrived in another order", sent.len()));
    }
}
