//! A message as a `CloudEvents` 1.0 envelope: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md>.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex_lite::Regex;
use serde_json::Value;

use crate::relay::Message;

/// An attribute: its name, of lower-case letters and digits, and its value, which is not empty.
pub type Attribute<'m> = (&'static str, Cow<'m, str>);

/// The media type of every payload.
pub const CONTENT_TYPE: &str = "application/json";
/// The media type of an envelope in one JSON text.
pub const STRUCTURED: &str = "application/cloudevents+json";

/// Source: <https://www.w3.org/TR/trace-context/#traceparent-header>
static TRACEPARENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$").expect("it is a regular expression")
});

/// The attributes of a message, required ones first: `specversion`, `id` (that of the content that is sent), `type` (the
/// event's name), `source`, `time`, `subject` (the aggregate's id), then the extensions `evtversion`, `evtfingerprint`,
/// `sequence` (20 digits), `partitionkey`, `idempotencykey`, `replaces`, `traceparent` and `tracestate` (both from the
/// metadata), and `evtmetadata` (the metadata, where there is some: JSON text). `datacontenttype` is left to the protocol.
///
/// ```
/// use evt_runtime::relay::Message;
/// use evt_runtime::transport::cloud_event;
///
/// fn header_names(message: &Message) -> Vec<String> {
///     cloud_event::attributes(message).iter().map(|(name, _)| format!("ce-{name}")).collect()
/// }
/// ```
#[must_use]
pub fn attributes(message: &Message) -> Vec<Attribute<'_>> {
    let metadata: Value = serde_json::from_str(&message.metadata).unwrap_or_default();
    let said = |key: &str| metadata.get(key).and_then(Value::as_str).map(|text| Cow::Owned(text.to_owned()));
    let is_some = metadata.as_object().is_some_and(|metadata| !metadata.is_empty());
    let maybe = |text: &'_ Option<String>| text.clone().map(Cow::Owned);
    let all = [
        ("specversion", Some(Cow::Borrowed("1.0"))),
        ("id", Some(Cow::Owned(message.id.to_string()))),
        ("type", Some(Cow::Borrowed(message.event_name.as_str()))),
        ("source", Some(Cow::Borrowed(message.source.as_str()))),
        ("time", Some(Cow::Owned(message.occurred_at.to_string()))),
        ("subject", maybe(&message.aggregate_id)),
        ("evtversion", Some(Cow::Owned(message.event_version.to_string()))),
        ("evtfingerprint", Some(Cow::Borrowed(message.fingerprint.as_str()))),
        ("sequence", Some(Cow::Owned(format!("{:020}", message.seq)))),
        ("partitionkey", maybe(&message.partition_key)),
        ("idempotencykey", maybe(&message.idempotency_key)),
        ("replaces", message.replaces.map(|id| Cow::Owned(id.to_string()))),
        ("traceparent", said("traceparent")),
        ("tracestate", said("tracestate")),
        ("evtmetadata", is_some.then_some(Cow::Borrowed(message.metadata.as_str()))),
    ];
    let said = all.into_iter().filter_map(|(name, value)| value.map(|value| (name, value)));
    said.filter(|(_, value)| !value.is_empty()).collect()
}

/// What lets a trace go on in the consumer: the headers `traceparent` and `tracestate` of the
/// [W3C](https://www.w3.org/TR/trace-context/), as the metadata has them. Anything may stand there: what is no trace is
/// left out. They stand beside the attributes, under names without any prefix, since that is where tracing looks.
///
/// ```
/// use evt_runtime::relay::Message;
/// use evt_runtime::transport::cloud_event;
///
/// fn is_traced(message: &Message) -> bool {
///     !cloud_event::trace_context(&cloud_event::attributes(message)).is_empty()
/// }
/// ```
#[must_use]
pub fn trace_context<'m>(attributes: &[Attribute<'m>]) -> Vec<Attribute<'m>> {
    let said = |wanted: &str| attributes.iter().find(|(name, _)| *name == wanted).cloned();
    let Some(parent) = said("traceparent").filter(|(_, parent)| TRACEPARENT.is_match(parent)) else {
        return Vec::new();
    };
    let is_clean = |(_, state): &Attribute<'_>| state.chars().all(|sign| matches!(sign, ' '..='~'));
    std::iter::once(parent).chain(said("tracestate").filter(is_clean)).collect()
}

/// The whole message in one JSON text, in the JSON format of `CloudEvents`. The payload stands in it byte by byte.
///
/// ```
/// use evt_runtime::relay::Message;
/// use evt_runtime::transport::cloud_event;
///
/// fn line(message: &Message) -> String {
///     cloud_event::structured(message) + "\n"
/// }
/// ```
#[must_use]
pub fn structured(message: &Message) -> String {
    let mut json = String::with_capacity(512 + message.payload.len() + message.metadata.len());
    json.push('{');
    for (name, value) in attributes(message) {
        write!(json, r#""{name}":{},"#, Value::from(value.as_ref())).expect("a string takes what is written");
    }
    write!(json, r#""datacontenttype":"{CONTENT_TYPE}","data":{}}}"#, message.payload)
        .expect("a string takes what is written");
    json
}

/// A value as an HTTP header holds it: spaces, `"`, `%`, control characters and whatever is not ASCII are percent-encoded.
/// Source: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#3132-http-header-values>
///
/// ```
/// use evt_runtime::transport::cloud_event::header_value;
///
/// assert_eq!(header_value("Cow/Bella"), "Cow/Bella");
/// assert_eq!(header_value("Euro € 😀"), "Euro%20%E2%82%AC%20%F0%9F%98%80");
/// assert_eq!(header_value("a\r\nb"), "a%0D%0Ab");
/// ```
#[must_use]
pub fn header_value(value: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'%';
    if value.bytes().all(is_plain) {
        return Cow::Borrowed(value);
    }
    let mut encoded = String::with_capacity(value.len() + 8);
    for byte in value.bytes() {
        if is_plain(byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes what is written");
        }
    }
    Cow::Owned(encoded)
}
