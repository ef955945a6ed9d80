//! What `tracing` is told of emitted events: names, ids and versions, never what an event holds. The fields of spans are
//! those of OpenTelemetry: <https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/>.

use tracing::field::{Empty, display};
use tracing::{Level, Span, debug, span};

use super::Emitted;
use crate::definition::Definition;
use crate::envelope::Envelope;
use crate::error::EmitError;

macro_rules! emit_span {
    ($definition:expr, $($more:tt)*) => {{
        let definition: &Definition = $definition;
        span!(
            Level::DEBUG,
            "emit",
            otel.name = format_args!("emit {}", definition.name),
            otel.kind = "producer",
            otel.status_code = Empty,
            messaging.system = "evt",
            messaging.operation.name = "emit",
            messaging.operation.type = "create",
            event = definition.name,
            version = definition.version,
            process_type = definition.process_type.as_str(),
            $($more)*
        )
    }};
}

/// Around one event that is emitted.
pub(super) fn one(definition: &Definition) -> Span {
    emit_span!(definition, messaging.message.id = Empty)
}

/// Around several of one kind.
pub(super) fn several(definition: &Definition, count: usize) -> Span {
    emit_span!(definition, messaging.batch.message_count = count)
}

/// The event has its id.
pub(super) fn sealed(span: &Span, envelope: &Envelope) {
    span.record("messaging.message.id", display(envelope.id));
}

/// How it ended.
pub(super) fn ended<T>(span: &Span, result: Result<T, EmitError>) -> Result<T, EmitError> {
    if result.is_err() {
        span.record("otel.status_code", "ERROR");
    }
    result
}

/// What became of an event.
pub(super) fn emitted(definition: &Definition, emitted: Emitted) -> Emitted {
    let Definition { name: event, version, .. } = *definition;
    let process_type = definition.process_type.as_str();
    match emitted {
        Emitted::Enqueued { id, seq } => debug!(event, version, %id, process_type, seq, "emitted"),
        Emitted::Delivered { id } => debug!(event, version, %id, process_type, "emitted"),
        Emitted::Duplicate { id, seq } => debug!(event, version, %id, process_type, seq, "duplicate"),
    }
    emitted
}
