//! Webhooks.

use std::sync::Arc;
use std::time::Duration;

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::conformance::{Arrival, check, message};
use evt_runtime::transport::{Http, Mode, Options};

use crate::server::{Request, Server};

const SECRETS: [&str; 2] =
    ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD8kjdExsQzAE="];

/// What becomes of a message there.
async fn outcome(server: &Server, path: &str) -> Outcome {
    Http::to(&server.url(path)).unwrap().deliver(&message(1, Some("Cow/7"), r#"{"kg":2.50}"#)).await
}

/// The request that a message becomes.
async fn sent(message: &Message, options: &Options) -> Request {
    let server = Server::new().await;
    let hook = Http::with(&server.url("/hooks"), options).unwrap();
    assert_eq!(hook.deliver(message).await, Outcome::Accepted);
    server.last()
}

fn binary(request: &Request) -> Arrival {
    let mut arrival = Arrival::new(request.header("ce-id").unwrap(), request.body.as_slice());
    arrival.headers.clone_from(&request.headers);
    arrival
}

#[tokio::test]
async fn binary_webhooks_keep_what_a_relay_builds_on() {
    let server = Server::new().await;
    let url = server.url("/hooks").replace("//", "//anna:hunter2@");
    let hook = Http::to(&url).unwrap();
    check(&hook, &["hunter2"], async || server.received().iter().map(binary).collect()).await.unwrap();
}

#[tokio::test]
async fn structured_webhooks_keep_what_a_relay_builds_on() {
    let server = Server::new().await;
    let options =
        Options { mode: Mode::Structured, webhook_secrets: SECRETS.map(|text| text.parse().unwrap()).into() };
    let hook = Http::with(&server.url("/hooks"), &options).unwrap();
    let arrival =
        |request: &Request| Arrival::of_structured(std::str::from_utf8(&request.body).unwrap()).unwrap();
    check(&hook, &SECRETS, async || server.received().iter().map(arrival).collect()).await.unwrap();
}

#[tokio::test]
async fn a_binary_webhook_is_the_payload_under_headers() {
    let message = message(42, Some("Cow/7 é"), r#"{"kg":2.50}"#);
    let request = sent(&message, &Options::default()).await;
    let id = message.id.to_string();
    assert_eq!(request.body, message.payload.as_bytes());
    let expected = [
        ("content-type", "application/json"),
        ("idempotency-key", id.as_str()),
        ("ce-specversion", "1.0"),
        ("ce-id", id.as_str()),
        ("ce-type", "cow_fed"),
        ("ce-source", "/farm/barn"),
        ("ce-subject", "7"),
        ("ce-time", "1970-01-01T00:00:00Z"),
        ("ce-partitionkey", "Cow/7%20%C3%A9"),
        ("ce-sequence", "00000000000000000042"),
        ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
    ];
    for (name, value) in expected {
        assert_eq!(request.header(name), Some(value), "{name}");
    }
    assert_eq!(request.header("webhook-signature"), None);
}

#[tokio::test]
async fn a_structured_webhook_is_the_envelope() {
    let message = message(42, Some("Cow/7"), r#"{"kg":2.50}"#);
    let options = Options { mode: Mode::Structured, ..Options::default() };
    let request = sent(&message, &options).await;
    assert_eq!(request.header("content-type"), Some("application/cloudevents+json"));
    assert_eq!(request.header("ce-id"), None);
    assert_eq!(request.header("idempotency-key"), Some(message.id.to_string().as_str()));
    assert!(request.header("traceparent").is_some());
    assert!(request.body.ends_with(br#""data":{"kg":2.50}}"#));
}

#[tokio::test]
async fn a_trace_that_is_none_is_no_header_of_its_own() {
    for parent in ["", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nx: y", "a b"] {
        let metadata = serde_json::json!({ "traceparent": parent, "tracestate": "vendor=1" }).to_string();
        let request = sent(&Message { metadata, ..message(1, None, "{}") }, &Options::default()).await;
        assert_eq!(
            (request.header("traceparent"), request.header("tracestate"), request.header("x")),
            (None, None, None)
        );
    }
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let metadata = serde_json::json!({ "traceparent": parent, "tracestate": "vendor=1" }).to_string();
    let request = sent(&Message { metadata, ..message(1, None, "{}") }, &Options::default()).await;
    assert_eq!(request.header("tracestate"), Some("vendor=1"));
}

#[tokio::test]
async fn a_webhook_is_signed_with_each_secret() {
    let message = message(1, None, r#"{"kg":2.50}"#);
    let options =
        Options { webhook_secrets: SECRETS.map(|text| text.parse().unwrap()).into(), ..Options::default() };
    let request = sent(&message, &options).await;
    let said = |name| request.header(name).unwrap();
    assert_eq!(said("webhook-id"), message.id.to_string());
    let signed = format!("{}.{}.{}", message.id, said("webhook-timestamp"), message.payload);
    let keys = SECRETS.map(|secret| secret.trim_start_matches("whsec_"));
    let expected = keys.map(|key| format!("v1,{}", hmac(key, &signed))).join(" ");
    assert_eq!(said("webhook-signature"), expected);
    let age = now() - said("webhook-timestamp").parse::<i64>().unwrap();
    assert!((0..60).contains(&age), "{age}");
}

fn hmac(key: &str, text: &str) -> String {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use ring::hmac::{HMAC_SHA256, Key, sign};
    let key = Key::new(HMAC_SHA256, &STANDARD.decode(key).unwrap());
    STANDARD.encode(sign(&key, text.as_bytes()))
}

#[expect(clippy::disallowed_methods, reason = "a signature tells when it was made")]
fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

#[tokio::test]
async fn a_status_says_what_becomes_of_a_message() {
    let server = Server::new().await;
    for status in [200, 201, 202, 204, 299] {
        assert_eq!(outcome(&server, &format!("/{status}")).await, Outcome::Accepted, "{status}");
    }
    for status in [400, 409, 413, 415, 422] {
        let refused = outcome(&server, &format!("/{status}")).await;
        assert!(matches!(refused, Outcome::Refused { code, .. } if code == status.to_string()), "{status}");
    }
    for status in [300, 304, 401, 403, 404, 405, 408, 410, 429, 431, 500, 501, 502, 503, 504, 599] {
        let unavailable = outcome(&server, &format!("/{status}")).await;
        assert!(
            matches!(unavailable, Outcome::Unavailable { code, .. } if code == status.to_string()),
            "{status}"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let server = Server::new().await;
    for status in [301, 302, 303, 307, 308] {
        let expected = Outcome::unavailable(status.to_string(), "redirects are not followed");
        assert_eq!(outcome(&server, &format!("/{status}")).await, expected);
        assert_eq!(server.last().path, format!("/{status}"));
    }
}

#[tokio::test]
async fn a_server_says_when_to_come_back() {
    let server = Server::new().await;
    let asked = [
        ("120", Some(120)),
        ("Sat,%2021%20Nov%202026%2007:29:30%20GMT", Some(90)),
        ("Sat,%2021%20Nov%202026%2007:00:00%20GMT", None),
        ("soon", None),
        ("-5", None),
    ];
    for (value, seconds) in asked {
        let outcome = outcome(&server, &format!("/503/retry-after/{value}")).await;
        let Outcome::Unavailable { retry_after, .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(retry_after, seconds.map(Duration::from_secs), "{value}");
    }
}

#[tokio::test]
async fn what_a_server_says_is_told_in_one_short_line() {
    let server = Server::new().await;
    let said = |text: &str| Outcome::refused("422", format!("Unprocessable Entity: {text}"));
    assert_eq!(outcome(&server, "/422/says/kg%1B[31mis%09too%07much").await, said("kg [31mis too much"));
    let long = outcome(&server, &format!("/422/says/{}", "ä".repeat(1000))).await;
    assert_eq!(long, said(&format!("{}…", "ä".repeat(300))));
}

#[tokio::test]
async fn user_and_password_are_sent_and_never_told() {
    let server = Server::new().await;
    let url = server.url("/422/says/%68unter%202!").replace("//", "//anna:hunter%202!@");
    let hook = Http::to(&url).unwrap();
    let outcome = hook.deliver(&message(1, None, "{}")).await;
    assert_eq!(server.last().header("authorization"), Some("Basic YW5uYTpodW50ZXIgMiE="));
    assert_eq!(outcome, Outcome::refused("422", "Unprocessable Entity: ***"));
    assert!(!format!("{hook:?}{}", hook.destination()).contains("hunter"));
    let nobody = Http::to("http://anna:hunter2@127.0.0.1:1/").unwrap();
    let outcome = nobody.deliver(&message(1, None, "{}")).await;
    let Outcome::Unavailable { code, text, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(code, "connect");
    assert!(text.contains("refused") && !text.contains("hunter2") && !text.contains("anna"), "{text}");
}

#[tokio::test]
async fn a_connection_without_an_answer_is_unavailable() {
    let server = Server::new().await;
    let dropped = outcome(&server, "/dropped").await;
    assert!(matches!(dropped, Outcome::Unavailable { code, .. } if code == "connection"));
    let hook = Http::to(&server.url("/silent")).unwrap().patience(Duration::from_millis(200));
    let silent = hook.deliver(&message(1, None, "{}")).await;
    assert_eq!(silent, Outcome::unavailable("timeout", "no answer within 0.2 s"));
}

#[tokio::test(start_paused = true)]
async fn an_answer_has_ten_seconds() {
    let server = Server::new().await;
    let began = tokio::time::Instant::now();
    let silent = outcome(&server, "/silent").await;
    assert_eq!(silent, Outcome::unavailable("timeout", "no answer within 10 s"));
    assert_eq!(began.elapsed().as_secs(), 10);
}

#[tokio::test]
async fn a_receiver_has_64_connections_to_bear() {
    let server = Server::new().await;
    let hook = Arc::new(Http::to(&server.url("/silent")).unwrap().patience(Duration::from_mins(1)));
    for seq in 0..100 {
        let hook = Arc::clone(&hook);
        tokio::spawn(async move { hook.deliver(&message(seq, None, "{}")).await });
    }
    while server.received().len() < 64 {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(server.received().len(), 64);
}

#[tokio::test]
async fn a_body_that_does_not_end_changes_nothing() {
    let server = Server::new().await;
    assert_eq!(outcome(&server, "/200/without-end").await, Outcome::Accepted);
}
