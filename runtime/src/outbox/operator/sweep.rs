//! An action on all dead letters that a filter names, batch by batch, each in a transaction of its own.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::time::Duration;

use uuid::Uuid;

use super::action::Record;
use super::content::send_instead;
use super::entry::whole;
use super::lane::lock_lanes;
use super::query::{Query, now};
use super::search::Search;
use super::session::{Access, Session};
use super::show::entry;
use super::{
    Action, Bulk, EntryDetail, Filter, Operator, Outbox, OutboxError, Reorder, Retried, Rewrite, State,
};

/// How many rows one transaction changes,
const BATCH: u64 = 500;
/// or looks at one by one.
const REWRITTEN: u64 = 100;
/// How many of the ids that were kept back are told.
const MOST_TOLD: usize = 100;

/// What is done to rows.
pub(super) enum Deed<'d> {
    Retry,
    Discard,
    /// Each gets the content that this gives.
    Rewrite(&'d mut (dyn FnMut(&EntryDetail) -> Rewrite + Send)),
}

impl Deed<'_> {
    fn action(&self) -> Action {
        match self {
            Self::Retry => Action::Retry,
            Self::Discard => Action::Discard,
            Self::Rewrite(_) => Action::Replace,
        }
    }
}

/// How far an action is.
struct Sweep<'a> {
    deed: Deed<'a>,
    filter: Filter,
    bulk: Bulk,
    operator: &'a Operator,
    record: Option<Record>,
    /// The place of the last row that was looked at.
    after: i64,
    done: Retried,
}

/// Whether there may be more rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    None,
    Some,
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
    /// Does it. `watch` is told after each batch how many rows are done, and asked again before the next one, when the
    /// rate has been waited for.
    pub(super) async fn sweep<'a>(
        &self,
        deed: Deed<'a>,
        filter: &Filter,
        bulk: Bulk,
        operator: &'a Operator,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Retried, OutboxError> {
        let filter = Filter { states: vec![State::Dead], ..filter.clone() };
        let mut sweep =
            Sweep { deed, filter, bulk, operator, record: None, after: 0, done: Retried::default() };
        while let Some(size) = sweep.size() {
            let rest = sweep.batch(self, size).await?;
            let told = watch(sweep.done.changed);
            if rest == Rest::None {
                break;
            }
            if told.is_continue() {
                tokio::time::sleep(sweep.pause(size)).await;
            }
            if told.is_break() || watch(sweep.done.changed).is_break() {
                sweep.done.stopped = true;
                break;
            }
        }
        Ok(sweep.done)
    }
}

impl Sweep<'_> {
    /// How many rows the next batch has at most, if there is one.
    fn size(&self) -> Option<u64> {
        let left = self.bulk.limit.map_or(u64::MAX, |limit| limit.saturating_sub(self.done.changed));
        let batch = if matches!(self.deed, Deed::Rewrite(_)) { REWRITTEN } else { BATCH };
        let most = self.bulk.rate.map_or(batch, |rate| u64::from(rate).clamp(1, batch));
        Some(left.min(most)).filter(|size| *size > 0)
    }

    /// How long a batch lasts at the rate that was asked for.
    fn pause(&self, size: u64) -> Duration {
        let rate = self.bulk.rate.map(|rate| u64::from(rate.max(1)));
        rate.map_or(Duration::ZERO, |rate| Duration::from_millis(size * 1_000 / rate))
    }

    async fn batch(&mut self, outbox: &Outbox, size: u64) -> Result<Rest, OutboxError> {
        let mut session = outbox.session(Access::Write).await?;
        let picked = pick(&mut session, &self.filter, self.after, size).await?;
        let Some(last) = picked.last().map(|row| row.seq) else { return Ok(Rest::None) };
        let rest = if (picked.len() as u64) < size { Rest::None } else { Rest::Some };
        lock_lanes(&mut session, picked.iter().map(|row| (row.route.as_str(), row.lane))).await?;
        let dead = still_dead(&mut session, picked).await?;
        let dead_count = dead.len() as u64;
        let is_kept = |row: &Picked| row.went_on && self.bulk.reorder == Reorder::Refused;
        let (kept, taken): (Vec<_>, Vec<_>) = dead.into_iter().partition(is_kept);
        let changed = match &mut self.deed {
            Deed::Rewrite(next) => rewrite(&mut session, *next, taken).await?,
            deed => {
                let action = deed.action();
                change(&mut session, action, &taken).await?
            }
        };
        let left = dead_count - changed;
        self.note(&mut session, changed, left).await?;
        session.commit().await?;
        self.after = last;
        self.done.changed += changed;
        self.done.kept_back += kept.len() as u64;
        let room = MOST_TOLD.saturating_sub(self.done.kept_back_ids.len());
        self.done.kept_back_ids.extend(kept.iter().take(room).map(|row| row.id));
        Ok(rest)
    }

    /// Keeps the record of it.
    async fn note(&mut self, session: &mut Session<'_>, changed: u64, kept: u64) -> Result<(), OutboxError> {
        if self.record.is_none() && changed + kept > 0 {
            let filter = described(self.deed.action(), &self.filter, self.bulk);
            self.record = Some(Record::begin(session, self.operator, self.deed.action(), &filter).await?);
        }
        match &self.record {
            Some(record) => record.add(session, changed, kept).await,
            None => Ok(()),
        }
    }
}

/// Dead letters in the order of their places. They may be others' by the time that their lanes are locked.
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

/// Those of them that are dead now that nobody else can change them: another operator may have been first.
async fn still_dead(session: &mut Session<'_>, picked: Vec<Picked>) -> Result<Vec<Picked>, OutboxError> {
    let seqs: Vec<_> = picked.iter().map(|row| row.seq).collect();
    let query = Query::new(
        session.dialect(),
        "SELECT seq, CAST(CAST(key_went_on AS integer) AS bigint) FROM {T_work} WHERE state = 'dead' AND seq",
    );
    let mut dead = BTreeMap::new();
    for mut row in session.rows(query.one_of(&seqs)).await? {
        dead.insert(row.int()?, row.truth()?);
    }
    let now = |row: Picked| dead.get(&row.seq).map(|went_on| Picked { went_on: *went_on, ..row });
    Ok(picked.into_iter().filter_map(now).collect())
}

/// Changes dead letters whose lanes are locked.
async fn change(session: &mut Session<'_>, action: Action, rows: &[Picked]) -> Result<u64, OutboxError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let dialect = session.dialect();
    let seqs: Vec<_> = rows.iter().map(|row| row.seq).collect();
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

/// Gives dead letters whose lanes are locked the content that they are to have.
async fn rewrite(
    session: &mut Session<'_>,
    next: &mut (dyn FnMut(&EntryDetail) -> Rewrite + Send),
    rows: Vec<Picked>,
) -> Result<u64, OutboxError> {
    let (mut changed, mut as_they_are) = (0, Vec::new());
    for row in rows {
        let detail = entry(session, row.id).await?;
        match next(&detail) {
            Rewrite::Leave => {}
            Rewrite::AsItIs => as_they_are.push(row),
            Rewrite::Send(content) => {
                send_instead(session, &detail, &content).await?;
                changed += 1;
            }
        }
    }
    Ok(changed + change(session, Action::Retry, &as_they_are).await?)
}

/// The filter in the record: JSON text.
fn described(action: Action, filter: &Filter, bulk: Bulk) -> String {
    let ids: Vec<_> = filter.ids.iter().map(Uuid::to_string).collect();
    let reorders = action != Action::Discard && bulk.reorder == Reorder::Allowed;
    let aggregate = filter.aggregate.as_ref().map(|(kind, id)| format!("{kind}/{id}"));
    let said = [
        ("ids", (!ids.is_empty()).then(|| ids.into())),
        ("event", filter.event.clone().map(Into::into)),
        ("aggregate", aggregate.map(Into::into)),
        ("error", filter.error.clone().map(Into::into)),
        ("since", filter.since.map(|at| at.to_string().into())),
        ("until", filter.until.map(|at| at.to_string().into())),
        ("limit", bulk.limit.map(Into::into)),
        ("allow_reorder", reorders.then(|| true.into())),
    ];
    let said = said
        .into_iter()
        .filter_map(|(key, value): (&str, Option<serde_json::Value>)| Some((key.to_owned(), value?)));
    serde_json::Value::Object(said.collect()).to_string()
}
