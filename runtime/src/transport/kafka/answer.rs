//! What was said of a record, as an outcome. Codes: <https://kafka.apache.org/protocol#protocol_error_codes>; those below
//! zero are librdkafka's own.

use rdkafka::error::{KafkaError, RDKafkaErrorCode};

use super::super::link::late;
use crate::relay::Outcome;

/// Why a record was not accepted.
pub(super) struct Failure {
    pub(super) outcome: Outcome,
    /// Whether that is about this record, or about all: not about another one that it shared a batch or a producer with.
    pub(super) is_certain: bool,
}

/// What a record met, of which librdkafka gave it back.
pub(super) fn of(code: RDKafkaErrorCode) -> Failure {
    let (outcome, is_certain) = match code {
        RDKafkaErrorCode::MessageSizeTooLarge | RDKafkaErrorCode::MessageBatchTooLarge => {
            (Outcome::refused("too_large", code.to_string()), false)
        }
        RDKafkaErrorCode::InvalidRecord => (Outcome::refused(number(code), code.to_string()), false),
        RDKafkaErrorCode::InvalidTopic => (Outcome::refused("topic", code.to_string()), true),
        RDKafkaErrorCode::UnknownTopic
        | RDKafkaErrorCode::UnknownTopicOrPartition
        | RDKafkaErrorCode::UnknownPartition => (Outcome::unavailable("no_topic", code.to_string()), true),
        RDKafkaErrorCode::MessageTimedOut => (late("no acknowledgement"), true),
        RDKafkaErrorCode::TopicAuthorizationFailed => (of_broker(code), true),
        _ => (of_broker(code), false),
    };
    Failure { outcome, is_certain }
}

/// Whether it was not the record's turn: its producer was given up before.
pub(super) fn is_swept(code: RDKafkaErrorCode) -> bool {
    matches!(code, RDKafkaErrorCode::PurgeQueue | RDKafkaErrorCode::PurgeInflight | RDKafkaErrorCode::Fatal)
}

/// Why a producer goes on no more.
pub(super) fn of_fatal(code: RDKafkaErrorCode, said: String) -> Outcome {
    Outcome::unavailable(number(code), said)
}

/// Why there is no producer. Settings are not repeated: one is a password.
pub(super) fn of_start(error: &KafkaError) -> Outcome {
    let text = match error {
        KafkaError::ClientCreation(said) => said.clone(),
        KafkaError::ClientConfig(_, _, key, _) => format!("librdkafka does not take the setting `{key}`"),
        _ => "no producer could be made".to_owned(),
    };
    Outcome::unavailable("kafka", text)
}

pub(super) fn code(error: &KafkaError) -> RDKafkaErrorCode {
    error.rdkafka_error_code().unwrap_or(RDKafkaErrorCode::Fail)
}

fn of_broker(code: RDKafkaErrorCode) -> Outcome {
    Outcome::unavailable(number(code), code.to_string())
}

/// A broker's code is its number.
fn number(code: RDKafkaErrorCode) -> String {
    match code as i32 {
        broker @ 1.. => broker.to_string(),
        _ => "kafka".to_owned(),
    }
}
