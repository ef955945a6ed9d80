//! A server that answers as the path says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// What was received.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// All that was received.
pub(crate) type Received = Arc<Mutex<Vec<Request>>>;

/// A server on a port of its own.
pub(crate) struct Server {
    pub(crate) port: u16,
    pub(crate) received: Received,
}

impl Server {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Received::default();
        let of_server = Arc::clone(&received);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&of_server)));
            }
        });
        Self { port, received }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn received(&self) -> Vec<Request> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn last(&self) -> Request {
        self.received().pop().unwrap()
    }
}

/// Answers the requests of a connection.
pub(crate) async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin, received: Received) {
    let mut stream = BufReader::new(stream);
    while let Some(request) = request(&mut stream).await {
        let path = request.path.clone();
        received.lock().unwrap().push(request);
        if path == "/dropped" {
            return;
        }
        if path == "/silent" {
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
        stream.write_all(answer(&path).as_bytes()).await.unwrap();
        if path == "/200/without-end" {
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    }
}

/// `/STATUS`, `/STATUS/retry-after/VALUE`, `/STATUS/says/BODY`, `/200/without-end`.
fn answer(path: &str) -> String {
    let path = decoded(path);
    let mut parts = path.trim_start_matches('/').splitn(3, '/');
    let status = parts.next().filter(|status| status.parse::<u16>().is_ok()).unwrap_or("200");
    let (more, body) = match (parts.next(), parts.next()) {
        (Some("retry-after"), Some(value)) => (format!("retry-after: {value}\r\n"), ""),
        (Some("says"), Some(body)) => (String::new(), body),
        (Some("without-end"), _) => (String::new(), "x"),
        _ => ("location: /200\r\n".to_owned(), ""),
    };
    let length = if path.ends_with("without-end") { 1000 } else { body.len() };
    let date = "date: Sat, 21 Nov 2026 07:28:00 GMT";
    format!("HTTP/1.1 {status} X\r\n{more}{date}\r\ncontent-length: {length}\r\n\r\n{body}")
}

/// A path without its percent signs.
fn decoded(path: &str) -> String {
    let mut parts = path.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(&part.as_bytes()[2..]);
    }
    String::from_utf8(bytes).unwrap()
}

/// A request, where one comes.
async fn request(stream: &mut (impl AsyncBufReadExt + Unpin)) -> Option<Request> {
    let first = line(stream).await?;
    let path = first.split(' ').nth(1)?.to_owned();
    let mut headers = Vec::new();
    while let Some((name, value)) = line(stream).await?.split_once(':') {
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut request = Request { path, headers, body: Vec::new() };
    request.body = vec![0; request.header("content-length").map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut request.body).await.ok()?;
    Some(request)
}

async fn line(stream: &mut (impl AsyncBufReadExt + Unpin)) -> Option<String> {
    let mut line = String::new();
    stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
    Some(line.trim_end().to_owned())
}
