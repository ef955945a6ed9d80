//! Relays that stand still, as in a machine that is suspended.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::relay::{LEASE, Relay};
use crate::stage::{Stage, until};

const BATCH: usize = 20;

#[test]
fn a_relay_that_stood_still_longer_than_its_lease_disturbs_nothing() {
    let Some(stage) = Stage::postgres() else { return };
    stage.broker.is(Mood::Takes(Duration::from_millis(20)));
    let mut first = stage.relay(BATCH);
    let keys: Vec<_> = (0..12).map(|cow| format!("Cow/{cow}")).collect();
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    stage.write(&keys.repeat(12));
    until("something arrives", 20, || !stage.broker.arrivals().is_empty());
    let mut second = stage.relay(BATCH);
    for _ in 0..2 {
        stage.write(&keys.repeat(12));
        stop_between_transactions(&stage, &first);
        sleep(LEASE * 2);
        stage.drains(20);
        first.go_on();
    }
    stage.write(&keys.repeat(2));
    stage.drains(20);
    first.still_runs();
    second.still_runs();
    stage.verdict().is_clean(2 * BATCH);
    stage.all_are_published();
}

/// Who stands still in a transaction keeps its locks, and with them its lanes.
fn stop_between_transactions(stage: &Stage, relay: &Relay) {
    let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                AND state LIKE 'idle in transaction%'";
    until("it stands still between two transactions", 20, || {
        relay.stop();
        // The other one may be in a transaction too, for an instant.
        let is_between = (0..5).any(|_| {
            sleep(Duration::from_millis(20));
            stage.number(open) == 0
        });
        if !is_between {
            relay.go_on();
        }
        is_between
    });
}
