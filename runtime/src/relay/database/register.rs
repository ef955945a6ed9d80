//! How a relay tells of itself.

use super::Database;
use super::lease::json;
use crate::outbox::Dialect;
use crate::outbox::operator::action::Record;
use crate::outbox::operator::query::{Query, now};
use crate::outbox::operator::session::Session;
use crate::outbox::operator::{Action, Operator, OutboxError};

/// How long a relay that has ended is remembered.
const REMEMBERED_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// What a relay says when it begins.
#[derive(Clone, Debug)]
pub(crate) struct Registration {
    pub(crate) name: String,
    /// Who says that the route has another destination from now on.
    pub(crate) change: Option<Operator>,
}

impl Database {
    /// Begins. Gives the destination that the route has, where it is another one: then the relay may not run.
    pub(crate) async fn register(&self, told: &Registration) -> Result<Option<String>, OutboxError> {
        let mut session = self.session().await?;
        // Of two first relays the second one sees where the first one publishes to.
        let lock = "UPDATE {T_lane} SET token = token WHERE lane = 0 AND route = ";
        session.run(Query::new(self.dialect(), lock).text(self.route)).await?;
        let recorded = self.recorded(&mut session).await?;
        match (recorded, &told.change) {
            (Some(recorded), None) if self.is_elsewhere(&recorded) => return Ok(Some(recorded)),
            (Some(recorded), Some(operator)) if self.is_elsewhere(&recorded) => {
                let filter =
                    serde_json::json!({ "route": self.route, "from": recorded, "to": self.destination })
                        .to_string();
                let action = Action::ChangeDestination;
                let record = Record::begin(&mut session, operator, action, &filter).await?;
                record.add(&mut session, 1, 0).await?;
            }
            _ => {}
        }
        self.forget(&mut session).await?;
        self.insert(&mut session, told).await?;
        session.commit().await?;
        Ok(None)
    }

    /// The destination of the route: that of the relay that began last.
    async fn recorded(&self, session: &mut Session<'_>) -> Result<Option<String>, OutboxError> {
        let row = session.row(self.destination_of_route(Query::new(self.dialect(), ""))).await?;
        row.map_or(Ok(None), |mut row| row.maybe_text())
    }

    /// Asks where the relay that began last publishes to.
    pub(super) fn destination_of_route(&self, query: Query) -> Query {
        let query =
            query.push("SELECT destination FROM {T_relay} WHERE destination IS NOT NULL AND route = ");
        query.text(self.route).push(" ORDER BY started_at DESC, id DESC LIMIT 1")
    }

    pub(super) fn is_elsewhere(&self, recorded: &str) -> bool {
        self.destination.as_ref().is_some_and(|destination| destination != recorded)
    }

    /// Relays that ended long ago, but for the last of the route.
    async fn forget(&self, session: &mut Session<'_>) -> Result<(), OutboxError> {
        let query = Query::new(self.dialect(), "DELETE FROM {T_relay} WHERE seen_at < ");
        let query = query.now_plus(-REMEMBERED_MS).push(
            " AND started_at < (SELECT max(newer.started_at) FROM {T_relay} AS newer \
             WHERE newer.route = {T_relay}.route) AND route = ",
        );
        session.run(query.text(self.route)).await.map(|_| ())
    }

    async fn insert(&self, session: &mut Session<'_>, told: &Registration) -> Result<(), OutboxError> {
        let dialect = self.dialect();
        let events =
            self.events.as_ref().map(|events| serde_json::Value::from(events.as_slice()).to_string());
        let columns = "id, route, name, version, destination, events";
        let query = Query::new(
            dialect,
            format!("INSERT INTO {{T_relay}} (seen_at, started_at, {columns}) VALUES ({}, ", now(dialect)),
        );
        let query = self.began(query).push(", ");
        let query = query.id(self.relay).push(", ").text(self.route).push(", ").text(&told.name).push(", ");
        let query = query.text(env!("CARGO_PKG_VERSION")).push(", ");
        let query = query.maybe_text(self.destination.as_deref()).push(", ");
        session.run(query.maybe_text(events.as_deref()).push(json(dialect)).push(")")).await.map(|_| ())
    }

    /// Now, or just behind the relay that began last: the clock that it began by may have been wrong, and who began last
    /// says where the route is published to.
    fn began(&self, query: Query) -> Query {
        let now = now(self.dialect());
        let last = "FROM {T_relay} WHERE route = ";
        let (begin, end) = match self.dialect() {
            Dialect::Postgres => {
                (format!("greatest({now}, (SELECT max(started_at) + interval '1 millisecond' {last}"), "))")
            }
            Dialect::Sqlite => {
                let later = "strftime('%Y-%m-%dT%H:%M:%fZ', max(started_at), '+0.001 seconds')";
                (format!("max({now}, coalesce((SELECT {later} {last}"), "), ''))")
            }
        };
        query.push(&begin).text(self.route).push(end)
    }
}
