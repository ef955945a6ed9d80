//! Brokers behind TLS, with a certificate that the machine trusts and without.
#![expect(clippy::disallowed_methods, reason = "a certificate is a file, and trust is a matter of a process")]

use std::sync::Arc;

use evt_runtime::relay::Outcome;
use evt_runtime::transport::{Topic, open};
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::broker::{self, NATS, Server, host_of};
use crate::folder::Folder;
use crate::sent::{answer, name, unavailable};

pub(crate) type Certified = rcgen::CertifiedKey<rcgen::KeyPair>;

pub(crate) fn certified() -> Certified {
    rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap()
}

/// What a server does first that has the certificate.
pub(crate) fn acceptor(certified: &Certified) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Puts TLS before a server, `host:port`: the port.
async fn secured(server: &str, certified: &Certified) -> u16 {
    let (acceptor, server) = (acceptor(certified), server.to_owned());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (acceptor, server) = (acceptor.clone(), server.clone());
            tokio::spawn(async move {
                let mut client = acceptor.accept(client).await.ok()?;
                let mut server = TcpStream::connect(server).await.ok()?;
                tokio::io::copy_bidirectional(&mut client, &mut server).await.ok()
            });
        }
    });
    port
}

/// The address of a server behind TLS.
async fn through(url: &str, certified: &Certified) -> String {
    let port = secured(host_of(url), certified).await;
    url.replace(host_of(url), &format!("localhost:{port}")).replacen("://", "s://", 1)
}

/// A broker that has the certificate is not trusted; in a process that trusts it, it answers.
pub(crate) async fn is_a_matter_of_trust(url: String, certified: Certified) {
    let outcome = answer(&*open(&url, &Topic::default()).unwrap(), "cow_fed").await;
    unavailable(&outcome);
    assert!(format!("{outcome:?}").contains("certificate"), "{outcome:?}");

    let folder = Folder::new(&name("secured"));
    let trusted = folder.file("trusted.pem");
    std::fs::write(&trusted, certified.cert.pem()).unwrap();
    let mut test = std::process::Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "secured::with_trust"]);
    test.env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR").env("EVT_TEST_URL", url);
    let output = tokio::task::spawn_blocking(move || test.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}");
}

/// What is below runs it in a process of its own, which trusts another certificate.
#[tokio::test]
async fn with_trust() {
    let Ok(url) = std::env::var("EVT_TEST_URL") else { return };
    let outcome = answer(&*open(&url, &Topic::default()).unwrap(), &name("nobody")).await;
    // A broker that has no place for it has answered too.
    assert!(
        outcome == Outcome::Accepted || ["312", "no_stream"].contains(&unavailable(&outcome)),
        "{outcome:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn redis_with_tls_must_be_trusted() {
    let Some(url) = broker::redis() else { return };
    let certified = certified();
    is_a_matter_of_trust(through(url, &certified).await, certified).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn amqp_with_tls_must_be_trusted() {
    let Some(url) = broker::rabbit() else { return };
    let certified = certified();
    let url = through(&url, &certified).await;
    is_a_matter_of_trust(format!("{url}?exchange=amq.topic"), certified).await;
}

/// NATS says something before it goes over to TLS.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nats_with_tls_must_be_trusted() {
    let (certified, folder) = (certified(), Folder::new("nats"));
    let (certificate, key) = (folder.file("certificate.pem"), folder.file("key.pem"));
    std::fs::write(&certificate, certified.cert.pem()).unwrap();
    std::fs::write(&key, certified.signing_key.serialize_pem()).unwrap();
    let config = format!("tls {{ cert_file: {certificate:?}, key_file: {key:?} }}");
    let Some(server) = Server::configured(&NATS, &["-c", "config"], &config) else { return };
    let port = server.url().rsplit_once(':').unwrap().1.to_owned();
    is_a_matter_of_trust(format!("tls://localhost:{port}"), certified).await;
}
