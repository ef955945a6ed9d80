//! One TLS stack for every connection: rustls with ring.

/// Makes ring what encrypts, unless this program chose something else. Clients that are built without a choice of their
/// own panic where several are linked and none was chosen.
pub(crate) fn choose_ring() {
    drop(rustls::crypto::ring::default_provider().install_default());
}
