//! Old rows, removed.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::action::Record;
use super::query::Query;
use super::session::{Access, Session};
use super::{Action, Operator, Outbox, OutboxError};

/// Rows looked at in one transaction: few, so that writers hardly wait.
const FEWEST: i64 = 50;
const MOST: i64 = 2_000;
/// How long one may take: about a commit's time.
const AIM: Duration = Duration::from_millis(5);
/// How much longer than it took the next one waits.
const REST: u32 = 2;

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

/// A table that old rows are found in: its name, the time that counts, and the rest of the condition.
struct Old {
    table: &'static str,
    at: &'static str,
    rest: &'static str,
}

const PUBLISHED: Old = Old { table: "{T_published}", at: "at", rest: "" };
const DISCARDED: Old = Old { table: "{T_work}", at: "discarded_at", rest: " AND state = 'discarded'" };

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
        let mut cleaned = Cleaned::default();
        let mut record = None;
        for old in [PUBLISHED, DISCARDED] {
            let (mut after, mut size) = (i64::MIN, FEWEST);
            loop {
                let began = Instant::now();
                let mut session = self.session(Access::Write).await?;
                let looked = look(&mut session, &old, after, size, until).await?;
                let Some(last) = looked.last else { break };
                after = last;
                let removed = remove(&mut session, &old, &looked.old).await?;
                if removed > 0 {
                    if record.is_none() {
                        let filter = serde_json::json!({ "until": until.to_string() }).to_string();
                        record = Some(Record::begin(&mut session, operator, Action::Cleanup, &filter).await?);
                    }
                    if let Some(record) = &record {
                        record.add(&mut session, removed, 0).await?;
                    }
                }
                session.commit().await?;
                if old.rest.is_empty() {
                    cleaned.published += removed;
                } else {
                    cleaned.discarded += removed;
                }
                if watch(cleaned.published + cleaned.discarded).is_break() {
                    return Ok(Cleaned { stopped: true, ..cleaned });
                }
                if looked.is_young {
                    break;
                }
                let took = began.elapsed();
                size = if took > AIM { (size / 2).max(FEWEST) } else { (size * 5 / 4).min(MOST) };
                tokio::time::sleep(took * REST).await;
            }
        }
        Ok(cleaned)
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
        for (count, Old { table, at, rest }) in counts.iter_mut().zip([PUBLISHED, DISCARDED]) {
            let query = Query::new(session.dialect(), format!("SELECT count(*) FROM {table} WHERE {at} < "));
            let row = session.row(query.time(until).push(rest)).await?;
            *count =
                row.map(|mut row| row.int()).transpose()?.and_then(|it| u64::try_from(it).ok()).unwrap_or(0);
        }
        Ok((counts[0], counts[1]))
    }
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
    let Old { table, at, rest } = old;
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
