//! Dead letters: sent again, or given up.

use std::ops::ControlFlow;

use uuid::Uuid;

use super::query::Query;
use super::search::Search;
use super::session::Access;
use super::sweep::Deed;
use super::{Filter, Operator, Outbox, OutboxError, State};

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

impl Outbox {
    /// Sends dead letters again: their attempts count from 0. Rows whose key went on stay, unless that is allowed.
    ///
    /// Each 500 rows are a transaction of their own; after each, and before the next one, `watch` is told how many are
    /// done, and may stop it.
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
        self.sweep(Deed::Retry, filter, bulk, operator, watch).await
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
        self.sweep(Deed::Discard, filter, bulk, operator, watch).await
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
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
