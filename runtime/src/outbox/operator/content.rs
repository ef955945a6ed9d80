//! New content in the place of a dead letter.

use std::ops::ControlFlow;

use uuid::Uuid;

use super::action::Record;
use super::lane::lock_lanes;
use super::query::Query;
use super::session::{Access, Session};
use super::show::entry;
use super::sweep::Deed;
use super::{Action, Bulk, EntryDetail, Filter, Operator, Outbox, OutboxError, Reorder, Retried, State};
use crate::check::unfit_json;
use crate::outbox::Dialect;
use crate::outbox::limit::max_payload;

/// What is sent in place of a dead letter.
///
/// ```
/// use evt_runtime::outbox::operator::NewContent;
///
/// let content = NewContent {
///     event_version: 2,
///     fingerprint: "00".repeat(32),
///     payload: r#"{"weight":2.5}"#.to_owned(),
/// };
/// assert_eq!(content.event_version, 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContent {
    /// The version that the payload is of.
    pub event_version: u32,
    /// The fingerprint of that version.
    pub fingerprint: String,
    /// The payload: JSON text, which the caller has validated.
    pub payload: String,
}

impl Outbox {
    /// Sends a dead letter again with new content: a row with a new id, which `replaces` the event, and keeps its place in
    /// the order. Gives the new id.
    ///
    /// # Errors
    /// [`OutboxError::Unknown`]; [`OutboxError::State`] where the row is not dead, or its key went on and that is not
    /// allowed; [`OutboxError::Content`].
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{NewContent, Operator, Outbox, OutboxError, Reorder};
    ///
    /// async fn mend(outbox: &Outbox, id: uuid::Uuid) -> Result<uuid::Uuid, OutboxError> {
    ///     let detail = outbox.entry(id).await?;
    ///     let content = NewContent {
    ///         event_version: detail.entry.event_version,
    ///         fingerprint: detail.fingerprint,
    ///         payload: r#"{"weight":2.5}"#.to_owned(),
    ///     };
    ///     outbox.replace(id, &content, Reorder::Refused, &Operator::new("anna")).await
    /// }
    /// ```
    pub async fn replace(
        &self,
        id: Uuid,
        content: &NewContent,
        reorder: Reorder,
        operator: &Operator,
    ) -> Result<Uuid, OutboxError> {
        let mut session = self.session(Access::Write).await?;
        let found = entry(&mut session, id).await?;
        lock_lanes(&mut session, std::iter::once((found.entry.route.as_str(), found.lane))).await?;
        // What it is now that nobody else can change it.
        let detail = entry(&mut session, id).await?;
        check(&detail, reorder)?;
        let new = send_instead(&mut session, &detail, content).await?;
        let filter = serde_json::json!({ "ids": [detail.entry.id.to_string()], "content": new.to_string() });
        let record = Record::begin(&mut session, operator, Action::Replace, &filter.to_string()).await?;
        record.add(&mut session, 1, 0).await?;
        session.commit().await?;
        Ok(new)
    }
}

impl Outbox {
    /// Sends dead letters again with the content that `next` gives for each of them, a hundred in each transaction. One
    /// action in the audit.
    ///
    /// # Errors
    /// What the database says, and [`OutboxError::Content`]; what was done before stays.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    ///
    /// use evt_runtime::outbox::operator::{Bulk, Filter, Operator, Outbox, OutboxError, Rewrite};
    ///
    /// /// Sends what has a payload again, and leaves the rest.
    /// async fn retry_full(outbox: &Outbox) -> Result<u64, OutboxError> {
    ///     let next = &mut |detail: &evt_runtime::outbox::operator::EntryDetail| match detail.payload.as_str() {
    ///         "{}" => Rewrite::Leave,
    ///         _ => Rewrite::AsItIs,
    ///     };
    ///     let (anna, go_on) = (Operator::new("anna"), &mut |_| ControlFlow::Continue(()));
    ///     Ok(outbox.rewrite(&Filter::default(), Bulk::default(), &anna, next, go_on).await?.changed)
    /// }
    /// ```
    pub async fn rewrite(
        &self,
        filter: &Filter,
        bulk: Bulk,
        operator: &Operator,
        next: &mut (dyn FnMut(&EntryDetail) -> Rewrite + Send),
        watch: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send),
    ) -> Result<Retried, OutboxError> {
        self.sweep(Deed::Rewrite(next), filter, bulk, operator, watch).await
    }
}

/// What becomes of a dead letter that is looked at.
///
/// ```
/// use evt_runtime::outbox::operator::Rewrite;
///
/// assert_ne!(Rewrite::Leave, Rewrite::AsItIs);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rewrite {
    /// It is sent with this content.
    Send(NewContent),
    /// It is sent as it is.
    AsItIs,
    /// It stays dead.
    Leave,
}

/// Sends new content in the place of a dead letter whose lane is locked.
pub(super) async fn send_instead(
    session: &mut Session<'_>,
    detail: &EntryDetail,
    content: &NewContent,
) -> Result<Uuid, OutboxError> {
    if let Some(reason) = unfit(&content.payload) {
        return Err(OutboxError::Content { reason });
    }
    let new = Uuid::now_v7();
    insert(session, detail, content, new).await?;
    Ok(new)
}

/// Why a payload cannot be stored.
fn unfit(payload: &str) -> Option<String> {
    if payload.len() > max_payload() {
        return Some(format!("has {} bytes, the most is {}", payload.len(), max_payload()));
    }
    match serde_json::from_str(payload) {
        Ok(value) => unfit_json(&value),
        Err(error) => Some(format!("is no JSON: {error}")),
    }
}

fn check(detail: &EntryDetail, reorder: Reorder) -> Result<(), OutboxError> {
    let entry = &detail.entry;
    let refused = |reason| Err(OutboxError::State { id: entry.id, state: entry.state, reason });
    if entry.state != State::Dead {
        return refused("only a dead letter gets new content");
    }
    if entry.key_went_on && reorder == Reorder::Refused {
        return refused("its key went on without it: later events may have been sent");
    }
    Ok(())
}

/// What the copy has like the original. The idempotency key stays with that one.
const KEPT: &str = "event_name, event_type, process_type, domain, subject, source, route, lane, partition_key, metadata, \
     occurred_at, aggregate_type, aggregate_id, aggregate_version, on_dead_letter";

async fn insert(
    session: &mut Session<'_>,
    detail: &EntryDetail,
    content: &NewContent,
    new: Uuid,
) -> Result<(), OutboxError> {
    let dialect = session.dialect();
    let (uuid, json, int) = match dialect {
        Dialect::Postgres => ("::uuid", "::json", "::integer"),
        Dialect::Sqlite => ("", "", ""),
    };
    let copy = Query::new(
        dialect,
        format!("INSERT INTO {{T}} (id, event_version, fingerprint, payload, replaces, {KEPT}) SELECT "),
    )
    .text(new.to_string())
    .push(&format!("{uuid}, "))
    .int(i64::from(content.event_version))
    .push(&format!("{int}, "))
    .text(&content.fingerprint)
    .push(", ")
    .text(&content.payload)
    .push(&format!("{json}, id, {KEPT} FROM {{T}} WHERE seq = "))
    .int(detail.entry.seq)
    .push(" RETURNING seq");
    let row = session.row(copy).await?;
    let mut row = row.ok_or_else(|| OutboxError::Unknown { id: detail.entry.id.to_string() })?;
    let revived = Query::new(
        dialect,
        "UPDATE {T_work} SET state = 'pending', attempts = 0, crashes = 0, available_at = NULL, dead_lettered_at = NULL, \
         dead_reason = NULL, key_went_on = false, content_seq = ",
    );
    session.run(revived.int(row.int()?).push(" WHERE seq = ").int(detail.entry.seq)).await?;
    let freed =
        Query::new(dialect, "UPDATE {T_key} SET halted = false WHERE head_seq = ").int(detail.entry.seq);
    session.run(freed).await.map(|_| ())
}
