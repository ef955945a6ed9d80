//! Rows by filter.

use super::entry::{Entry, columns};
use super::query::{Query, beside, maybe_beside};
use super::search::{Order, Search};
use super::session::Access;
use super::{Filter, Outbox, OutboxError, Page};
use crate::outbox::Dialect;

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
}

/// Finds the places of the rows of a page, and then all that there is to know of those few.
fn list(dialect: Dialect, filter: &Filter, page: Page) -> Query {
    let search = Search::new(dialect, filter);
    let query = Query::new(dialect, format!("SELECT {} FROM (", columns(dialect)));
    let query =
        if search.needs_names() { by_name(query, &search, page) } else { places(query, &search, page) };
    let order = match search.order() {
        Order::Seq => "content.seq DESC",
        Order::CreatedAt => "content.created_at DESC, content.seq DESC",
    };
    query.push(&format!(") AS found {} ORDER BY {order}", tables(dialect)))
}

/// The places of the rows of a page.
fn places(query: Query, search: &Search<'_>, page: Page) -> Query {
    let query = query.push(&format!("SELECT {} AS seq {}", search.seq(), search.tables()));
    ended(search.narrow(query), search, page)
}

/// The same by way of the index of events: the newest rows of each, and of those the newest.
fn by_name(query: Query, search: &Search<'_>, page: Page) -> Query {
    let query = query.push(&format!(
        "WITH RECURSIVE names(name) AS (SELECT min(event_name) FROM {{T}} UNION ALL SELECT (SELECT min(event_name) \
         FROM {{T}} WHERE event_name > names.name) FROM names WHERE names.name IS NOT NULL) \
         SELECT newest.seq FROM names CROSS JOIN LATERAL (SELECT content.seq, content.created_at {}",
        search.tables()
    ));
    let query = search.narrow(query).push(" AND content.event_name = names.name");
    let query = ended(query, search, page);
    query
        .push(") AS newest ORDER BY newest.created_at DESC, newest.seq DESC LIMIT ")
        .int(i64::from(page.limit))
}

/// Cuts a page off.
fn ended(query: Query, search: &Search<'_>, page: Page) -> Query {
    let query = match page.after {
        Some(seq) => behind(query, search, seq),
        None => query,
    };
    let order = match search.order() {
        Order::Seq => format!("{} DESC", search.seq()),
        Order::CreatedAt => "content.created_at DESC, content.seq DESC".to_owned(),
    };
    query.push(&format!(" ORDER BY {order} LIMIT ")).int(i64::from(page.limit))
}

/// The rows of the pages after the row at `seq`, which may be gone meanwhile.
fn behind(query: Query, search: &Search<'_>, seq: i64) -> Query {
    match search.order() {
        Order::Seq => query.push(&format!(" AND {} < ", search.seq())).int(seq),
        Order::CreatedAt => query
            .push(
                " AND (content.created_at, content.seq) < ((SELECT last.created_at FROM {T} AS last WHERE last.seq <= ",
            )
            .int(seq)
            .push(" ORDER BY last.seq DESC LIMIT 1), ")
            .int(seq)
            .push(")"),
    }
}

/// The tables of an [`Entry`], for the rows of `found`, each by its key.
pub(super) fn tables(dialect: Dialect) -> String {
    // `+ 0` keeps PostgreSQL from reading its way from the highest place down.
    let sent = "sent.seq = coalesce(work.content_seq, \
         (SELECT max(newer.seq + 0) FROM {T} AS newer WHERE newer.replaces = content.id), content.seq)";
    let key = "key.route = content.route AND key.partition_key = content.partition_key";
    [
        beside(dialect, "{T}", "content", "content.seq = found.seq"),
        maybe_beside(dialect, "{T_work}", "work", "work.seq = content.seq"),
        maybe_beside(dialect, "{T_published}", "published", "published.seq = content.seq"),
        maybe_beside(dialect, "{T_key}", "key", key),
        maybe_beside(dialect, "{T}", "sent", sent),
    ]
    .join(" ")
}
