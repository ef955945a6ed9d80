//! Messages, and what is asked of answers.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::conformance;

/// The trace that [`message`]s are of.
pub(crate) const TRACEPARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// A name that nothing else has, on whatever server: an event, and so a topic, of a test's own.
pub(crate) fn name(of: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{of}_{}_{count}", uuid::Uuid::now_v7().simple())
}

/// An event of that name.
pub(crate) fn message(event: &str, seq: i64, payload: &str) -> Message {
    let aggregate_id = Some("Bella €".to_owned());
    Message {
        event_name: event.to_owned(),
        aggregate_id,
        ..conformance::message(seq, Some("Cow/7"), payload)
    }
}

/// What it answers to one event of that name.
pub(crate) async fn answer(transport: &dyn Transport, event: &str) -> Outcome {
    transport.deliver(&message(event, 1, "{}")).await
}

/// The code of a message that cannot be sent.
pub(crate) fn refused(outcome: &Outcome) -> &str {
    let Outcome::Refused { code, .. } = outcome else { panic!("it is not refused: {outcome:?}") };
    code
}

/// The code of what makes that nothing can be sent.
pub(crate) fn unavailable(outcome: &Outcome) -> &str {
    let Outcome::Unavailable { code, .. } = outcome else { panic!("it is not unavailable: {outcome:?}") };
    code
}

/// Asks until something is accepted; what was answered before is unavailable each time.
pub(crate) async fn comes_back(transport: &dyn Transport, event: &str) {
    let began = Instant::now();
    loop {
        let outcome = answer(transport, event).await;
        if outcome == Outcome::Accepted {
            return;
        }
        unavailable(&outcome);
        assert!(began.elapsed() < Duration::from_secs(20), "it does not come back: {outcome:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
