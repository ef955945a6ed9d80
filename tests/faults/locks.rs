//! Statements that a database ends, and locks that somebody keeps.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::held::Held;
use crate::relay::{LEASE, Relay};
use crate::stage::{Stage, side_by_side, until};

const BATCH: usize = 20;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

#[test]
fn what_a_role_has_set_for_its_statements_does_not_matter() {
    let Some(stage) = Stage::postgres() else { return };
    let database = stage.farm.database();
    for set in [
        "statement_timeout = '150ms'",
        "lock_timeout = '20ms'",
        "idle_in_transaction_session_timeout = '150ms'",
        "default_transaction_isolation = 'serializable'",
        "synchronous_commit = off",
        "TimeZone = 'Asia/Kathmandu'",
        "DateStyle = 'SQL, DMY'",
        "extra_float_digits = -4",
    ] {
        stage.farm.run(&format!("ALTER DATABASE {database} SET {set}"));
    }
    stage.broker.is(Mood::Takes(Duration::from_millis(2)));
    // Those that begin together would disturb each other most, if theirs were serializable.
    let mut relays: Vec<_> = (0..6).map(|_| stage.relay(BATCH)).collect();
    for _ in 0..10 {
        stage.write(&KEYS.repeat(10));
    }
    stage.drains(60);
    relays.iter_mut().for_each(Relay::still_runs);
    // On a machine that is busy an answer may be late.
    assert_eq!(stage.told("not renewed"), stage.told("not renewed: no answer"));
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

#[test]
fn a_table_that_somebody_has_locked_costs_duplicates_alone() {
    // Longer than they wait for a lock, and longer than their leases last.
    let tables = [("work", 11), ("lane", 5), ("published", 3), ("key", 3)];
    side_by_side(tables.map(|(table, seconds)| (table, (table, seconds))), |(table, seconds)| {
        if let Some(stage) = Stage::postgres() {
            is_locked(&stage, table, Duration::from_secs(seconds));
        }
    });
}

fn is_locked(stage: &Stage, table: &str, time: Duration) {
    stage.broker.is(Mood::Takes(Duration::from_millis(5)));
    let mut relays = [stage.relay(BATCH), stage.relay(BATCH)];
    stage.write(&KEYS.repeat(20));
    until("something arrives", 30, || stage.broker.arrivals().len() > 3);
    let lock =
        Held::of(&stage.farm.url, format!("BEGIN; LOCK TABLE evt_outbox_{table} IN ACCESS EXCLUSIVE MODE"));
    sleep(time);
    lock.commit();
    stage.drains(60);
    relays.iter_mut().for_each(Relay::still_runs);
    // Each may have lost its lanes to the other one.
    stage.verdict().is_clean(2 * BATCH);
    stage.all_are_published();
}

#[test]
fn a_relay_that_cannot_renew_its_leases_takes_nothing() {
    let Some(stage) = Stage::postgres() else { return };
    stage.broker.is(Mood::Takes(Duration::from_millis(200)));
    let mut relay = stage.relay(BATCH);
    stage.write(&KEYS.repeat(30));
    until("something arrives", 30, || !stage.broker.arrivals().is_empty());
    let lock = Held::of(&stage.farm.url, "BEGIN; LOCK TABLE evt_outbox_relay IN ACCESS EXCLUSIVE MODE");
    sleep(LEASE);
    let (arrived, taken) = (stage.broker.arrivals().len(), stage.told("batch rows"));
    sleep(LEASE);
    assert_eq!(stage.broker.arrivals().len(), arrived);
    assert!(stage.told("batch rows") < taken + 3, "it rests");
    lock.commit();
    stage.broker.is(Mood::WELL);
    stage.drains(60);
    relay.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
