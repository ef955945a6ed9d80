//! Publishing, stopped and gone on with.

use jiff::Timestamp;

use super::action::Record;
use super::query::{Query, time};
use super::session::Access;
use super::{Action, Operator, Outbox, OutboxError};

/// Stands for every event.
const EVERY: &str = "*";

impl Outbox {
    /// Relays hand over no more rows of `event`, or of any. Writers go on. Says whether that is new.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Operator, Outbox, OutboxError};
    ///
    /// async fn stop(outbox: &Outbox) -> Result<bool, OutboxError> {
    ///     outbox.pause(Some("cow_fed"), &Operator::new("anna").because("the consumer is being mended")).await
    /// }
    /// ```
    pub async fn pause(&self, event: Option<&str>, operator: &Operator) -> Result<bool, OutboxError> {
        let query = Query::new(self.dialect(), "INSERT INTO {T_pause} (event_name) VALUES (")
            .text(event.unwrap_or(EVERY))
            .push(") ON CONFLICT (event_name) DO NOTHING");
        self.turn(query, Action::Pause, event, operator).await
    }

    /// Relays go on. Says whether that is new. What was paused by itself stays so while all is resumed, and the other way
    /// round.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Operator, Outbox, OutboxError};
    ///
    /// async fn go_on(outbox: &Outbox) -> Result<bool, OutboxError> {
    ///     outbox.resume(Some("cow_fed"), &Operator::new("anna")).await
    /// }
    /// ```
    pub async fn resume(&self, event: Option<&str>, operator: &Operator) -> Result<bool, OutboxError> {
        let query = Query::new(self.dialect(), "DELETE FROM {T_pause} WHERE event_name = ")
            .text(event.unwrap_or(EVERY));
        self.turn(query, Action::Resume, event, operator).await
    }

    async fn turn(
        &self,
        query: Query,
        action: Action,
        event: Option<&str>,
        operator: &Operator,
    ) -> Result<bool, OutboxError> {
        let mut session = self.session(Access::Write).await?;
        let changed = session.run(query).await?;
        if changed > 0 {
            let filter =
                event.map_or_else(|| serde_json::json!({}), |event| serde_json::json!({ "event": event }));
            let record = Record::begin(&mut session, operator, action, &filter.to_string()).await?;
            record.add(&mut session, changed, 0).await?;
        }
        session.commit().await?;
        Ok(changed > 0)
    }

    /// What is paused, and since when; no name stands for every event.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn is_running(outbox: &Outbox) -> Result<bool, OutboxError> {
    ///     Ok(outbox.paused().await?.is_empty())
    /// }
    /// ```
    pub async fn paused(&self) -> Result<Vec<(Option<String>, Timestamp)>, OutboxError> {
        let dialect = self.dialect();
        let at = time(dialect, "at");
        let query =
            Query::new(dialect, format!("SELECT event_name, {at} FROM {{T_pause}} ORDER BY event_name"));
        let rows = self.session(Access::Read).await?.rows(query).await?;
        let paused = rows.into_iter().map(|mut row| {
            let name = row.text()?;
            Ok(((name != EVERY).then_some(name), row.time()?))
        });
        paused.collect()
    }
}
