//! A line between a client and a server, which can be cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

pub(crate) struct Proxy {
    pub(crate) address: SocketAddr,
    server: String,
    connections: Arc<AtomicUsize>,
    task: Option<JoinHandle<()>>,
}

impl Proxy {
    /// A line to that server, `host:port`.
    pub(crate) async fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut proxy = Self { address, server: server.to_owned(), connections: Arc::default(), task: None };
        proxy.listen(listener);
        proxy
    }

    fn listen(&mut self, listener: TcpListener) {
        let (server, connections) = (self.server.clone(), Arc::clone(&self.connections));
        self.task = Some(tokio::spawn(async move {
            // Dropped with this task, and its lines with it.
            let mut lines = JoinSet::new();
            loop {
                let (mut client, _) = listener.accept().await.unwrap();
                connections.fetch_add(1, Ordering::Relaxed);
                let mut server = TcpStream::connect(&server).await.unwrap();
                lines.spawn(async move { copy_bidirectional(&mut client, &mut server).await });
            }
        }));
    }

    /// How many connections there have been.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    /// Ends all connections, and takes no new ones.
    pub(crate) async fn cut(&mut self) {
        let Some(task) = self.task.take() else { return };
        task.abort();
        drop(task.await);
    }

    pub(crate) async fn mend(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.listen(listener);
    }
}
