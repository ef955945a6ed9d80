use std::collections::{BTreeMap, BTreeSet};

use super::OutboxError;
use super::query::Query;
use super::session::Session;
use crate::outbox::Dialect;

/// Locks lanes, in one order, and raises their generation: a relay that owns one looks at its keys again before it hands
/// anything over.
pub(super) async fn lock_lanes<'l>(
    session: &mut Session<'_>,
    lanes: impl Iterator<Item = (&'l str, u32)>,
) -> Result<(), OutboxError> {
    let dialect = session.dialect();
    let mut by_route: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for (route, lane) in lanes {
        by_route.entry(route).or_default().insert(lane.into());
    }
    for (route, lanes) in by_route {
        let lanes: Vec<_> = lanes.into_iter().collect();
        if dialect == Dialect::Postgres {
            let lock = Query::new(dialect, "SELECT 1::bigint FROM {T_lane} WHERE route = ").text(route);
            session.rows(lock.push(" AND lane").one_of(&lanes).push(" ORDER BY lane FOR UPDATE")).await?;
        }
        let raise =
            Query::new(dialect, "UPDATE {T_lane} SET generation = generation + 1 WHERE route = ").text(route);
        session.run(raise.push(" AND lane").one_of(&lanes)).await?;
    }
    Ok(())
}
