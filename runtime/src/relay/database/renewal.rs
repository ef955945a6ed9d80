//! The heartbeat of a relay: it says that it lives, extends its leases, and hears what is new. On PostgreSQL that is one
//! statement, so that a relay with nothing to do asks little of the server.

use std::collections::BTreeMap;

use super::super::failpoint::pass;
use super::super::hand::Lease;
use super::super::store::{Glance, Tenure};
use super::lease::{self, json, milliseconds};
use super::{Database, glance};
use crate::outbox::operator::OutboxError;
use crate::outbox::operator::answer::Answer;
use crate::outbox::operator::query::{Query, now};
use crate::outbox::{Dialect, LAYOUT};

/// What is read of a lane: its number, its token, the rows in hand.
type Held = (u32, i64, Vec<i64>);

/// What a relay hears of its route.
struct News {
    compatible_from: i64,
    lanes: usize,
    /// How many relays live, this one among them.
    relays: usize,
    /// Where the route is published to.
    destination: Option<String>,
    has_free: bool,
    glance: Glance,
}

/// See [`Store::renew`](super::Store::renew).
pub(super) async fn renew(database: &Database, breakers: &str) -> Result<Tenure, OutboxError> {
    let heard = match database.dialect() {
        Dialect::Postgres => at_once(database, breakers).await,
        Dialect::Sqlite => one_by_one(database, breakers).await,
    };
    let (held, news) = match heard {
        Ok((held, news)) if news.compatible_from <= i64::from(LAYOUT) => (held, news),
        // A newer program may have migrated it meanwhile.
        other => {
            database.outbox.layout().await?;
            other?
        }
    };
    let quota = news.lanes.div_ceil(news.relays.max(1));
    let moved_to = news.destination.filter(|recorded| database.is_elsewhere(recorded));
    let mut tenure = Tenure { lanes: leases(held), quota, takeovers: 0, moved_to, glance: news.glance };
    if news.has_free && tenure.lanes.len() < quota && tenure.moved_to.is_none() {
        lease::take_free(database, &mut tenure).await?;
    }
    pass!(Renewed);
    Ok(tenure)
}

/// Of a lane that is known they are what is in hand; of one that was taken without our hearing of it, suspects.
fn leases(held: Vec<Held>) -> BTreeMap<u32, Lease> {
    let lease = |(lane, token, in_hand): Held| {
        (lane, Lease { token, suspects: in_hand.iter().map(|seq| seq.abs()).collect() })
    };
    held.into_iter().map(lease).collect()
}

async fn at_once(database: &Database, breakers: &str) -> Result<(Vec<Held>, News), OutboxError> {
    let query = seen(Query::new(Dialect::Postgres, "WITH seen AS ("), database, breakers);
    let query = query.push(" RETURNING id), mine AS (SELECT lane FROM {T_lane} WHERE route = ");
    let query = query.text(database.route).push(" AND owner = ").id(database.relay);
    // `seen` first, as where a relay ends: who locks in the same order never waits in a circle.
    let query = query.push(" AND (SELECT count(*) FROM seen) = 1 ORDER BY lane FOR UPDATE), extended AS (");
    let query = extended(query, database).push(" AND lane IN (SELECT lane FROM mine)");
    let query = query.push(" RETURNING lane, token, in_hand) SELECT (SELECT CAST(coalesce(json_agg(");
    let query = query.push("json_build_array(lane, token, in_hand)), '[]') AS text) FROM extended), ");
    let mut row = database.only_row(news(query, database)).await?;
    Ok((parsed(row.text()?)?, heard(row)?))
}

async fn one_by_one(database: &Database, breakers: &str) -> Result<(Vec<Held>, News), OutboxError> {
    let begin = |sql| Query::new(Dialect::Sqlite, sql);
    let mut session = database.session().await?;
    session.run(seen(begin(""), database, breakers)).await?;
    let query = extended(begin(""), database).push(" AND owner = ").id(database.relay);
    let query = query.push(" RETURNING json_array(lane, token, json(in_hand))");
    let rows = session.rows(query).await?.into_iter();
    let held = rows.map(|mut row| parsed(row.text()?)).collect::<Result<_, OutboxError>>()?;
    let row = session.row(news(begin("SELECT "), database)).await?;
    let news = heard(row.ok_or_else(|| session.not_migrated())?)?;
    session.commit().await?;
    Ok((held, news))
}

/// Says that the relay lives.
fn seen(query: Query, database: &Database, breakers: &str) -> Query {
    let dialect = database.dialect();
    let query = query.push("UPDATE {T_relay} SET breakers = ").text(breakers).push(json(dialect));
    query.push(&format!(", seen_at = {} WHERE id = ", now(dialect))).id(database.relay)
}

/// The route's lanes, for one lease more.
fn extended(query: Query, database: &Database) -> Query {
    let query = query.push("UPDATE {T_lane} SET leased_until = ").now_plus(milliseconds(database));
    query.push(" WHERE route = ").text(database.route)
}

/// Asks for [`News`].
fn news(query: Query, database: &Database) -> Query {
    let (route, lease) = (database.route, milliseconds(database));
    let query = query.push(
        "(SELECT CAST(compatible_from AS bigint) FROM {T_layout} ORDER BY version DESC LIMIT 1), \
         (SELECT count(*) FROM {T_lane} WHERE route = ",
    );
    let query = query.text(route).push("), (SELECT count(*) FROM {T_relay} WHERE route = ").text(route);
    let query = query.push(" AND stopped_at IS NULL AND (id = ").id(database.relay);
    // One that was seen in the future was seen by a clock that was wrong.
    let query = query.push(" OR seen_at > ").now_plus(-lease).push(" AND seen_at <= ").now_plus(lease);
    let query = database.destination_of_route(query.push(")), ("));
    let query = query.push("), CAST(CAST(EXISTS (SELECT 1 FROM {T_lane} WHERE route = ").text(route);
    let query = query.push(" AND owner IS DISTINCT FROM ").id(database.relay).push(" AND ");
    let query = lease::is_free(query).push(") AS integer) AS bigint), ");
    glance(query, route)
}

fn heard(mut row: Answer) -> Result<News, OutboxError> {
    Ok(News {
        compatible_from: row.int()?,
        lanes: lease::count(&mut row)?,
        relays: lease::count(&mut row)?,
        destination: row.maybe_text()?,
        has_free: row.truth()?,
        glance: Glance { last: row.int()?, has_rows: row.truth()? },
    })
}

fn parsed<T: serde::de::DeserializeOwned>(text: String) -> Result<T, OutboxError> {
    serde_json::from_str(&text).map_err(|_| OutboxError::Unreadable { what: "rows in hand", text })
}
