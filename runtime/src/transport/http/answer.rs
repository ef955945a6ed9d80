//! What an answer means for a message.

use std::error::Error;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::header::{DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use tokio::time::timeout;

use crate::relay::Outcome;

/// Statuses about one message alone.
const REFUSED: [u16; 5] = [400, 409, 413, 415, 422];
/// How much of a body is kept, in letters.
const KEPT: usize = 300;
/// How much of a body is read, in bytes: a connection is used again only when all was read.
const READ: usize = 64 << 10;
/// How long a body may take.
const BODY: Duration = Duration::from_secs(1);

/// What a status says. Nothing that the body does can change it.
pub(super) async fn answer(response: Response, password: &str) -> Outcome {
    let status = response.status();
    let retry_after = retry_after(response.headers());
    let body = body(response).await;
    if status.is_success() {
        return Outcome::Accepted;
    }
    let text = text(status, &body, password);
    let code = status.as_u16().to_string();
    if REFUSED.contains(&status.as_u16()) {
        return Outcome::refused(code, text);
    }
    Outcome::Unavailable { code, text, retry_after, is_down: false }
}

/// No answer.
pub(super) fn failed(error: reqwest::Error, patience: Duration) -> Outcome {
    if error.is_timeout() {
        return Outcome::unavailable("timeout", format!("no answer within {} s", patience.as_secs_f64()));
    }
    let code = if error.is_connect() { "connect" } else { "connection" };
    // The URL holds the password.
    Outcome::unavailable(code, causes(&error.without_url()))
}

/// An error with its causes, each told once.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}

fn text(status: StatusCode, body: &[u8], password: &str) -> String {
    let reason = status.canonical_reason().unwrap_or("no reason was given");
    let usual = if status.is_redirection() { "redirects are not followed" } else { reason };
    let body = String::from_utf8_lossy(body);
    let body =
        body.split(|sign: char| sign.is_whitespace() || sign.is_control()).filter(|word| !word.is_empty());
    let mut said = body.collect::<Vec<_>>().join(" ");
    if !password.is_empty() {
        said = said.replace(password, "***");
    }
    match said.char_indices().nth(KEPT) {
        _ if said.is_empty() => usual.to_owned(),
        Some((end, _)) => format!("{usual}: {}…", &said[..end]),
        None => format!("{usual}: {said}"),
    }
}

/// The beginning of a body.
async fn body(mut response: Response) -> Vec<u8> {
    let mut body = Vec::new();
    let reading = timeout(BODY, async {
        while let Ok(Some(chunk)) = response.chunk().await {
            body.extend_from_slice(&chunk);
            if body.len() > READ {
                break;
            }
        }
    });
    // Who is slow has said enough.
    let _ = reading.await;
    body
}

/// Source: <https://www.rfc-editor.org/rfc/rfc9110#field.retry-after>. A date counts from that of the answer, whose clock
/// it is.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let said = |name: HeaderName| headers.get(name)?.to_str().ok().map(str::trim);
    let asked = said(RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = |text: &str| DateTimeParser::new().parse_timestamp(text).ok();
    let from = said(DATE).and_then(date).unwrap_or_else(now);
    Duration::try_from(date(asked)?.duration_since(from)).ok()
}

#[expect(clippy::disallowed_methods, reason = "a server may say when without saying what time it is")]
fn now() -> Timestamp {
    Timestamp::now()
}
