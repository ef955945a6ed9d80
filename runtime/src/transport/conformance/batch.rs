//! What `deliver_all` promises.

use super::Arrival;
use super::bench::Bench;
use super::rule::{LARGE, in_order, of_key, same_payloads};
use crate::relay::{Message, Outcome};

const KEYS: [&str; 2] = ["batch a", "batch b"];

/// Sends messages all at once, where that is offered: one of 1 MiB is among them, which may be refused.
pub(super) async fn batch<R: AsyncFnMut() -> Vec<Arrival>>(bench: &mut Bench<'_, R>) {
    let mut messages: Vec<_> =
        of_key(KEYS[0], 5).into_iter().zip(of_key(KEYS[1], 5)).flat_map(<[_; 2]>::from).collect();
    messages[4].payload = format!("\"{}\"", "m".repeat(LARGE));
    let is_offered = bench.transport.deliver_all(&[]).is_some();
    let deliveries = bench.transport.deliver_all(&messages);
    if is_offered != deliveries.is_some() {
        bench.note(
            "batch",
            "`deliver_all` offers something else for no messages, by which a relay asks, than for ten",
        );
    }
    let Some(deliveries) = deliveries else { return };
    let answers = bench.within(deliveries).await.unwrap_or_default();
    if answers.len() > messages.len() {
        bench.note("batch", format!("{} messages got {} answers", messages.len(), answers.len()));
    }
    behind_one_that_was_not(bench, &messages, &answers);
    let pairs = messages.iter().zip(&answers);
    let sent: Vec<_> = pairs.filter(|(_, answer)| answer.is_accepted()).map(|(message, _)| message).collect();
    if sent.is_empty() {
        bench.note("batch", "none of ten messages was accepted");
    }
    let arrivals = bench.arrivals(&sent).await;
    same_payloads(bench, &sent, &arrivals);
    for key in KEYS {
        let of_key = sent.iter().filter(|message| message.partition_key.as_deref() == Some(key));
        in_order(bench, "batch", &of_key.copied().collect::<Vec<_>>(), &arrivals);
    }
}

/// Notes accepted messages behind one of their key that was not.
fn behind_one_that_was_not<R: AsyncFnMut() -> Vec<Arrival>>(
    bench: &mut Bench<'_, R>,
    messages: &[Message],
    answers: &[Outcome],
) {
    for answer in answers {
        bench.heard(answer);
    }
    for key in KEYS {
        let is_of_key = |(message, _): &(&Message, &Outcome)| message.partition_key.as_deref() == Some(key);
        let answers = messages.iter().zip(answers).filter(is_of_key).map(|(_, answer)| answer);
        let mut behind = answers.skip_while(|answer| answer.is_accepted());
        if behind.any(Outcome::is_accepted) {
            bench.note("batch", "a message was accepted behind one of its key that was not");
        }
    }
}
