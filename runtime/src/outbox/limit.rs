use std::sync::atomic::{AtomicUsize, Ordering};

/// 256 KiB.
const DEFAULT: usize = 256 << 10;
/// 16 MiB: what a relay can still hand to a broker.
const MOST: usize = 16 << 20;

static MAX_PAYLOAD: AtomicUsize = AtomicUsize::new(DEFAULT);

/// Sets how many bytes a payload may have in this process: 256 KiB unless set, at most 16 MiB. A larger one is
/// [`EmitError::TooLarge`](crate::EmitError::TooLarge).
///
/// ```
/// evt_runtime::outbox::set_max_payload(1 << 20);
/// ```
pub fn set_max_payload(bytes: usize) {
    MAX_PAYLOAD.store(bytes.min(MOST), Ordering::Relaxed);
}

pub(crate) fn max_payload() -> usize {
    MAX_PAYLOAD.load(Ordering::Relaxed)
}
