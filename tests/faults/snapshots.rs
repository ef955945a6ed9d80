//! Transactions that last all the time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::chance::loops;
use crate::database::wait;
use crate::relay::Relay;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_snapshot_that_is_held_all_the_time_delays_nobody
}

const KEYS: [&str; 10] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-", "Cow/4", "Cow/5", "Cow/6", "-"];

fn a_snapshot_that_is_held_all_the_time_delays_nobody(stage: &Stage) {
    let (is_held, is_over) = (AtomicBool::new(false), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| wait(hold(stage, &is_held, &is_over)).expect("the database works"));
        until("it is held", 20, || is_held.load(Ordering::Relaxed));
        // A panic must end it too.
        let _over = Over(&is_over);
        let mut relays = [stage.relay(100), stage.relay(100)];
        for _ in 0..loops(6) {
            stage.write(&KEYS.repeat(50));
            stage.drains(30);
        }
        relays.iter_mut().for_each(Relay::still_runs);
    });
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

struct Over<'o>(&'o AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Holds one that reads, and on PostgreSQL one that has a number, before which rows may still appear.
async fn hold(stage: &Stage, is_held: &AtomicBool, is_over: &AtomicBool) -> sqlx::Result<()> {
    const READ: &str = "SELECT count(*) FROM evt_outbox_work";
    let url = &stage.farm.url;
    let over = async {
        is_held.store(true, Ordering::Relaxed);
        while !is_over.load(Ordering::Relaxed) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if !stage.is_postgres() {
        let mut reader = SqliteConnection::connect(url).await?;
        sqlx::raw_sql(AssertSqlSafe(format!("BEGIN; {READ}"))).execute(&mut reader).await?;
        over.await;
        return reader.close().await;
    }
    let begin = format!("BEGIN ISOLATION LEVEL REPEATABLE READ; {READ}");
    let (mut reader, mut writer) = (PgConnection::connect(url).await?, PgConnection::connect(url).await?);
    sqlx::raw_sql(AssertSqlSafe(begin.clone())).execute(&mut reader).await?;
    let begin = format!("{begin}; SELECT pg_current_xact_id()");
    sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut writer).await?;
    over.await;
    reader.close().await?;
    writer.close().await
}
