//! Old rows, removed.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::action::Record;
use super::query::Query;
use super::session::{Access, Pool, Session};
use super::{Action, Operator, Outbox, OutboxError};
use crate::outbox::Dialect;

/// Rows looked at in one transaction: few, so that writers hardly wait.
const FEWEST: i64 = 50;
const MOST: i64 = 2_000;

/// How a cleanup leaves room for others.
struct Pace {
    /// How long a transaction may take.
    aim: Duration,
    /// How many times as long the next one waits.
    rest: u32,
    /// How long it waits at most: the way to a server that is far away is no work.
    longest: Duration,
}

impl Pace {
    fn of(pool: &Pool) -> Self {
        match pool {
            // About a commit's time. Who waits for another writer of the file looks again after 1 ms, then after 2 more,
            // then after 5.
            Pool::Sqlite(_) => Self { aim: Duration::from_millis(2), rest: 2, longest: Duration::MAX },
            // Nobody waits for its locks, but its statements take a processor, and its log goes with that of others.
            Pool::Postgres(_) => {
                Self { aim: Duration::from_millis(5), rest: 9, longest: Duration::from_millis(45) }
            }
        }
    }
}

/// The lock of a table's cleanups: writers of strictly ordered keys take those from 0 to 1023.
const LOCK_SLOT: i64 = 1024;

/// What a cleanup removed.
///
/// ```
/// assert_eq!(evt_runtime::outbox::operator::Cleaned::default().published, 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Published rows.
    pub published: u64,
    /// Discarded rows.
    pub discarded: u64,
    /// Whether it was stopped before its end.
    pub stopped: bool,
}

/// A table that old rows are found in: its name, the time that counts, the rest of the condition, and what is counted.
struct Old {
    table: &'static str,
    at: &'static str,
    rest: &'static str,
    count: fn(&mut Cleaned) -> &mut u64,
}

const PUBLISHED: Old =
    Old { table: "{T_published}", at: "at", rest: "", count: |cleaned| &mut cleaned.published };
const DISCARDED: Old = Old {
    table: "{T_work}",
    at: "discarded_at",
    rest: " AND state = 'discarded'",
    count: |cleaned| &mut cleaned.discarded,
};

impl Outbox {
    /// Removes rows that were published or discarded before `until`, with their attempts and what replaced them, and
    /// never others.
    ///
    /// It goes on in small transactions with rests between them, so that writers are hardly slowed; after each, `watch`
    /// is told how many rows are gone, and may stop it.
    ///
    /// # Errors
    /// What the database says; what was removed before stays so.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use evt_runtime::outbox::operator::{Operator, Outbox, OutboxError};
    /// use evt_runtime::types::Timestamp;
    ///
    /// async fn tidy(outbox: &Outbox, until: Timestamp) -> Result<u64, OutboxError> {
    ///     let go_on = &mut |_| ControlFlow::Continue(());
    ///     Ok(outbox.cleanup(until, &Operator::new("nightly"), go_on).await?.published)
    /// }
    /// ```
    pub async fn cleanup(
        &self,
        until: Timestamp,
        operator: &Operator,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Cleaned, OutboxError> {
        let mut broom = Broom { until, operator, record: None, cleaned: Cleaned::default() };
        for old in [PUBLISHED, DISCARDED] {
            if broom.sweep(self, &old, watch).await?.is_break() {
                broom.cleaned.stopped = true;
                break;
            }
        }
        Ok(broom.cleaned)
    }

    /// How many rows a cleanup would remove: published, and discarded ones.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    /// use evt_runtime::types::Timestamp;
    ///
    /// async fn old(outbox: &Outbox, until: Timestamp) -> Result<(u64, u64), OutboxError> {
    ///     outbox.count_old(until).await
    /// }
    /// ```
    pub async fn count_old(&self, until: Timestamp) -> Result<(u64, u64), OutboxError> {
        let mut session = self.session(Access::Read).await?;
        let mut counts = [0; 2];
        for (count, Old { table, at, rest, .. }) in counts.iter_mut().zip([PUBLISHED, DISCARDED]) {
            let query = Query::new(session.dialect(), format!("SELECT count(*) FROM {table} WHERE {at} < "));
            let row = session.row(query.time(until).push(rest)).await?;
            *count =
                row.map(|mut row| row.int()).transpose()?.and_then(|it| u64::try_from(it).ok()).unwrap_or(0);
        }
        Ok((counts[0], counts[1]))
    }
}

/// A cleanup, and how far it is.
struct Broom<'a> {
    until: Timestamp,
    operator: &'a Operator,
    record: Option<Record>,
    cleaned: Cleaned,
}

impl Broom<'_> {
    /// Removes the old rows of one table, and stops where it is told to.
    async fn sweep(
        &mut self,
        outbox: &Outbox,
        old: &Old,
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<ControlFlow<()>, OutboxError> {
        let (mut after, mut size) = (i64::MIN, FEWEST);
        let pace = Pace::of(&outbox.pool);
        loop {
            let began = Instant::now();
            let looked = self.batch(outbox, old, after, size).await?;
            let Some(last) = looked.last else { return Ok(ControlFlow::Continue(())) };
            if watch(self.cleaned.published + self.cleaned.discarded).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            if looked.is_young {
                return Ok(ControlFlow::Continue(()));
            }
            after = last;
            let took = began.elapsed();
            size = if took > pace.aim { (size / 2).max(FEWEST) } else { (size * 5 / 4).min(MOST) };
            outbox.write_back().await?;
            tokio::time::sleep((began.elapsed() * pace.rest).min(pace.longest)).await;
        }
    }

    /// One transaction.
    async fn batch(
        &mut self,
        outbox: &Outbox,
        old: &Old,
        after: i64,
        size: i64,
    ) -> Result<Looked, OutboxError> {
        let mut session = outbox.session(Access::Write).await?;
        take_turns(&mut session).await?;
        let looked = look(&mut session, old, after, size, self.until).await?;
        let removed = remove(&mut session, old, &looked.old).await?;
        if removed > 0 {
            self.note(&mut session, removed).await?;
        }
        session.commit().await?;
        *(old.count)(&mut self.cleaned) += removed;
        Ok(looked)
    }

    /// Keeps the record of it.
    async fn note(&mut self, session: &mut Session<'_>, removed: u64) -> Result<(), OutboxError> {
        if self.record.is_none() {
            let filter = serde_json::json!({ "until": self.until.to_string() }).to_string();
            self.record = Some(Record::begin(session, self.operator, Action::Cleanup, &filter).await?);
        }
        match &self.record {
            Some(record) => record.add(session, removed, 0).await,
            None => Ok(()),
        }
    }
}

/// Two cleanups at once go on in turns: both delete the same rows, and PostgreSQL promises no order of their locks.
///
/// Nothing is lost with a commit that a crash undoes, since old rows are removed again: so none waits for the disk, where
/// writers would have to wait behind it.
async fn take_turns(session: &mut Session<'_>) -> Result<(), OutboxError> {
    if session.dialect() == Dialect::Sqlite {
        return Ok(());
    }
    let table = session.table();
    let lock = "SELECT count(set_config('synchronous_commit', 'off', true)), count(pg_advisory_xact_lock(";
    let lock = Query::new(session.dialect(), lock).text(table);
    let lock = lock.push("::text::regclass::oid::integer, ").int(LOCK_SLOT).push("::integer))");
    session.rows(lock).await.map(|_| ())
}

/// Rows in the order of their places.
struct Looked {
    /// The last one that was looked at.
    last: Option<i64>,
    /// Those that are old.
    old: Vec<i64>,
    /// Whether all behind them are too young: they were stored later.
    is_young: bool,
}

async fn look(
    session: &mut Session<'_>,
    old: &Old,
    after: i64,
    size: i64,
    until: Timestamp,
) -> Result<Looked, OutboxError> {
    let Old { table, at, rest, .. } = old;
    let query = Query::new(
        session.dialect(),
        format!("SELECT given.seq, CAST(CASE WHEN given.{at} < "),
    )
    .time(until)
    .push(" THEN 1 ELSE 0 END AS bigint), CAST(CASE WHEN content.created_at < ")
    .time(until)
    .push(&format!(
        " THEN 0 ELSE 1 END AS bigint) FROM {table} AS given LEFT JOIN {{T}} AS content ON content.seq = given.seq \
         WHERE given.seq > "
    ))
    .int(after)
    .push(rest)
    .push(" ORDER BY given.seq LIMIT ")
    .int(size);
    let mut looked = Looked { last: None, old: Vec::new(), is_young: false };
    for mut row in session.rows(query).await? {
        let (seq, is_old, is_young) = (row.int()?, row.truth()?, row.truth()?);
        if is_old {
            looked.old.push(seq);
        }
        (looked.last, looked.is_young) = (Some(seq), is_young);
    }
    Ok(looked)
}

async fn remove(session: &mut Session<'_>, old: &Old, seqs: &[i64]) -> Result<u64, OutboxError> {
    if seqs.is_empty() {
        return Ok(0);
    }
    let dialect = session.dialect();
    let removed =
        Query::new(dialect, format!("DELETE FROM {} WHERE seq", old.table)).one_of(seqs).push(old.rest);
    let removed = session.run(removed).await?;
    let replaced =
        Query::new(dialect, "DELETE FROM {T} WHERE replaces IN (SELECT id FROM {T} WHERE seq").one_of(seqs);
    session.run(replaced.push(")")).await?;
    for table in ["{T_attempt}", "{T}"] {
        session.run(Query::new(dialect, format!("DELETE FROM {table} WHERE seq")).one_of(seqs)).await?;
    }
    Ok(removed)
}
