use uuid::Uuid;

use crate::relay::Message;

/// A message to send: a new id, every other field filled, and always with the same.
///
/// ```
/// use evt_runtime::relay::Message;
/// use evt_runtime::transport::conformance::message;
///
/// let fed = Message { event_version: 4, ..message(1, Some("Cow/7"), r#"{"kg":2.50}"#) };
/// assert_eq!((fed.seq, fed.event_name.as_str()), (1, "cow_fed"));
/// ```
#[must_use]
pub fn message(seq: i64, key: Option<&str>, payload: &str) -> Message {
    let some = |text: &str| Some(text.to_owned());
    Message {
        seq,
        id: Uuid::now_v7(),
        event_name: "cow_fed".to_owned(),
        event_version: 3,
        fingerprint: "4b1c0f6de0a2".to_owned(),
        event_type: "domain".to_owned(),
        process_type: "broker".to_owned(),
        domain: some("farm"),
        subject: some("cow"),
        source: "/farm/barn".to_owned(),
        partition_key: key.map(str::to_owned),
        payload: payload.to_owned(),
        metadata: METADATA.to_owned(),
        occurred_at: jiff::Timestamp::UNIX_EPOCH,
        idempotency_key: Some(format!("feeding-{seq}")),
        aggregate_type: some("Cow"),
        aggregate_id: some("7"),
        aggregate_version: Some(seq),
        replaces: None,
        attempts: 0,
    }
}

const METADATA: &str =
    r#"{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","by":"Ann"}"#;
