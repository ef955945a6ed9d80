//! Who sends, and to where.

use std::time::Duration;

use reqwest::{Client, Url, redirect};
use rustls::crypto::{CryptoProvider, ring};

use crate::transport::BadDestination;
use crate::transport::percent::decoded;

/// How long a connection is kept that nothing is sent on. Common servers close theirs after 5 seconds, and a request that
/// meets the closing fails.
const IDLE: Duration = Duration::from_secs(4);

/// The URL, where it is one of HTTP.
pub(super) fn url(text: &str) -> Result<Url, BadDestination> {
    let bad = |reason: String| BadDestination { reason };
    let mut url: Url = text.parse().map_err(|error| bad(format!("is no URL: {error}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(bad("begins neither with `http:` nor with `https:`".to_owned()));
    }
    url.set_fragment(None);
    Ok(url)
}

/// The URL without secrets: no user, and of the query only the names.
pub(super) fn shown(url: &Url) -> String {
    let mut shown = url.clone();
    // Neither can fail: a URL of HTTP has a host.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    let Some(query) = url.query() else { return shown.into() };
    let hidden = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) => format!("{name}=***"),
        None => "***".to_owned(),
    });
    let query = hidden.collect::<Vec<_>>().join("&");
    shown.set_query(None);
    format!("{shown}?{query}")
}

/// The password, as it is sent.
pub(super) fn password(url: &Url) -> String {
    String::from_utf8_lossy(&decoded(url.password().unwrap_or_default())).into_owned()
}

/// A client that goes only where it is sent to.
pub(super) fn client(url: &Url) -> Result<Client, BadDestination> {
    if CryptoProvider::get_default().is_none() {
        // Another thread may have been first, which is as good.
        let _ = ring::default_provider().install_default();
    }
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .pool_idle_timeout(IDLE)
        .user_agent(concat!("evt/", env!("CARGO_PKG_VERSION")));
    // A machine without certificates can do without HTTPS.
    let client = if url.scheme() == "https" { client } else { client.tls_certs_only([]) };
    client.build().map_err(|error| {
        let reason = format!("cannot be reached by HTTPS: {}", super::answer::causes(&error));
        BadDestination { reason }
    })
}
