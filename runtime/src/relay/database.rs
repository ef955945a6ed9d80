//! The tables of the outbox, as a relay uses them, on both databases.

mod fail;
mod horizon;
mod lease;
mod load;
mod register;
mod remaining;
mod renewal;
mod scan;
mod turn;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use uuid::Uuid;

use super::Message;
use super::backoff::Backoff;
use super::failpoint::pass;
use super::hand::{Candidate, Standing};
use super::lane::Range;
use super::store::{Glance, Remaining, Store, Tenure};
use crate::outbox::Dialect;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::query::{Query, now};
use crate::outbox::operator::session::{Access, Session};
use crate::outbox::operator::{Outbox, OutboxError};
pub(crate) use horizon::Horizon;
use horizon::Sight;
pub(super) use register::Registration;
pub(crate) use turn::DatabaseTurn;

/// An outbox of which a relay serves one route.
#[derive(Debug)]
pub(crate) struct Database {
    pub(crate) outbox: Outbox,
    /// The relay's id, another one in each run.
    pub(crate) relay: Uuid,
    pub(crate) route: &'static str,
    /// Where it publishes to, for people, if all relays of the route have to agree on that.
    pub(crate) destination: Option<String>,
    pub(crate) lease: Duration,
    pub(crate) backoff: Backoff,
    /// The events that it serves; `None`: all of its route.
    pub(crate) events: Option<Vec<String>>,
    pub(crate) horizon: Mutex<Horizon>,
}

impl Store for Database {
    type Turn<'s> = DatabaseTurn<'s>;

    async fn turn(&self) -> Result<DatabaseTurn<'_>, OutboxError> {
        DatabaseTurn::begin(self).await
    }

    async fn renew(&self, breakers: &str) -> Result<Tenure, OutboxError> {
        renewal::renew(self, breakers).await
    }

    async fn glance(&self) -> Result<Glance, OutboxError> {
        let query = glance(Query::new(self.dialect(), "SELECT "), self.route);
        let mut row = self.only_row(query).await?;
        Ok(Glance { last: row.int()?, has_rows: row.truth()? })
    }

    async fn remaining(&self) -> Result<Remaining, OutboxError> {
        remaining::remaining(self).await
    }
}

/// Asks for a [`Glance`].
fn glance(query: Query, route: &str) -> Query {
    let query = query.push(
        "coalesce((SELECT max(seq) FROM {T_work}), 0), CAST(CAST(EXISTS (SELECT 1 FROM {T_work} \
         WHERE state IN ('pending', 'retrying') AND route = ",
    );
    query.text(route).push(") AS integer) AS bigint)")
}

impl Database {
    fn dialect(&self) -> Dialect {
        self.outbox.dialect()
    }

    /// Rows that could go now.
    pub(crate) async fn preview(&self, most: usize) -> Result<Vec<Message>, OutboxError> {
        let mut session = self.outbox.session(Access::Read).await?;
        let (lanes, mut ranges) = (lease::all(&mut session, self).await?, Vec::new());
        for lane in (0..).take(lanes) {
            ranges.push(Range { lane, after: 0, until: i64::MAX, limit: most });
        }
        let mut found = scan::scan(&mut session, self, &ranges).await?.unwrap_or_default();
        found.retain(|row| matches!(row.standing, Standing::Open | Standing::Head));
        found.sort_by_key(|row| row.seq);
        let picks: Vec<_> = found.iter().take(most).map(Candidate::pick).collect();
        Ok(load::load(&mut session, &picks).await?.messages)
    }

    /// Begins a transaction that writes. On PostgreSQL it ends when nothing is heard of the relay for one lease: who stands
    /// still, or is cut off, keeps no lane from others by its locks.
    async fn session(&self) -> Result<Session<'_>, OutboxError> {
        self.outbox.session(self.access()).await
    }

    fn access(&self) -> Access {
        Access::Relay { silent: self.lease }
    }

    async fn only_row(&self, query: Query) -> Result<Answer, OutboxError> {
        self.outbox.only_row(self.access(), query).await
    }

    fn horizon(&self, sight: Sight) -> i64 {
        self.horizon.lock().unwrap_or_else(PoisonError::into_inner).saw(self.dialect(), sight)
    }

    /// Says that the relay has ended, and gives up the lanes that it still has: those of rows that nobody has answered,
    /// and those that were taken for it when it looked no more. Where its connection is broken there is another one.
    pub(crate) async fn end(&self) -> Result<(), OutboxError> {
        match self.end_at_once().await {
            Ok(()) => Ok(()),
            Err(error) => {
                tracing::warn!(%error, "the lanes were not given back");
                self.end_at_once().await
            }
        }
    }

    async fn end_at_once(&self) -> Result<(), OutboxError> {
        let mut session = self.session().await?;
        let now = now(self.dialect());
        let stop = format!("UPDATE {{T_relay}} SET stopped_at = {now}, seen_at = {now} WHERE id = ");
        session.run(Query::new(self.dialect(), stop).id(self.relay)).await?;
        lease::release(&mut session, self).await?;
        pass!(Ending);
        session.commit().await
    }
}
