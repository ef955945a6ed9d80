use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use evt_runtime::relay::{Delivery, Message, Outcome, Transport};

/// Accepts everything at once.
#[derive(Clone, Default)]
pub(crate) struct Sink(Arc<AtomicU64>);

impl Sink {
    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Transport for Sink {
    fn destination(&self) -> String {
        "sink:".to_owned()
    }

    fn deliver<'a>(&'a self, _: &'a Message) -> Delivery<'a> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(Outcome::Accepted))
    }
}
