//! Rows by filter. Each filter has an index: the table that narrows most is read first, in its own order.

use uuid::Uuid;

use super::answer::Answer;
use super::entry::{Entry, EntryDetail, columns, whole};
use super::query::Query;
use super::session::{Access, Session};
use super::{Filter, Outbox, OutboxError, Page, State};
use crate::outbox::Dialect;

/// The table that is read first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lead {
    Content,
    Work,
    Published,
    Key,
}

/// The content that is sent: corrected, where an operator did that.
const SENT: &str = "LEFT JOIN {T} AS sent ON sent.seq = coalesce(work.content_seq, \
     (SELECT max(newer.seq) FROM {T} AS newer WHERE newer.replaces = content.id), content.seq)";

const KEY: &str =
    "LEFT JOIN {T_key} AS key ON key.route = content.route AND key.partition_key = content.partition_key";

impl Outbox {
    /// Rows, newest first.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Filter, Outbox, OutboxError, Page, State};
    ///
    /// async fn oldest_dead(outbox: &Outbox) -> Result<Option<i64>, OutboxError> {
    ///     let dead = Filter { states: vec![State::Dead], ..Filter::default() };
    ///     let rows = outbox.list(&dead, Page::first(1_000)).await?;
    ///     Ok(rows.last().map(|row| row.seq))
    /// }
    /// ```
    pub async fn list(&self, filter: &Filter, page: Page) -> Result<Vec<Entry>, OutboxError> {
        let mut session = self.session(Access::Read).await?;
        let rows = session.rows(list(self.dialect(), filter, page)).await?;
        rows.into_iter().map(|mut row| Entry::read(&mut row)).collect()
    }

    /// One row with all that there is to know of it, by the event's id, or by that of a correction.
    ///
    /// # Errors
    /// [`OutboxError::Unknown`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn payload(outbox: &Outbox, id: uuid::Uuid) -> Result<String, OutboxError> {
    ///     Ok(outbox.entry(id).await?.payload)
    /// }
    /// ```
    pub async fn entry(&self, id: Uuid) -> Result<EntryDetail, OutboxError> {
        let mut session = self.session(Access::Read).await?;
        entry(&mut session, id).await
    }

    /// The id of the row at a place (`seq`).
    ///
    /// # Errors
    /// [`OutboxError::Unknown`], and what the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn first(outbox: &Outbox) -> Result<uuid::Uuid, OutboxError> {
    ///     outbox.id_at(1).await
    /// }
    /// ```
    pub async fn id_at(&self, seq: i64) -> Result<Uuid, OutboxError> {
        let query = Query::new(self.dialect(), "SELECT CAST(id AS text) FROM {T} WHERE seq = ").int(seq);
        let row = self.session(Access::Read).await?.row(query).await?;
        row.ok_or_else(|| OutboxError::Unknown { id: seq.to_string() })?.uuid()
    }
}

pub(super) fn list(dialect: Dialect, filter: &Filter, page: Page) -> Query {
    let lead = lead(filter);
    let query = Query::new(dialect, format!("SELECT {} ", columns(dialect)));
    let query = narrowed(query.push(&tables(dialect, lead)), dialect, filter);
    let query = match page.after {
        Some(seq) => query.push(&format!(" AND {} < ", place(lead))).int(seq),
        None => query,
    };
    let order = match (lead, dialect) {
        // SQLite's writers come one after the other, and so do their instants: the index is read in its order.
        (Lead::Content, Dialect::Sqlite) if is_timed(filter) && !has_own_index(filter) => {
            "content.created_at DESC, content.seq"
        }
        _ => place(lead),
    };
    query.push(&format!(" ORDER BY {order} DESC LIMIT ")).int(i64::from(page.limit))
}

/// The column that a list is sorted by.
fn place(lead: Lead) -> &'static str {
    match lead {
        Lead::Content => "content.seq",
        Lead::Work | Lead::Key => "work.seq",
        Lead::Published => "published.seq",
    }
}

fn lead(filter: &Filter) -> Lead {
    let is_only = |states: &[State]| {
        !filter.states.is_empty() && filter.states.iter().all(|state| states.contains(state))
    };
    if !filter.ids.is_empty() {
        Lead::Content
    } else if is_only(&[State::Held]) {
        Lead::Key
    } else if is_only(&[State::Pending, State::Retrying, State::Held, State::Dead, State::Discarded]) {
        Lead::Work
    } else if is_only(&[State::Published]) && !is_timed(filter) && !has_own_index(filter) {
        Lead::Published
    } else {
        Lead::Content
    }
}

fn is_timed(filter: &Filter) -> bool {
    filter.since.is_some() || filter.until.is_some()
}

fn has_own_index(filter: &Filter) -> bool {
    filter.event.is_some() || filter.aggregate.is_some() || !filter.ids.is_empty()
}

/// All tables, the leading one first. SQLite keeps the order of a `CROSS JOIN`.
fn tables(dialect: Dialect, lead: Lead) -> String {
    let join = match dialect {
        Dialect::Postgres => "JOIN",
        Dialect::Sqlite => "CROSS JOIN",
    };
    let (work, published) = (
        "LEFT JOIN {T_work} AS work ON work.seq = content.seq",
        "LEFT JOIN {T_published} AS published ON published.seq = content.seq",
    );
    match lead {
        Lead::Content => format!("FROM {{T}} AS content {work} {published} {KEY} {SENT}"),
        Lead::Work => {
            format!(
                "FROM {{T_work}} AS work {join} {{T}} AS content ON content.seq = work.seq {published} {KEY} {SENT}"
            )
        }
        Lead::Published => format!(
            "FROM {{T_published}} AS published {join} {{T}} AS content ON content.seq = published.seq {work} {KEY} {SENT}"
        ),
        Lead::Key => format!(
            "FROM {{T_key}} AS key {join} {{T_work}} AS work ON work.route = key.route AND work.lane = key.lane \
             AND work.seq > key.head_seq AND work.state IN ('pending', 'retrying') \
             {join} {{T}} AS content ON content.seq = work.seq AND content.partition_key = key.partition_key \
             {published} {SENT}"
        ),
    }
}

/// The conditions, which begin with `WHERE`.
pub(super) fn narrowed(query: Query, dialect: Dialect, filter: &Filter) -> Query {
    let mut query = query.push(" WHERE content.replaces IS NULL");
    if !filter.states.is_empty() {
        let states: Vec<_> = filter.states.iter().map(|state| condition(*state)).collect();
        query = query.push(&format!(" AND ({})", states.join(" OR ")));
    }
    if let Some(event) = &filter.event {
        query = query.push(" AND content.event_name = ").text(event);
    }
    if let Some((kind, id)) = &filter.aggregate {
        query = query
            .push(" AND content.aggregate_type = ")
            .text(kind)
            .push(" AND content.aggregate_id = ")
            .text(id);
    }
    if let Some(error) = &filter.error {
        let found = match dialect {
            Dialect::Postgres => "strpos",
            Dialect::Sqlite => "instr",
        };
        query = query.push(" AND (work.last_error_code = ").text(error);
        query = query.push(&format!(" OR {found}(work.last_error_text, ")).text(error).push(") > 0)");
    }
    query = timed(query, filter);
    if !filter.ids.is_empty() {
        query = of_ids(query, dialect, &filter.ids);
    }
    query
}

fn timed(mut query: Query, filter: &Filter) -> Query {
    let is_of_dead = filter.states.as_slice() == [State::Dead];
    let column = if is_of_dead { "work.dead_lettered_at" } else { "content.created_at" };
    for (bound, sign) in [(filter.since, ">="), (filter.until, "<")] {
        if let Some(instant) = bound {
            query = query.push(&format!(" AND {column} {sign} ")).time(instant);
        }
    }
    query
}

fn of_ids(query: Query, dialect: Dialect, ids: &[Uuid]) -> Query {
    let ids: Vec<_> = ids.iter().map(Uuid::to_string).collect();
    let json = serde_json::Value::from(ids).to_string();
    match dialect {
        Dialect::Postgres => query
            .push(" AND content.id IN (SELECT value::uuid FROM json_array_elements_text(")
            .text(json)
            .push("::json) AS given(value))"),
        Dialect::Sqlite => {
            query.push(" AND content.id IN (SELECT value FROM json_each(").text(json).push("))")
        }
    }
}

fn condition(state: State) -> &'static str {
    match state {
        State::Pending => "work.state = 'pending' AND (key.head_seq IS NULL OR key.head_seq >= work.seq)",
        State::Retrying => "work.state = 'retrying' AND (key.head_seq IS NULL OR key.head_seq >= work.seq)",
        State::Held => "work.state IN ('pending', 'retrying') AND key.head_seq < work.seq",
        State::Published => "published.seq IS NOT NULL",
        State::Dead => "work.state = 'dead'",
        State::Discarded => "work.state = 'discarded'",
    }
}

/// One row, by any of its ids.
pub(super) async fn entry(session: &mut Session<'_>, id: Uuid) -> Result<EntryDetail, OutboxError> {
    let dialect = session.dialect();
    let uuid = match dialect {
        Dialect::Postgres => "::uuid",
        Dialect::Sqlite => "",
    };
    let query = Query::new(dialect, format!("SELECT {}, {DETAIL} ", columns(dialect)))
        .push(&tables(dialect, Lead::Content))
        .push(" WHERE content.id = coalesce((SELECT given.replaces FROM {T} AS given WHERE given.id = ")
        .text(id.to_string())
        .push(&format!("{uuid}), "))
        .text(id.to_string())
        .push(&format!("{uuid})"));
    let row = session.row(query).await?;
    let mut row = row.ok_or_else(|| OutboxError::Unknown { id: id.to_string() })?;
    let mut detail = EntryDetail::read(&mut row)?;
    detail.attempts = super::attempt::of(session, detail.entry.seq).await?;
    Ok(detail)
}

/// What an [`EntryDetail`] has more than an [`Entry`].
const DETAIL: &str = "CAST(sent.id AS text), sent.fingerprint, CAST(sent.payload AS text), \
     CASE WHEN sent.seq <> content.seq THEN CAST(content.payload AS text) END, \
     CAST(content.event_version AS bigint), CAST(sent.metadata AS text), sent.event_type, sent.process_type, sent.domain, \
     sent.subject, sent.source, CAST(content.lane AS bigint), content.idempotency_key, content.aggregate_type, \
     content.aggregate_id, content.aggregate_version, content.on_dead_letter";

impl EntryDetail {
    fn read(row: &mut Answer) -> Result<Self, OutboxError> {
        Ok(Self {
            entry: Entry::read(row)?,
            sent_id: row.uuid()?,
            fingerprint: row.text()?,
            payload: row.text()?,
            original_payload: row.maybe_text()?,
            original_version: whole(row)?,
            metadata: row.text()?,
            event_type: row.text()?,
            process_type: row.text()?,
            domain: row.maybe_text()?,
            subject: row.maybe_text()?,
            source: row.text()?,
            lane: whole(row)?,
            idempotency_key: row.maybe_text()?,
            aggregate_type: row.maybe_text()?,
            aggregate_id: row.maybe_text()?,
            aggregate_version: row.maybe_int()?,
            on_dead_letter: row.text()?,
            attempts: Vec::new(),
        })
    }
}
