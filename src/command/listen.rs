//! The web server of `evt outbox publish --listen`. It shares a thread with the relay, so whoever asks is bounded: in
//! number, in time and in bytes.

mod page;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

use crate::finding::Finding;
use crate::rule;

pub(super) use page::Watched;

/// How many connections there are at most: for one more, the oldest is given up.
const MOST: usize = 64;
/// How long a request may take to arrive, and how long all of it with its answer.
const REQUEST: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);
/// The bytes that a request may have.
const MOST_BYTES: usize = 16 << 10;
/// How long it waits where the machine gives no more connections.
const PAUSE: Duration = Duration::from_millis(200);

/// A server that has its address.
pub(super) struct Server(TcpListener);

impl Server {
    /// Takes an address.
    pub(super) async fn bind(address: SocketAddr) -> Result<Self, Box<Finding>> {
        let listener = TcpListener::bind(address).await;
        listener.map(Self).map_err(|error| Box::new(refused(address, &error)))
    }

    /// What it listens on: the port is one that was free where 0 was asked for.
    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }

    /// Answers until it is dropped.
    pub(super) async fn serve(self, watched: Watched) {
        let mut open: VecDeque<AbortHandle> = VecDeque::new();
        loop {
            let Ok((stream, _)) = self.0.accept().await else {
                sleep(PAUSE).await;
                continue;
            };
            open.retain(|connection| !connection.is_finished());
            // Who is slow keeps nobody out who is not.
            if open.len() >= MOST
                && let Some(oldest) = open.pop_front()
            {
                oldest.abort();
            }
            open.push_back(tokio::spawn(answer(stream, watched.clone())).abort_handle());
            tokio::task::yield_now().await;
        }
    }
}

/// Answers the one request of a connection.
async fn answer(stream: TcpStream, watched: Watched) {
    let service = service_fn(|request| {
        let watched = watched.clone();
        async move { Ok::<_, Infallible>(watched.page(request.method(), request.uri().path()).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(REQUEST)
        .keep_alive(false)
        .max_buf_size(MOST_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    // Whoever breaks off has said that it wants no answer.
    drop(timeout(WHOLE, connection).await);
}

fn refused(address: SocketAddr, error: &io::Error) -> Finding {
    let reason = match error.kind() {
        ErrorKind::AddrInUse => "another process listens there".to_owned(),
        ErrorKind::AddrNotAvailable => "this machine has no such address".to_owned(),
        ErrorKind::PermissionDenied => "that port is not for this user".to_owned(),
        _ => error.to_string(),
    };
    Finding::new(&rule::IO, format!("nothing can be served on {address}: {reason}"))
        .why("Whoever watches this relay would not see it.")
        .help("give another address to `--listen`; port 0 is any that is free")
}
