//! HTTPS, with a certificate that the machine trusts and without.
#![expect(clippy::disallowed_methods, reason = "a certificate is a file, and trust is a matter of a process")]

use std::sync::Arc;

use evt_runtime::relay::{Outcome, Transport};
use evt_runtime::transport::Http;
use evt_runtime::transport::conformance::message;
use rustls::ServerConfig;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::folder::Folder;
use crate::server::{Received, serve};

/// A server that signed its certificate itself: its port, and the certificate.
async fn secured() -> (u16, String) {
    let signed = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signed.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![signed.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(stream) = acceptor.accept(stream).await {
                tokio::spawn(serve(stream, Received::default()));
            }
        }
    });
    (port, signed.cert.pem())
}

#[tokio::test]
async fn a_certificate_that_nobody_trusts_is_unavailable() {
    let (port, _) = secured().await;
    let hook = Http::to(&format!("https://anna:hunter2@localhost:{port}/")).unwrap();
    let outcome = hook.deliver(&message(1, None, "{}")).await;
    let Outcome::Unavailable { code, text, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(code, "connect");
    assert!(text.contains("certificate") && !text.contains("hunter2"), "{text}");
}

/// What is below runs it in a process of its own, which trusts another certificate.
#[tokio::test]
async fn with_trust() {
    let Ok(url) = std::env::var("EVT_TEST_URL") else { return };
    assert_eq!(Http::to(&url).unwrap().deliver(&message(1, None, "{}")).await, Outcome::Accepted);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_certificate_that_the_machine_trusts_is_enough() {
    let (port, certificate) = secured().await;
    let folder = Folder::new("tls");
    let trusted = folder.file("trusted.pem");
    std::fs::write(&trusted, certificate).unwrap();
    let mut test = std::process::Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "tls::with_trust"]).env("SSL_CERT_FILE", trusted).env_remove("SSL_CERT_DIR");
    // Nobody listens there.
    test.env("HTTPS_PROXY", "http://127.0.0.1:1").env_remove("NO_PROXY");
    test.env("EVT_TEST_URL", format!("https://localhost:{port}/"));
    let output = tokio::task::spawn_blocking(move || test.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}");
}
