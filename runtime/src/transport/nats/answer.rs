//! What the server said, as an outcome.

use std::error::Error as _;

use async_nats::jetstream::context::{PublishError, PublishErrorKind};
use async_nats::jetstream::{self, ErrorCode};
use async_nats::{ConnectError, ConnectErrorKind};

use super::super::link::late;
use crate::relay::Outcome;

/// Why a message was not acknowledged.
pub(super) fn of_publish(error: &PublishError) -> Outcome {
    let said = error.source().and_then(|source| source.downcast_ref::<jetstream::Error>());
    match (error.kind(), said) {
        (PublishErrorKind::MaxPayloadExceeded, _) => Outcome::refused("too_large", error.to_string()),
        (_, Some(said)) => of_stream(said),
        (PublishErrorKind::StreamNotFound, _) => Outcome::unavailable("no_stream", error.to_string()),
        (PublishErrorKind::TimedOut, _) => late("no acknowledgement"),
        (PublishErrorKind::BrokenPipe, _) => Outcome::unavailable("connection", error.to_string()),
        (
            PublishErrorKind::WrongLastMessageId
            | PublishErrorKind::WrongLastSequence
            | PublishErrorKind::MaxAckPending
            | PublishErrorKind::Other,
            _,
        ) => Outcome::unavailable("nats", error.to_string()),
    }
}

/// Only the two limits on the size of a message are about that message alone. Codes:
/// <https://github.com/nats-io/nats-server/blob/main/server/errors.json>
fn of_stream(said: &jetstream::Error) -> Outcome {
    let code = said.error_code().0.to_string();
    match said.error_code() {
        ErrorCode::STREAM_MESSAGE_EXCEEDS_MAXIMUM | ErrorCode::STREAM_HEADER_EXCEEDS_MAXIMUM => {
            Outcome::refused(code, said.to_string())
        }
        _ => Outcome::unavailable(code, said.to_string()),
    }
}

/// Why there is no connection.
pub(super) fn of_connect(error: &ConnectError) -> Outcome {
    let code = match error.kind() {
        ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation => "auth",
        ConnectErrorKind::TimedOut => "timeout",
        ConnectErrorKind::Tls => "tls",
        ConnectErrorKind::ServerParse
        | ConnectErrorKind::Dns
        | ConnectErrorKind::Io
        | ConnectErrorKind::MaxReconnects => "connection",
    };
    Outcome::unavailable(code, error.to_string())
}
