//! TLS is OpenSSL's here, which librdkafka is written for. Whom it trusts is the same as everywhere.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How many bytes make a line of 64 letters.
const LINE: usize = 48;

/// The certificates that this machine trusts, as PEM; `None` where there are none.
pub(super) fn certificates() -> Option<String> {
    let mut pem = String::new();
    for certificate in rustls_native_certs::load_native_certs().certs {
        pem.push_str("-----BEGIN CERTIFICATE-----\n");
        for line in certificate.chunks(LINE) {
            writeln!(pem, "{}", STANDARD.encode(line)).expect("a string takes what is written");
        }
        pem.push_str("-----END CERTIFICATE-----\n");
    }
    Some(pem).filter(|pem| !pem.is_empty())
}
