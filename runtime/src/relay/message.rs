use jiff::Timestamp;
use uuid::Uuid;

/// A stored event as a transport gets it: what its row holds, whatever version it has.
///
/// ```
/// use evt_runtime::relay::Message;
///
/// fn topic(message: &Message) -> String {
///     format!("events.{}", message.event_name)
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its place in the outbox: events of one key are sent in this order.
    pub seq: i64,
    /// Its identity: a consumer that saw it before may drop it.
    pub id: Uuid,
    /// The event's name.
    pub event_name: String,
    /// The version of the payload.
    pub event_version: u32,
    /// The fingerprint of that version.
    pub fingerprint: String,
    /// `domain`, `integration` …
    pub event_type: String,
    /// `durable`, `broker` …
    pub process_type: String,
    /// The bounded context.
    pub domain: Option<String>,
    /// What it is about, as its definition says. (The attribute of `CloudEvents` is the aggregate's id.)
    pub subject: Option<String>,
    /// The `CloudEvents` source.
    pub source: String,
    /// What orders it: events without one have no order.
    pub partition_key: Option<String>,
    /// JSON text, the bytes that were stored.
    pub payload: String,
    /// What the writer said beside it: the JSON text of an object.
    pub metadata: String,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// What the writer says makes a second one a duplicate.
    pub idempotency_key: Option<String>,
    /// The type of the aggregate.
    pub aggregate_type: Option<String>,
    /// Which aggregate.
    pub aggregate_id: Option<String>,
    /// The version of the aggregate after the event.
    pub aggregate_version: Option<i64>,
    /// The event whose corrected content this is.
    pub replaces: Option<Uuid>,
    /// How often it was refused before.
    pub attempts: u32,
}
