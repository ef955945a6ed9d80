//! Delivery inside of the process.

use crate::definition::ProcessType;
use crate::envelope::Envelope;
use crate::error::EmitError;

/// Hands an event that is not stored to what it is for.
pub(crate) fn deliver(envelope: &Envelope) -> Result<(), EmitError> {
    match envelope.definition.process_type {
        ProcessType::Telemetry => {
            trace(envelope);
            Ok(())
        }
        ProcessType::Inline
        | ProcessType::Background
        | ProcessType::Durable
        | ProcessType::Broker
        | ProcessType::Sourced => Ok(()),
    }
}

fn trace(envelope: &Envelope) {
    tracing::info!(event = envelope.definition.name, id = %envelope.id, "telemetry");
}
