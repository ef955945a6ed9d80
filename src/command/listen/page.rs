use evt_runtime::relay::Monitor;
use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Response, StatusCode};

use crate::command::interrupt::Interrupt;

/// What a page is about.
#[derive(Clone)]
pub(in crate::command) struct Watched {
    pub(in crate::command) monitor: Monitor,
    pub(in crate::command) interrupt: Interrupt,
}

type Page = Response<Full<Bytes>>;

const PAGES: &str = "/metrics, /livez and /readyz are served here";

impl Watched {
    /// The answer to a request.
    pub(super) async fn page(&self, method: &Method, path: &str) -> Page {
        if method != Method::GET && method != Method::HEAD {
            let mut page = told(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered");
            page.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return page;
        }
        match path {
            "/metrics" => page(StatusCode::OK, METRICS, self.monitor.metrics().await),
            // Nobody answers where the loop of the process does not run.
            "/livez" => told(StatusCode::OK, "it runs"),
            "/readyz" => self.ready(),
            _ => told(StatusCode::NOT_FOUND, PAGES),
        }
    }

    fn ready(&self) -> Page {
        // The relay itself notices that it is to stop when the database has answered what it was asked.
        if self.interrupt.flow().is_break() {
            return told(StatusCode::SERVICE_UNAVAILABLE, "the relay is told to stop");
        }
        match self.monitor.readiness() {
            Ok(()) => told(StatusCode::OK, "it publishes, or stands by"),
            Err(reason) => told(StatusCode::SERVICE_UNAVAILABLE, &reason.to_string()),
        }
    }
}

const METRICS: &str = "text/plain; version=0.0.4; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// A line for people.
fn told(status: StatusCode, text: &str) -> Page {
    page(status, TEXT, format!("{text}\n"))
}

fn page(status: StatusCode, media_type: &'static str, text: String) -> Page {
    let mut page = Response::new(Full::new(Bytes::from(text)));
    *page.status_mut() = status;
    page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    page.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    page
}
