//! What goes wrong, and what is said then.

mod arguments;
mod interrupted;
mod reaching;
mod refusing;

use evt_runtime::outbox::operator::{Bulk, Filter, Outbox, OutboxError, Retried};

use crate::both::{anna, dead, emit, go_on};
use crate::event::fed;

/// So many dead letters.
async fn dead_letters(outbox: &Outbox, count: usize) {
    for number in 0..count {
        let id = emit(outbox, fed(&number.to_string())).await;
        outbox.settle(id, &dead("413")).await.unwrap();
    }
}

async fn retry_all(outbox: &Outbox) -> Result<Retried, OutboxError> {
    outbox.retry(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await
}
