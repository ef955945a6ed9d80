//! Futures that somebody stops waiting for.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Polls a future so often, and drops it.
pub(crate) async fn abandon(polls: usize, future: impl Future<Output = ()>) {
    let mut future = pin!(future);
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 || future.as_mut().poll(context).is_ready() {
            return Poll::Ready(());
        }
        left -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
