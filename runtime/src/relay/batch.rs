use tokio::time::Instant;
use tracing::Span;

use super::counts::Counts;

/// Messages that are handed over together. It ends when the last of them is answered, or let go.
#[derive(Debug)]
pub(crate) struct Batch {
    /// What is told of them stands in it.
    pub(crate) span: Span,
    began: Instant,
    counts: Counts,
}

impl Batch {
    /// The fields are those of OpenTelemetry: <https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/>.
    pub(crate) fn new(destination: &str, rows: usize, counts: Counts) -> Self {
        let span = tracing::debug_span!(
            "batch",
            otel.name = format_args!("send {destination}"),
            otel.kind = "client",
            messaging.system = "evt",
            messaging.operation.name = "send",
            messaging.operation.type = "send",
            messaging.destination.name = destination,
            messaging.batch.message_count = rows,
        );
        Self { span, began: Instant::now(), counts }
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.counts.numbers().batches.observe(self.began.elapsed());
    }
}
