//! What the broker said, as an outcome.

use lapin::{Confirmation, Error, ErrorKind};

use super::super::link::late;
use crate::relay::Outcome;

/// `PRECONDITION_FAILED`: what is wrong with this message, such as its size.
const PRECONDITION_FAILED: u16 = 406;

/// Whether a message has a place.
pub(super) fn of(confirmation: Confirmation) -> Result<(), Outcome> {
    match confirmation {
        Confirmation::Ack(None) => Ok(()),
        Confirmation::Ack(Some(returned)) | Confirmation::Nack(Some(returned)) => {
            let text = format!("the message came back: {}", returned.reply_text);
            Err(Outcome::unavailable(returned.reply_code.to_string(), text))
        }
        Confirmation::Nack(None) => {
            Err(Outcome::unavailable("nack", "the broker could not take the message"))
        }
        Confirmation::NotRequested => Err(Outcome::unavailable("amqp", "the broker confirms nothing")),
    }
}

/// What went wrong. The broker's own codes are those of
/// <https://www.rabbitmq.com/amqp-0-9-1-reference#constants>.
pub(super) fn of_error(error: &Error) -> Outcome {
    match error.kind() {
        ErrorKind::ProtocolError(said) => of_broker(said.get_id(), said.get_message().as_str()),
        ErrorKind::MissingHeartbeatError => late("no heartbeat"),
        ErrorKind::IOError(_)
        | ErrorKind::RuntimeShutdownError(_)
        | ErrorKind::InvalidChannelState(..)
        | ErrorKind::InvalidConnectionState(_) => Outcome::unavailable("connection", error.to_string()),
        _ => Outcome::unavailable("amqp", error.to_string()),
    }
}

fn of_broker(code: u16, text: &str) -> Outcome {
    match code {
        PRECONDITION_FAILED => Outcome::refused(code.to_string(), text),
        _ => Outcome::unavailable(code.to_string(), text),
    }
}
