//! The relays, as they tell of themselves in `T_relay`.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::super::query::{Query, now, time};
use super::super::session::Access;
use super::super::{Outbox, OutboxError};
use super::number;

/// A connection that a relay hands nothing over to for a while, because it does not answer.
///
/// ```
/// use evt_runtime::outbox::operator::Breaker;
///
/// let breaker = Breaker { connection: "nats://broker.farm".into(), since: None, error: None };
/// assert_eq!(breaker.connection, "nats://broker.farm");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breaker {
    /// The connection, without secrets.
    pub connection: String,
    /// When it was opened.
    pub since: Option<Timestamp>,
    /// What was said last.
    pub error: Option<String>,
}

/// What a relay tells of itself.
///
/// ```
/// use evt_runtime::outbox::operator::RelayHealth;
///
/// fn is_troubled(relay: &RelayHealth) -> bool {
///     !relay.breakers.is_empty()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelayHealth {
    /// Its id.
    pub id: Uuid,
    /// `durable` or `broker`.
    pub route: String,
    /// Its name for people.
    pub name: String,
    /// The events that it has subscribers for; `None`: all of its route.
    pub events: Option<Vec<String>>,
    /// The version of the program.
    pub version: String,
    /// Where it publishes to, without secrets.
    pub destination: Option<String>,
    /// When it began.
    pub started_at: Timestamp,
    /// When it last told of itself.
    pub seen_at: Timestamp,
    /// When it ended, if it had time to say so.
    pub stopped_at: Option<Timestamp>,
    /// How many lanes it has leased, and may work on now.
    pub lanes: u64,
    /// Its open breakers.
    pub breakers: Vec<Breaker>,
}

impl Outbox {
    /// The relays, last seen first, at most 1,000.
    ///
    /// # Errors
    /// What the database says.
    ///
    /// ```
    /// use evt_runtime::outbox::operator::{Outbox, OutboxError};
    ///
    /// async fn names(outbox: &Outbox) -> Result<Vec<String>, OutboxError> {
    ///     Ok(outbox.relays().await?.into_iter().map(|relay| relay.name).collect())
    /// }
    /// ```
    pub async fn relays(&self) -> Result<Vec<RelayHealth>, OutboxError> {
        let dialect = self.dialect();
        let time = |column| time(dialect, column);
        let (now, started_at) = (now(dialect), time("relay.started_at"));
        let (seen_at, stopped_at) = (time("relay.seen_at"), time("relay.stopped_at"));
        let sql = format!(
            "SELECT CAST(relay.id AS text), relay.route, relay.name, CAST(relay.events AS text), relay.version, \
             relay.destination, {started_at}, {seen_at}, {stopped_at}, \
             (SELECT count(*) FROM {{T_lane}} AS lane WHERE lane.owner = relay.id AND lane.leased_until > {now}), \
             CAST(relay.breakers AS text) FROM {{T_relay}} AS relay ORDER BY relay.seen_at DESC, relay.id LIMIT 1000"
        );
        let rows = self.session(Access::Read).await?.rows(Query::new(dialect, sql)).await?;
        let relays = rows.into_iter().map(|mut row| {
            Ok(RelayHealth {
                id: row.uuid()?,
                route: row.text()?,
                name: row.text()?,
                events: row.maybe_text()?.map(events).transpose()?.flatten(),
                version: row.text()?,
                destination: row.maybe_text()?,
                started_at: row.time()?,
                seen_at: row.time()?,
                stopped_at: row.maybe_time()?,
                lanes: number(row.int()?),
                breakers: breakers(row.text()?)?,
            })
        });
        relays.collect()
    }
}

/// A list of names, or `null`.
fn events(text: String) -> Result<Option<Vec<String>>, OutboxError> {
    serde_json::from_str(&text).map_err(|_| OutboxError::Unreadable { what: "the events of a relay", text })
}

/// A list of objects, `{"connection": …, "since": …, "error": …}`, of which the last two may be absent.
fn breakers(text: String) -> Result<Vec<Breaker>, OutboxError> {
    let list: Option<Vec<Value>> = serde_json::from_str(&text).ok();
    let read = list.and_then(|list| list.iter().map(breaker).collect());
    read.ok_or(OutboxError::Unreadable { what: "the breakers of a relay", text })
}

fn breaker(value: &Value) -> Option<Breaker> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    Some(Breaker {
        connection: text("connection")?.to_owned(),
        since: text("since").and_then(|since| since.parse().ok()),
        error: text("error").map(str::to_owned),
    })
}
