use jiff::Timestamp;

use super::OutboxError;
use super::entry::whole;
use super::query::{Query, time};
use super::session::Session;

/// An attempt that failed.
///
/// ```
/// use evt_runtime::outbox::operator::Attempt;
///
/// fn codes(attempts: &[Attempt]) -> Vec<&str> {
///     attempts.iter().filter_map(|attempt| attempt.error_code.as_deref()).collect()
/// }
/// assert!(codes(&[]).is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// The how manieth it was, from 1.
    pub attempt: u32,
    /// The relay's id.
    pub relay: Option<String>,
    /// The error's code.
    pub error_code: Option<String>,
    /// What the error said.
    pub error_text: Option<String>,
}

/// Those of a row, oldest first.
pub(super) async fn of(session: &mut Session<'_>, seq: i64) -> Result<Vec<Attempt>, OutboxError> {
    let dialect = session.dialect();
    let query = Query::new(
        dialect,
        format!(
            "SELECT {}, CAST(attempt AS bigint), CAST(relay AS text), error_code, error_text \
             FROM {{T_attempt}} WHERE seq = ",
            time(dialect, "at")
        ),
    );
    let rows = session.rows(query.int(seq).push(" ORDER BY number")).await?;
    let attempts = rows.into_iter().map(|mut row| {
        Ok(Attempt {
            at: row.time()?,
            attempt: whole(&mut row)?,
            relay: row.maybe_text()?,
            error_code: row.maybe_text()?,
            error_text: row.maybe_text()?,
        })
    });
    attempts.collect()
}
