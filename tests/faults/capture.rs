//! Handing over to change-data capture and back while writers go on, and a slot that the server gives up. The connector is
//! a thread that reads the slot as one does that crashes now and then: it reads again what it has not confirmed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::ScopedJoinHandle;
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::broker::Broker;
use crate::chance::Chance;
use crate::database::{Farm, wait};
use crate::logical::{self, peek, script, text};
use crate::relay::Relay;
use crate::rows::{What, of_postgres};
use crate::stage::{Stage, until};

const SLOT: &str = "evt_outbox_capture";
const KEYS: u64 = 8;

/// A stage on a server of its own.
fn stage() -> Option<(Stage, crate::server::Server)> {
    let server = logical::server()?;
    let stage = Stage::of(Farm::at(server.url()));
    Some((stage, server))
}

impl Stage {
    fn capture(&self) {
        let sql = self.farm.evt("export debezium --sql").exits(0).stdout;
        script(&self.farm.url, &sql).expect("the statements work");
    }

    /// Gives it again until nothing is left of what was stored before the slot.
    fn handed_over(&self) -> Relay {
        let has_moved = "SELECT count(*) FROM evt_outbox_relay WHERE destination LIKE 'capture:%'";
        for _ in 0..60 {
            let mut relay = self.start(self.publish_to(&format!("capture:{SLOT} --change-destination"), 20));
            let mut ended = None;
            until("it is handed over, or not yet", 30, || {
                ended = relay.ended();
                ended.is_some() || self.number(has_moved) > 0
            });
            match ended {
                None => return relay,
                Some(status) => assert_eq!(status.code(), Some(4), "something is left"),
            }
        }
        panic!("it is never handed over");
    }
}

/// Writes to keys that it locks first, until it is told to stop.
async fn writes(url: &str, mut chance: Chance, stop: &AtomicBool) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    while !stop.load(Ordering::Relaxed) {
        let mut transaction = connection.begin().await?;
        let cow = chance.below(KEYS);
        let key = format!("Cow/{cow}");
        let lock = format!("SELECT pg_advisory_xact_lock({cow})");
        let rows = of_postgres(&[&key, "-", &key], What::Continues);
        for sql in [lock, rows] {
            sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut *transaction).await?;
        }
        tokio::time::sleep(chance.milliseconds(0, 60)).await;
        if chance.below(5) == 0 { transaction.rollback().await? } else { transaction.commit().await? }
    }
    connection.close().await
}

/// Publishes what the slot holds until it is told to stop; gives how much that was.
fn connects(url: &str, broker: &Broker, stop: &AtomicBool) -> usize {
    let (mut chance, mut sent) = (Chance(7), 0);
    while !stop.load(Ordering::Relaxed) {
        let end = text(url, "SELECT pg_current_wal_flush_lsn()");
        for row in peek(url, SLOT).rows {
            broker.is_given(&row["id"]);
            sent += 1;
        }
        if chance.below(3) > 0 {
            text(url, &format!("SELECT count(*) FROM pg_replication_slot_advance('{SLOT}', '{end}')"));
        }
        std::thread::sleep(Duration::from_millis(30));
    }
    sent
}

fn confirmed(url: &str, end: &str) -> bool {
    let confirmed =
        format!("SELECT confirmed_flush_lsn >= '{end}' FROM pg_replication_slots WHERE slot_name = '{SLOT}'");
    text(url, &confirmed) == "true"
}

fn ended<T>(stop: &AtomicBool, thread: ScopedJoinHandle<'_, T>) -> T {
    stop.store(true, Ordering::Relaxed);
    thread.join().expect("no thread panics")
}

#[test]
fn an_outbox_is_handed_over_and_back_while_writers_go_on() {
    let Some((stage, _server)) = stage() else { return };
    let url = stage.farm.url.as_str();
    let [no_more_writes, no_more_connector] = [const { AtomicBool::new(false) }; 2];
    std::thread::scope(|scope| {
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                scope.spawn({
                    let stop = &no_more_writes;
                    move || wait(writes(url, Chance(writer), stop)).expect("PostgreSQL works")
                })
            })
            .collect();
        let before = stage.relay(20);
        until("the relay works", 30, || stage.broker.taken().len() > 50);
        stage.capture();
        let capturing = stage.handed_over();
        let by_relay = stage.broker.taken().len();
        drop(before);
        let connector = scope.spawn(|| connects(url, &stage.broker, &no_more_connector));
        until("the connector works", 30, || stage.broker.taken().len() > by_relay + 200);

        // And back.
        assert_eq!(capturing.end().0.code(), Some(0));
        let end = text(url, "SELECT pg_current_wal_insert_lsn()");
        until("what was settled is confirmed", 30, || confirmed(url, &end));
        let by_connector = ended(&no_more_connector, connector);
        assert!(by_connector > 200, "{by_connector}");
        let reached = stage.broker.taken().len();
        let after =
            stage.start(stage.publish_to(&format!("{} --change-destination", stage.broker.url()), 20));
        until("the relay works again", 30, || stage.broker.taken().len() > reached + 50);
        no_more_writes.store(true, Ordering::Relaxed);
        for writer in writers {
            writer.join().expect("no writer panics");
        }
        stage.drains(30);
        assert_eq!(after.end().0.code(), Some(0));
    });
    let verdict = stage.verdict();
    verdict.is_clean(usize::MAX);
    assert!(verdict.duplicates > 0, "what both sent comes twice");
    stage.all_are_published();
}

/// The statement of the documentation that has events published again.
fn again() -> String {
    let page = include_str!("../../docs/capture.md");
    let (_, statement) = page.split_once("```sql\nWITH again").expect("the documentation tells it");
    let (statement, _) = statement.split_once("```").expect("a block ends");
    assert!(statement.contains("'2026-11-21 16:00Z'"), "{statement}");
    format!("WITH again{}", statement.replace("'2026-11-21 16:00Z'", "'-infinity'"))
}

#[test]
fn what_went_into_a_slot_that_the_server_gave_up_is_published_by_a_relay() {
    let Some((stage, _server)) = stage() else { return };
    let farm = &stage.farm;
    stage.write(&["Cow/1", "-"]);
    farm.evt(&format!("outbox publish --to {} --once", stage.broker.url())).exits(0);
    stage.capture();
    let capture = format!("outbox publish --to capture:{SLOT} --once");
    farm.evt(&format!("{capture} --change-destination")).exits(0);
    stage.write(&["Cow/1", "Cow/2", "Cow/1"]);
    farm.evt(&capture).exits(0).tells("published 3 events");

    // The connector never came.
    farm.run("ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'");
    farm.run("SELECT pg_reload_conf()");
    let status = format!("SELECT wal_status FROM pg_replication_slots WHERE slot_name = '{SLOT}'");
    until("the slot is given up", 30, || {
        farm.run("SELECT pg_logical_emit_message(false, '', '')");
        farm.run("SELECT pg_switch_wal()");
        farm.run("CHECKPOINT");
        text(&farm.url, &status) == "lost"
    });
    stage.write(&["Cow/1", "Cow/2"]);
    farm.evt(&capture).exits(4).tells("the server has given up the replication slot");
    assert_eq!(stage.count("state = 'pending'"), 2);

    farm.run(&again());
    farm.evt(&format!("outbox publish --to {} --once --change-destination", stage.broker.url())).exits(0);
    stage.verdict().is_clean(2);
    stage.all_are_published();
}
