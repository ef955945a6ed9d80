//! What stands before a cluster: TLS, or a login. The mock has neither.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::cluster::Cluster;

/// A front on a port of its own, for a cluster of one broker.
pub(crate) struct Front {
    port: u16,
    /// What was said to log in: mechanisms, and the bytes.
    pub(crate) said: Arc<Mutex<Vec<String>>>,
}

/// What every connection needs.
#[derive(Clone)]
struct Way {
    /// `host:port` of the broker.
    broker: String,
    port: u16,
    /// What must be said by `PLAIN`, where something must.
    password: Option<&'static str>,
    said: Arc<Mutex<Vec<String>>>,
}

impl Front {
    /// Lets in who says this: `\0USER\0PASSWORD`.
    pub(crate) async fn locked(cluster: &Cluster, password: &'static str) -> Self {
        Self::new(cluster, Some(password), None).await
    }

    pub(crate) async fn secret(cluster: &Cluster, acceptor: TlsAcceptor) -> Self {
        Self::new(cluster, None, Some(acceptor)).await
    }

    async fn new(cluster: &Cluster, password: Option<&'static str>, acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (port, said) = (listener.local_addr().unwrap().port(), Arc::default());
        let front = Self { port, said: Arc::clone(&said) };
        let way = Way { broker: cluster.mock.bootstrap_servers(), port, password, said };
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (way, acceptor) = (way.clone(), acceptor.clone());
                tokio::spawn(async move {
                    match acceptor {
                        None => way.serve(client).await,
                        Some(acceptor) => way.serve(acceptor.accept(client).await.ok()?).await,
                    }
                });
            }
        });
        front
    }

    pub(crate) fn url(&self, scheme: &str, login: &str) -> String {
        format!("{scheme}://{login}localhost:{}", self.port)
    }
}

impl Way {
    /// Answers request by request: none stays without an answer.
    async fn serve(&self, mut client: impl AsyncRead + AsyncWrite + Unpin) -> Option<()> {
        let mut broker = TcpStream::connect(&self.broker).await.ok()?;
        while let Some(request) = read(&mut client).await {
            let response = match self.password.and_then(|password| self.own(&request, password)) {
                Some(body) => [&request[4..8], &body].concat(),
                None => {
                    write(&mut broker, &request).await?;
                    self.behind(read(&mut broker).await?)
                }
            };
            write(&mut client, &response).await?;
        }
        Some(())
    }

    /// The answer to what is about the login, and about what the broker can.
    fn own(&self, request: &[u8], password: &str) -> Option<Vec<u8>> {
        let version = number(&request[2..4]);
        // Behind key, version and number stands the client's name.
        let rest = &request[10 + usize::try_from(number(&request[8..10])).unwrap()..];
        match number(&request[..2]) {
            API_VERSIONS if version == 0 => Some([&[0, 0][..], &versions()].concat()),
            API_VERSIONS => Some([&UNSUPPORTED_VERSION.to_be_bytes()[..], &versions()].concat()),
            SASL_HANDSHAKE => {
                self.hear(&rest[2..]);
                Some(vec![0; 6])
            }
            SASL_AUTHENTICATE => {
                self.hear(&rest[4..]);
                let error = if &rest[4..] == password.as_bytes() { 0 } else { SASL_AUTHENTICATION_FAILED };
                Some([&error.to_be_bytes()[..], &[0, 5], b"wrong", &[0; 4]].concat())
            }
            _ => None,
        }
    }

    fn hear(&self, said: &[u8]) {
        self.said.lock().unwrap().push(String::from_utf8_lossy(said).into_owned());
    }

    /// The broker says where it is; who wants it there is to come here.
    fn behind(&self, mut response: Vec<u8>) -> Vec<u8> {
        let port = self.broker.rsplit_once(':').unwrap().1;
        let broker = place("127.0.0.1", port.parse().unwrap());
        let found: Vec<_> = response.windows(broker.len()).map(|window| window == broker).collect();
        for (at, _) in found.iter().enumerate().filter(|(_, is_it)| **is_it) {
            response[at..at + broker.len()].copy_from_slice(&place("localhost", self.port));
        }
        response
    }
}

const API_VERSIONS: i16 = 18;
const SASL_HANDSHAKE: i16 = 17;
const SASL_AUTHENTICATE: i16 = 36;
const UNSUPPORTED_VERSION: i16 = 35;
const SASL_AUTHENTICATION_FAILED: i16 = 58;

/// Requests that are understood: the key, and the first and last version.
fn versions() -> Vec<u8> {
    let known: [[i16; 3]; 8] =
        [[0, 3, 9], [1, 4, 11], [2, 0, 5], [3, 0, 9], [17, 0, 1], [18, 0, 0], [22, 0, 4], [36, 0, 0]];
    let numbers = known.iter().flatten().flat_map(|number| number.to_be_bytes());
    8_i32.to_be_bytes().into_iter().chain(numbers).collect()
}

/// A host and a port, as a response has them. Both hosts are of one length.
fn place(host: &str, port: u16) -> Vec<u8> {
    [host.as_bytes(), &i32::from(port).to_be_bytes()].concat()
}

fn number(bytes: &[u8]) -> i16 {
    i16::from_be_bytes(bytes.try_into().unwrap())
}

async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let length = stream.read_u32().await.ok()?;
    let mut bytes = vec![0; usize::try_from(length).unwrap()];
    stream.read_exact(&mut bytes).await.ok()?;
    Some(bytes)
}

async fn write(stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8]) -> Option<()> {
    let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
    stream.write_all(&[&length[..], bytes].concat()).await.ok()?;
    stream.flush().await.ok()
}
