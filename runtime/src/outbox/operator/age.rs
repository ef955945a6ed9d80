use std::time::Duration;

use super::query::Query;
use super::session::Access;
use super::{Outbox, OutboxError};
use crate::outbox::Dialect;

/// The place of the oldest row of a route that is not published, lane by lane: each of them is one look into the index on
/// route, lane and place, however many rows there are. On PostgreSQL no other index has the place as `seq + 0`.
fn oldest(dialect: Dialect) -> String {
    let place = match dialect {
        Dialect::Postgres => "work.seq + 0",
        Dialect::Sqlite => "work.seq",
    };
    format!(
        "SELECT min(first.seq) FROM (SELECT (SELECT work.seq FROM {{T_work}} AS work \
         WHERE work.state IN ('pending', 'retrying') AND work.route = lane.route AND work.lane = lane.lane \
         ORDER BY {place} LIMIT 1) AS seq FROM {{T_lane}} AS lane WHERE lane.route = "
    )
}

impl Outbox {
    /// How long the oldest row of a route that is pending, retrying or held has been in the outbox; `None` where there is
    /// none. That costs little, however many rows there are.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::Outbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let outbox = Outbox::open("sqlite::memory:", "evt_outbox")?;
    /// outbox.migrate().await?;
    /// assert_eq!(outbox.oldest_age("broker").await?, None);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn oldest_age(&self, route: &str) -> Result<Option<Duration>, OutboxError> {
        let milliseconds = match self.dialect() {
            Dialect::Postgres => "extract(epoch FROM clock_timestamp() - content.created_at) * 1000",
            Dialect::Sqlite => "(julianday('now') - julianday(content.created_at)) * 86400000",
        };
        let sql = format!(
            "SELECT CAST({milliseconds} AS bigint) FROM {{T}} AS content WHERE content.seq = ({}",
            oldest(self.dialect())
        );
        let query = Query::new(self.dialect(), sql).text(route).push(") AS first)");
        let row = self.session(Access::Read).await?.row(query).await?;
        let age = row.map(|mut row| row.int()).transpose()?;
        // A clock that was set back since is no reason to say that a row is from the future.
        Ok(age.map(|milliseconds| Duration::from_millis(u64::try_from(milliseconds).unwrap_or(0))))
    }
}
