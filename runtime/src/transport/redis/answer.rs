//! What the server said, as an outcome.

use redis::{ErrorKind, RedisError};

use super::super::link::late;
use crate::relay::Outcome;

/// Why a message was not added.
pub(super) fn of(error: RedisError) -> Outcome {
    if error.is_timeout() {
        return late("no answer");
    }
    let (code, text) = (code(&error), error.to_string());
    // The server answers so to the very command, and ends the connection.
    if text.contains("invalid bulk length") {
        return Outcome::refused("too_large", text);
    }
    // Without a password a server does not even read so long a command.
    if text.contains("unauthenticated") {
        return Outcome::unavailable("NOAUTH", text);
    }
    // A transaction says that it was not written, and beside that why.
    let causes = error.into_server_errors();
    let cause = causes.as_ref().and_then(|causes| causes.first());
    Outcome::unavailable(cause.map_or(code, |(_, cause)| cause.code().to_owned()), text)
}

/// A server's own code, such as `WRONGTYPE`.
fn code(error: &RedisError) -> String {
    match (error.code(), error.kind()) {
        (Some(code), _) => code.to_owned(),
        (None, ErrorKind::AuthenticationFailed) => "auth".to_owned(),
        (None, ErrorKind::Io) => "connection".to_owned(),
        (None, _) => "redis".to_owned(),
    }
}

/// Whether only another connection may lead to another answer: this one has ended or is stuck, another server stands
/// behind the address by now, or this one wants a password.
pub(super) fn is_end(outcome: &Outcome) -> bool {
    match outcome {
        Outcome::Accepted | Outcome::Duplicate => false,
        Outcome::Refused { .. } => true,
        Outcome::Unavailable { code, .. } => ENDS.contains(&code.as_str()),
    }
}

const ENDS: [&str; 7] = ["READONLY", "MASTERDOWN", "NOAUTH", "auth", "connection", "redis", "timeout"];
