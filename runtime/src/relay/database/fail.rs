//! Rows that were refused.

use super::super::hand::{Fate, Settle};
use super::Database;
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::session::Session;
use crate::outbox::operator::settle::{Due, die, fail, retry};

/// Writes down what became of a row that was not published.
pub(super) async fn settle(
    session: &mut Session<'_>,
    database: &Database,
    settle: &Settle,
) -> Result<(), OutboxError> {
    let (code, text) = match &settle.fate {
        Fate::Published => return Ok(()),
        Fate::Retried { code, text, .. } | Fate::Dead { code, text, .. } => (code, text),
    };
    let due = Due {
        seq: settle.seq,
        route: database.route.to_owned(),
        lane: settle.lane,
        key: settle.key.as_deref().map(str::to_owned),
        halts: settle.halts,
        attempts: settle.attempts,
    };
    if !fail(session, &due, Some(database.relay), code, text).await? {
        // A transaction of which nobody knew had written it down.
        return Ok(());
    }
    match &settle.fate {
        Fate::Published => Ok(()),
        Fate::Retried { after, .. } => retry(session, &due, *after).await,
        Fate::Dead { reason, .. } => die(session, &due, reason).await,
    }
}
