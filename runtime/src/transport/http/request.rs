//! A message as a request.

use jiff::Timestamp;
use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;

use crate::relay::Message;
use crate::transport::cloud_event::{self, Attribute};
use crate::transport::{Mode, WebhookSecret};

/// The request with all that the message says.
/// Source: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md>
pub(super) fn filled(
    request: RequestBuilder,
    message: &Message,
    mode: Mode,
    secrets: &[WebhookSecret],
) -> RequestBuilder {
    let attributes = cloud_event::attributes(message);
    let id = message.id.to_string();
    let request = traced(request, &attributes).header("idempotency-key", &id);
    match mode {
        Mode::Binary => {
            let request = request.header(CONTENT_TYPE, cloud_event::CONTENT_TYPE);
            let request = attributes.iter().fold(request, |request, (name, value)| {
                request.header(format!("ce-{name}"), cloud_event::header_value(value).as_ref())
            });
            signed(request, &id, message.payload.clone(), secrets)
        }
        Mode::Structured => {
            let request = request.header(CONTENT_TYPE, cloud_event::STRUCTURED);
            signed(request, &id, cloud_event::structured(message), secrets)
        }
    }
}

/// The trace goes on in the receiver.
fn traced(request: RequestBuilder, attributes: &[Attribute<'_>]) -> RequestBuilder {
    let trace = cloud_event::trace_context(attributes);
    trace.iter().fold(request, |request, (name, value)| request.header(*name, value.as_ref()))
}

/// Source: <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>
fn signed(request: RequestBuilder, id: &str, body: String, secrets: &[WebhookSecret]) -> RequestBuilder {
    if secrets.is_empty() {
        return request.body(body);
    }
    let timestamp = now().as_second();
    let signatures: Vec<_> =
        secrets.iter().map(|secret| secret.sign(id, timestamp, body.as_bytes())).collect();
    request
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp.to_string())
        .header("webhook-signature", signatures.join(" "))
        .body(body)
}

#[expect(clippy::disallowed_methods, reason = "receivers refuse what was not signed within the last minutes")]
fn now() -> Timestamp {
    Timestamp::now()
}
