//! Transactions that last all the time.

use crate::chance::loops;
use crate::held::Held;
use crate::relay::Relay;
use crate::stage::{Stage, on_both};

on_both! {
    a_snapshot_that_is_held_all_the_time_delays_nobody
}

const KEYS: [&str; 10] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-", "Cow/4", "Cow/5", "Cow/6", "-"];

fn a_snapshot_that_is_held_all_the_time_delays_nobody(stage: &Stage) {
    let _held = held(stage);
    let mut relays = [stage.relay(100), stage.relay(100)];
    for _ in 0..loops(6) {
        stage.write(&KEYS.repeat(50));
        stage.drains(60);
    }
    relays.iter_mut().for_each(Relay::still_runs);
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

/// One that reads, and on PostgreSQL one that has a number too: rows may still appear before it.
fn held(stage: &Stage) -> Vec<Held> {
    const READ: &str = "SELECT count(*) FROM evt_outbox_work";
    let url = &stage.farm.url;
    if !stage.is_postgres() {
        return vec![Held::of(url, format!("BEGIN; {READ}"))];
    }
    let begin = format!("BEGIN ISOLATION LEVEL REPEATABLE READ; {READ}");
    vec![Held::of(url, begin.clone()), Held::of(url, format!("{begin}; SELECT pg_current_xact_id()"))]
}
