//! A way to a PostgreSQL server on which replies to `COMMIT` get lost, with the connection.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use crate::server::Server;

/// See the module.
pub(super) struct Road {
    pub(super) url: String,
    losses: Arc<Losses>,
}

#[derive(Default)]
struct Losses {
    /// After how many commits the next reply is lost; none where it is negative.
    left: AtomicI64,
    cuts: AtomicUsize,
}

impl Road {
    pub(super) fn to(server: &Server, database: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let url = format!("postgres://postgres@{address}/{database}?sslmode=disable");
        let (socket, losses) = (format!("{}/.s.PGSQL.5432", server.folder()), Arc::new(Losses::default()));
        let told = Arc::clone(&losses);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let server = UnixStream::connect(&socket).expect("the server runs");
                travel(client, server, &told);
            }
        });
        Self { url, losses }
    }

    /// The reply to the commit after so many is lost.
    pub(super) fn cut_in(&self, commits: i64) {
        self.losses.left.store(commits, Ordering::Relaxed);
    }

    /// How many replies were lost.
    pub(super) fn cuts(&self) -> usize {
        self.losses.cuts.load(Ordering::Relaxed)
    }
}

impl Losses {
    fn is_lost(&self) -> bool {
        self.left.fetch_sub(1, Ordering::Relaxed) == 1
    }
}

/// Carries what both say to each other.
fn travel(mut client: TcpStream, mut server: UnixStream, losses: &Arc<Losses>) {
    let is_lost = Arc::new(AtomicBool::new(false));
    let mut back = (server.try_clone().expect("it is open"), client.try_clone().expect("it is open"));
    let (lost, coming) = (Arc::clone(&is_lost), Arc::clone(losses));
    std::thread::spawn(move || {
        while let Some(bytes) = some(&mut client) {
            let is_commit = bytes.windows(7).any(|bytes| bytes == b"COMMIT\0");
            if is_commit && coming.is_lost() {
                is_lost.store(true, Ordering::Relaxed);
            }
            if server.write_all(&bytes).is_err() {
                break;
            }
        }
        // Its end may be gone.
        let _ = server.shutdown(Shutdown::Both);
    });
    let losses = Arc::clone(losses);
    std::thread::spawn(move || {
        while let Some(bytes) = some(&mut back.0) {
            if lost.load(Ordering::Relaxed) {
                // It is committed, and nobody hears of it.
                losses.cuts.fetch_add(1, Ordering::Relaxed);
                break;
            }
            if back.1.write_all(&bytes).is_err() {
                break;
            }
        }
        let _ = back.1.shutdown(Shutdown::Both);
    });
}

fn some(from: &mut impl Read) -> Option<Vec<u8>> {
    let mut bytes = vec![0; 8_192];
    let count = from.read(&mut bytes).ok().filter(|count| *count > 0)?;
    bytes.truncate(count);
    Some(bytes)
}
