//! Dead letters: sent again, or given up.

use std::ops::ControlFlow;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::action::Record;
use super::entry::whole;
use super::query::{Query, beside, maybe_beside, now, time};
use super::search::{Search, held};
use super::session::{Access, Session};
use super::{Action, Filter, Operator, Outbox, OutboxError, State};
use crate::outbox::Dialect;

/// How many rows one transaction changes.
const BATCH: u64 = 500;
/// How many of the ids that were kept back are told.
const MOST_TOLD: usize = 100;

/// Whether events are sent that later ones of their key have overtaken.
///
/// ```
/// use evt_runtime::outbox::operator::Reorder;
///
/// assert_eq!(Reorder::default(), Reorder::Refused);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reorder {
    /// They stay dead.
    #[default]
    Refused,
    /// They are sent, behind those.
    Allowed,
}

/// How an action on many rows goes.
///
/// ```
/// use evt_runtime::outbox::operator::Bulk;
///
/// let slowly = Bulk { rate: Some(10), ..Bulk::default() };
/// assert_eq!(slowly.limit, None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bulk {
    /// Whether overtaken events are sent.
    pub reorder: Reorder,
    /// At most so many rows.
    pub limit: Option<u64>,
    /// At most so many rows a second.
    pub rate: Option<u32>,
}

/// What an action on dead letters did.
///
/// ```
/// assert_eq!(evt_runtime::outbox::operator::Retried::default().changed, 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retried {
    /// How many rows it changed.
    pub changed: u64,
    /// How many it left, because their key went on.
    pub kept_back: u64,
    /// The first hundred of those.
    pub kept_back_ids: Vec<Uuid>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// A key whose events wait.
///
/// ```
/// use evt_runtime::outbox::operator::BlockedKey;
///
/// fn waiting(keys: &[BlockedKey]) -> u64 {
///     keys.iter().map(|key| key.held).sum()
/// }
/// assert_eq!(waiting(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedKey {
    /// `durable` or `broker`.
    pub route: String,
    /// The key.
    pub partition_key: String,
    /// The event that it waits for.
    pub head: Uuid,
    /// That one's name.
    pub head_event: String,
    /// That one's state.
    pub head_state: State,
    /// Since when.
    pub since: Timestamp,
    /// Whether it waits for an operator.
    pub halted: bool,
    /// How many events wait.
    pub held: u64,
}

/// A dead letter that an action was given.
struct Picked {
    seq: i64,
    id: Uuid,
    route: String,
    lane: u32,
    went_on: bool,
}

impl Outbox {
    /// Sends dead letters again: their attempts count from 0. Rows whose key went on stay, unless that is allowed.
    ///
    /// Each 500 rows are a transaction of their own; after each, `watch` is told how many are done, and may stop it.
    ///
    /// # Errors
    /// What the database says; what was done before stays.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use evt_runtime::outbox::operator::{Bulk, Filter, Operator, Outbox, OutboxError};
    ///
    /// async fn retry_all(outbox: &Outbox) -> Result<u64, OutboxError> {
    ///     let anna = Operator::new("anna").because("the broker is back");
    ///     let go_on = &mut |_| ControlFlow::Continue(());
    ///     Ok(outbox.retry(&Filter::default(), Bulk::default(), &anna, go_on).await?.changed)
    /// }
    /// ```
    pub async fn retry(
        &self,
        filter: &Filter,
        bulk: Bulk,
        operator: &Operator,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Retried, OutboxError> {
        self.each_dead(Action::Retry, filter, bulk, operator, watch).await
    }

    /// Gives dead letters up. A key that waited for one goes on.
    ///
    /// # Errors
    /// As [`retry`](Self::retry).
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use evt_runtime::outbox::operator::{Bulk, Filter, Operator, Outbox, OutboxError};
    ///
    /// async fn discard(outbox: &Outbox, id: uuid::Uuid) -> Result<u64, OutboxError> {
    ///     let one = Filter { ids: vec![id], ..Filter::default() };
    ///     let anna = Operator::new("anna").because("a test event");
    ///     let go_on = &mut |_| ControlFlow::Continue(());
    ///     Ok(outbox.discard(&one, Bulk::default(), &anna, go_on).await?.changed)
    /// }
    /// ```
    pub async fn discard(
        &self,
        filter: &Filter,
        bulk: Bulk,
        operator: &Operator,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Retried, OutboxError> {
        let bulk = Bulk { reorder: Reorder::Allowed, ..bulk };
        self.each_dead(Action::Discard, filter, bulk, operator, watch).await
    }

    async fn each_dead(
        &self,
        action: Action,
        filter: &Filter,
        bulk: Bulk,
        operator: &Operator,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Retried, OutboxError> {
        let filter = &Filter { states: vec![State::Dead], ..filter.clone() };
        let mut done = Retried::default();
        let (mut after, mut record) = (0, None);
        loop {
            let left = bulk.limit.map_or(u64::MAX, |limit| limit.saturating_sub(done.changed));
            let size = left.min(bulk.rate.map_or(BATCH, |rate| u64::from(rate).clamp(1, BATCH)));
            if size == 0 {
                return Ok(done);
            }
            let mut session = self.session(Access::Write).await?;
            let picked = pick(&mut session, filter, after, size).await?;
            let Some(last) = picked.last() else { return Ok(done) };
            after = last.seq;
            let is_kept = |row: &&Picked| row.went_on && bulk.reorder == Reorder::Refused;
            let (kept, taken): (Vec<_>, Vec<_>) = picked.iter().partition(is_kept);
            let changed = change(&mut session, action, &taken).await?;
            if record.is_none() {
                record = Some(Record::begin(&mut session, operator, action, &described(filter, bulk)).await?);
            }
            if let Some(record) = &record {
                record.add(&mut session, changed, kept.len() as u64).await?;
            }
            session.commit().await?;
            done.changed += changed;
            done.kept_back += kept.len() as u64;
            let room = MOST_TOLD.saturating_sub(done.kept_back_ids.len());
            done.kept_back_ids.extend(kept.iter().take(room).map(|row| row.id));
            if watch(done.changed).is_break() {
                return Ok(Retried { stopped: true, ..done });
            }
            if let Some(rate) = bulk.rate {
                tokio::time::sleep(Duration::from_millis(size * 1_000 / u64::from(rate.max(1)))).await;
            }
        }
    }

    /// How many dead letters a filter names, and how many of them a retry would keep back.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Filter, Outbox, OutboxError};
    ///
    /// async fn dead(outbox: &Outbox) -> Result<u64, OutboxError> {
    ///     Ok(outbox.count_dead(&Filter::default()).await?.0)
    /// }
    /// ```
    pub async fn count_dead(&self, filter: &Filter) -> Result<(u64, u64), OutboxError> {
        let filter = &Filter { states: vec![State::Dead], ..filter.clone() };
        let search = Search::new(self.dialect(), filter);
        let counted = "SELECT count(*), count(CASE WHEN work.key_went_on THEN 1 END)";
        let query = Query::new(self.dialect(), format!("{counted} {}", search.tables()));
        let row = self.session(Access::Read).await?.row(search.narrow(query)).await?;
        let Some(mut row) = row else { return Ok((0, 0)) };
        Ok((count(row.int()?), count(row.int()?)))
    }

    /// The keys that wait, longest first.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn halted(outbox: &Outbox) -> Result<usize, OutboxError> {
    ///     Ok(outbox.blocked(1_000).await?.iter().filter(|key| key.halted).count())
    /// }
    /// ```
    pub async fn blocked(&self, limit: u32) -> Result<Vec<BlockedKey>, OutboxError> {
        let dialect = self.dialect();
        let since = time(dialect, "key.blocked_at");
        let head = beside(dialect, "{T}", "head", "head.seq = key.head_seq");
        let work = maybe_beside(dialect, "{T_work}", "work", "work.seq = key.head_seq");
        let query = Query::new(
            dialect,
            format!(
                "SELECT key.route, key.partition_key, CAST(head.id AS text), head.event_name, \
                 coalesce(work.state, 'pending'), {since}, CAST(CAST(key.halted AS integer) AS bigint), \
                 coalesce(held.number, 0) FROM {{T_key}} AS key {head} {work} LEFT JOIN ({}) AS held \
                 ON held.route = key.route AND held.partition_key = key.partition_key \
                 ORDER BY key.blocked_at, key.head_seq LIMIT ",
                held(dialect, "key.route, key.partition_key")
            ),
        );
        let rows = self.session(Access::Read).await?.rows(query.int(i64::from(limit))).await?;
        let keys = rows.into_iter().map(|mut row| {
            Ok(BlockedKey {
                route: row.text()?,
                partition_key: row.text()?,
                head: row.uuid()?,
                head_event: row.text()?,
                head_state: super::entry::state(row.text()?)?,
                since: row.time()?,
                halted: row.truth()?,
                held: count(row.int()?),
            })
        });
        keys.collect()
    }
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

async fn pick(
    session: &mut Session<'_>,
    filter: &Filter,
    after: i64,
    size: u64,
) -> Result<Vec<Picked>, OutboxError> {
    let dialect = session.dialect();
    let search = Search::new(dialect, filter);
    let columns = "work.seq, CAST(content.id AS text), work.route, CAST(work.lane AS bigint), \
         CAST(CAST(work.key_went_on AS integer) AS bigint)";
    let query = Query::new(dialect, format!("SELECT {columns} {}", search.tables_with_content()));
    let query = search.narrow(query).push(" AND work.seq > ").int(after);
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let rows = session.rows(query.push(" ORDER BY work.seq LIMIT ").int(size)).await?;
    let picked = rows.into_iter().map(|mut row| {
        Ok(Picked {
            seq: row.int()?,
            id: row.uuid()?,
            route: row.text()?,
            lane: whole(&mut row)?,
            went_on: row.truth()?,
        })
    });
    picked.collect()
}

/// Changes those that are still dead, and tells the owners of their lanes.
async fn change(session: &mut Session<'_>, action: Action, rows: &[&Picked]) -> Result<u64, OutboxError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let dialect = session.dialect();
    let seqs: Vec<_> = rows.iter().map(|row| row.seq).collect();
    lock_lanes(session, rows.iter().map(|row| (row.route.as_str(), row.lane))).await?;
    let (row, key) = match action {
        Action::Discard => (
            format!("UPDATE {{T_work}} SET state = 'discarded', discarded_at = {}", now(dialect)),
            "DELETE FROM {T_key}",
        ),
        _ => (
            "UPDATE {T_work} SET state = 'pending', attempts = 0, crashes = 0, available_at = NULL, \
             dead_lettered_at = NULL, dead_reason = NULL, key_went_on = false"
                .to_owned(),
            "UPDATE {T_key} SET halted = false",
        ),
    };
    let query = Query::new(dialect, row).push(" WHERE state = 'dead' AND seq").one_of(&seqs);
    let changed = session.run(query).await?;
    session.run(Query::new(dialect, key).push(" WHERE head_seq").one_of(&seqs)).await?;
    Ok(changed)
}

/// Locks lanes, in one order, and raises their generation: a relay that owns one looks at its keys again before it hands
/// anything over.
pub(super) async fn lock_lanes<'l>(
    session: &mut Session<'_>,
    lanes: impl Iterator<Item = (&'l str, u32)>,
) -> Result<(), OutboxError> {
    let dialect = session.dialect();
    let lanes: std::collections::BTreeSet<_> = lanes.collect();
    for route in lanes.iter().map(|(route, _)| *route).collect::<std::collections::BTreeSet<_>>() {
        let of_route: Vec<_> =
            lanes.iter().filter(|(of, _)| *of == route).map(|(_, lane)| i64::from(*lane)).collect();
        if dialect == Dialect::Postgres {
            let lock = Query::new(dialect, "SELECT 1::bigint FROM {T_lane} WHERE route = ").text(route);
            session.rows(lock.push(" AND lane").one_of(&of_route).push(" ORDER BY lane FOR UPDATE")).await?;
        }
        let raise =
            Query::new(dialect, "UPDATE {T_lane} SET generation = generation + 1 WHERE route = ").text(route);
        session.run(raise.push(" AND lane").one_of(&of_route)).await?;
    }
    Ok(())
}

/// The filter in the record: JSON text.
fn described(filter: &Filter, bulk: Bulk) -> String {
    let ids: Vec<_> = filter.ids.iter().map(Uuid::to_string).collect();
    let aggregate = filter.aggregate.as_ref().map(|(kind, id)| format!("{kind}/{id}"));
    let said = [
        ("ids", (!ids.is_empty()).then(|| ids.into())),
        ("event", filter.event.clone().map(Into::into)),
        ("aggregate", aggregate.map(Into::into)),
        ("error", filter.error.clone().map(Into::into)),
        ("since", filter.since.map(|at| at.to_string().into())),
        ("until", filter.until.map(|at| at.to_string().into())),
        ("limit", bulk.limit.map(Into::into)),
        ("allow_reorder", (bulk.reorder == Reorder::Allowed).then(|| true.into())),
    ];
    let said = said
        .into_iter()
        .filter_map(|(key, value): (&str, Option<serde_json::Value>)| Some((key.to_owned(), value?)));
    serde_json::Value::Object(said.collect()).to_string()
}
