//! Writers whose transactions last, overlap, and are rolled back: rows become visible in another order than that of their
//! places.

use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::chance::{Chance, loops};
use crate::database::wait;
use crate::relay::Relay;
use crate::rows::{What, of_postgres};
use crate::stage::Stage;

const WRITERS: u64 = 6;
const KEYS: u64 = 12;

#[test]
fn rows_that_commit_late_are_found_and_those_that_are_rolled_back_are_not() {
    let Some(stage) = Stage::postgres() else { return };
    let mut relays = [stage.relay(20), stage.relay(20)];
    std::thread::scope(|scope| {
        // It holds rows back for longer than leases, horizons and sweeps last.
        scope.spawn(|| wait(late(&stage.farm.url)).expect("PostgreSQL works"));
        for writer in 0..WRITERS {
            let url = &stage.farm.url;
            scope.spawn(move || wait(writes(url, Chance(writer))).expect("PostgreSQL works"));
        }
    });
    stage.drains(30);
    relays.iter_mut().for_each(Relay::still_runs);
    stage.verdict().is_clean(0);
    stage.all_are_published();
    let places = stage.number("SELECT max(seq) - count(*) FROM evt_outbox");
    assert!(places > 0, "something was rolled back");
}

async fn late(url: &str) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    let mut transaction = connection.begin().await?;
    for key in ["Late/1", "-", "Late/2", "Late/1"] {
        sqlx::raw_sql(AssertSqlSafe(of_postgres(&[key], What::Continues))).execute(&mut *transaction).await?;
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    transaction.commit().await
}

/// Transactions of one or two keys, which are locked first, as writers do who need an order.
async fn writes(url: &str, mut chance: Chance) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    for _ in 0..loops(16) {
        let mut transaction = connection.begin().await?;
        let mut cows = [chance.below(KEYS), chance.below(KEYS)];
        cows.sort_unstable();
        for cow in cows {
            let lock = format!("SELECT pg_advisory_xact_lock({cow})");
            sqlx::raw_sql(AssertSqlSafe(lock)).execute(&mut *transaction).await?;
        }
        for cow in cows {
            let key = format!("Cow/{cow}");
            let rows = of_postgres(&[&key, "-", &key], What::Continues);
            sqlx::raw_sql(AssertSqlSafe(rows)).execute(&mut *transaction).await?;
            tokio::time::sleep(chance.milliseconds(0, 150)).await;
        }
        if chance.below(4) == 0 {
            transaction.rollback().await?;
        } else {
            transaction.commit().await?;
        }
    }
    connection.close().await
}
