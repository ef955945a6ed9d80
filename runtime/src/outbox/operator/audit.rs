use jiff::Timestamp;

use super::query::{Query, time};
use super::session::Access;
use super::{Outbox, OutboxError, Page};

/// What an operator did.
///
/// ```
/// use evt_runtime::outbox::operator::AuditEntry;
///
/// fn by<'a>(entries: &'a [AuditEntry], actor: &str) -> Vec<&'a AuditEntry> {
///     entries.iter().filter(|entry| entry.actor == actor).collect()
/// }
/// assert!(by(&[], "anna").is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number.
    pub number: i64,
    /// When it began.
    pub at: Timestamp,
    /// When its last transaction was committed.
    pub ended_at: Option<Timestamp>,
    /// Who did it, as they said.
    pub actor: String,
    /// The PostgreSQL role.
    pub role: Option<String>,
    /// What was done, such as `retry`.
    pub action: String,
    /// Why, as they said.
    pub reason: Option<String>,
    /// Which rows: the JSON text of an object.
    pub filter: String,
    /// How many rows it changed.
    pub changed: u64,
    /// How many it left.
    pub refused: u64,
}

impl Outbox {
    /// What operators did, latest first; `page.after` is a number.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError, Page};
    ///
    /// async fn who(outbox: &Outbox) -> Result<Option<String>, OutboxError> {
    ///     Ok(outbox.audit(Page::first(1)).await?.pop().map(|entry| entry.actor))
    /// }
    /// ```
    pub async fn audit(&self, page: Page) -> Result<Vec<AuditEntry>, OutboxError> {
        let dialect = self.dialect();
        let query = Query::new(
            dialect,
            format!(
                "SELECT number, {}, {}, actor, role, action, reason, CAST(filter AS text), changed, refused \
                 FROM {{T_audit}} WHERE number < ",
                time(dialect, "at"),
                time(dialect, "ended_at")
            ),
        );
        let query = query.int(page.after.unwrap_or(i64::MAX)).push(" ORDER BY number DESC LIMIT ");
        let rows = self.session(Access::Read).await?.rows(query.int(i64::from(page.limit))).await?;
        let count = |number: i64| u64::try_from(number).unwrap_or(0);
        let entries = rows.into_iter().map(|mut row| {
            Ok(AuditEntry {
                number: row.int()?,
                at: row.time()?,
                ended_at: row.maybe_time()?,
                actor: row.text()?,
                role: row.maybe_text()?,
                action: row.text()?,
                reason: row.maybe_text()?,
                filter: row.text()?,
                changed: count(row.int()?),
                refused: count(row.int()?),
            })
        });
        entries.collect()
    }
}
