//! What a relay asks of the database.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Message;
use super::hand::{Candidate, Lease, Pick, Settle};
use super::lane::Range;
use crate::outbox::operator::OutboxError;

/// The lanes of a relay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tenure {
    pub(crate) lanes: BTreeMap<u32, Lease>,
    /// How many it may have, with as many relays as live now.
    pub(crate) quota: usize,
    /// How many lanes were taken from relays that had ended disorderly.
    pub(crate) takeovers: u64,
    /// Where the route is published to by now, if that is somewhere else.
    pub(crate) moved_to: Option<String>,
    /// What could be seen on the way.
    pub(crate) glance: Glance,
}

/// What is known of lanes that are locked.
#[derive(Clone, Debug, Default)]
pub(crate) struct Locked {
    /// Those that are still this relay's, with their generations.
    pub(crate) lanes: Vec<(u32, i64)>,
    /// No row can appear any more up to this place: who writes one there has committed, or never will.
    pub(crate) horizon: i64,
    /// Whether everything is paused.
    pub(crate) is_paused: bool,
}

/// What can be seen without a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Glance {
    /// The last place that has a row which is not published.
    pub(crate) last: i64,
    /// Whether any row of the route is to be published, now or later.
    pub(crate) has_rows: bool,
}

/// Rows of the route that are not published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Remaining {
    /// Rows that could go now.
    pub(crate) due: u64,
    /// Rows that wait for their next attempt, or for one of their key.
    pub(crate) waiting: u64,
}

/// What is to be sent.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub(crate) messages: Vec<Message>,
    /// Rows that hold what no message does, and why: somebody wrote them by hand.
    pub(crate) unreadable: Vec<(i64, String)>,
}

/// The database.
pub(crate) trait Store: Send + Sync + 'static {
    type Turn<'s>: Turn
    where
        Self: 's;

    /// Begins a transaction.
    fn turn(&self) -> impl Future<Output = Result<Self::Turn<'_>, OutboxError>> + Send;

    /// Says that the relay lives, and how its connections do; extends its leases, and takes lanes that nobody has.
    fn renew(&self, breakers: &str) -> impl Future<Output = Result<Tenure, OutboxError>> + Send;

    fn glance(&self) -> impl Future<Output = Result<Glance, OutboxError>> + Send;

    fn remaining(&self) -> impl Future<Output = Result<Remaining, OutboxError>> + Send;
}

/// A transaction, which does these in this order, each once. Dropped, it does nothing.
pub(crate) trait Turn: Send {
    /// Locks lanes, given with their tokens.
    fn lock(&mut self, lanes: &[(u32, i64)]) -> impl Future<Output = Result<Locked, OutboxError>> + Send;

    /// Writes down what became of rows.
    fn settle(&mut self, settles: &[Settle]) -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// Reads rows that wait; `None` where they are for another destination by now.
    fn scan(
        &mut self,
        ranges: &[Range],
    ) -> impl Future<Output = Result<Option<Vec<Candidate>>, OutboxError>> + Send;

    /// Lets keys wait for rows: lane, key and row.
    fn block(
        &mut self,
        blocked: &[(u32, Arc<str>, i64)],
    ) -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// Reads what is to be sent.
    fn load(&mut self, picks: &[Pick]) -> impl Future<Output = Result<Loaded, OutboxError>> + Send;

    /// Notes what is in hand of lanes, and gives up the lanes `freed`.
    fn note(
        &mut self,
        notes: &[(u32, Vec<i64>)],
        freed: &[u32],
    ) -> impl Future<Output = Result<(), OutboxError>> + Send;

    fn commit(self) -> impl Future<Output = Result<(), OutboxError>> + Send;
}
