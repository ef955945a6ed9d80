use crate::relay::{Message, Outcome};

use super::cloud_event;

/// A message as one line: its structured envelope. Line breaks in JSON can only stand between tokens, where a space says
/// the same.
pub(super) fn line(message: &Message) -> String {
    let mut line = cloud_event::structured(message);
    if line.contains(['\n', '\r']) {
        line = line.replace(['\n', '\r'], " ");
    }
    line.push('\n');
    line
}

/// The lines of messages.
pub(super) fn lines(messages: &[Message]) -> Vec<u8> {
    messages.iter().map(line).collect::<String>().into_bytes()
}

/// The answers where all was written at once: whoever wrote nothing answers for the first one, the others count as not
/// sent.
pub(super) fn answers(count: usize, outcome: Outcome) -> Vec<Outcome> {
    match outcome {
        outcome @ (Outcome::Accepted | Outcome::Duplicate) => vec![outcome; count],
        outcome @ (Outcome::Refused { .. } | Outcome::Unavailable { .. }) => vec![outcome],
    }
}

/// Runs what waits for a disk or a pipe on a thread of its own: a relay renews its leases meanwhile.
pub(super) async fn beside(write: impl FnOnce() -> Outcome + Send + 'static) -> Outcome {
    let written = tokio::task::spawn_blocking(write).await;
    written.unwrap_or_else(|error| Outcome::down("io", error.to_string()))
}
