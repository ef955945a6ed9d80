//! What operators change, and the record that is kept of it.

use super::OutboxError;
use super::query::{Query, now};
use super::session::Session;
use crate::outbox::Dialect;

/// Who changes something, and why.
///
/// ```
/// use evt_runtime::outbox::operator::Operator;
///
/// let anna = Operator::new("anna").because("the broker is back");
/// assert_eq!(anna.reason.as_deref(), Some("the broker is back"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// A person, or a program.
    pub actor: String,
    /// Why.
    pub reason: Option<String>,
}

impl Operator {
    /// An operator who gives no reason.
    ///
    /// ```
    /// assert_eq!(evt_runtime::outbox::operator::Operator::new("anna").reason, None);
    /// ```
    #[must_use]
    pub fn new(actor: impl Into<String>) -> Self {
        Self { actor: actor.into(), reason: None }
    }

    /// The same with a reason.
    ///
    /// ```
    /// let anna = evt_runtime::outbox::operator::Operator::new("anna").because("tested");
    /// assert!(anna.reason.is_some());
    /// ```
    #[must_use]
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

crate::words! {
    /// What was done.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Action;
    ///
    /// assert_eq!(Action::Retry.as_str(), "retry");
    /// ```
    Action {
        /// Dead letters were sent again.
        Retry = "retry",
        /// A dead letter was sent again with new content.
        Replace = "replace",
        /// Dead letters were given up.
        Discard = "discard",
        /// Old rows were removed.
        Cleanup = "cleanup",
        /// Publishing was stopped.
        Pause = "pause",
        /// Publishing goes on.
        Resume = "resume",
        /// A relay publishes somewhere else than those before it.
        ChangeDestination = "change-destination",
        /// A replication slot was made that has every event from then on, or it was seen to be gone.
        Capture = "capture",
    }
}

/// The record of one action, which grows with each of its transactions.
pub(crate) struct Record {
    number: i64,
}

impl Record {
    /// Begins it, in the first transaction of the action. `filter` is JSON text.
    pub(crate) async fn begin(
        session: &mut Session<'_>,
        operator: &Operator,
        action: Action,
        filter: &str,
    ) -> Result<Self, OutboxError> {
        let (role, json) = match session.dialect() {
            Dialect::Postgres => ("current_user", "::json"),
            Dialect::Sqlite => ("NULL", ""),
        };
        let query = Query::new(
            session.dialect(),
            "INSERT INTO {T_audit} (actor, role, action, reason, filter) VALUES (",
        )
        .text(&operator.actor)
        .push(&format!(", {role}, "))
        .text(action.as_str())
        .push(", ")
        .maybe_text(operator.reason.as_deref())
        .push(", ")
        .text(filter)
        .push(&format!("{json}) RETURNING number"));
        let row = session.row(query).await?;
        let number = row.ok_or(OutboxError::Unreadable { what: "a record", text: String::new() })?.int()?;
        Ok(Self { number })
    }

    /// Adds what one transaction changed.
    pub(crate) async fn add(
        &self,
        session: &mut Session<'_>,
        changed: u64,
        refused: u64,
    ) -> Result<(), OutboxError> {
        let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        let query = Query::new(session.dialect(), "UPDATE {T_audit} SET changed = changed + ")
            .int(count(changed))
            .push(", refused = refused + ")
            .int(count(refused))
            .push(&format!(", ended_at = {} WHERE number = ", now(session.dialect())))
            .int(self.number);
        session.run(query).await.map(|_| ())
    }
}
