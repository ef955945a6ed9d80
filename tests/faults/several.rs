//! Several relays of one outbox.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::relay::{LEASE, Relay};
use crate::stage::{Stage, until};

const BATCH: usize = 20;

#[test]
fn four_relays_share_the_lanes_while_one_dies_and_one_comes() {
    let Some(stage) = Stage::postgres() else { return };
    stage.broker.is(Mood::Takes(Duration::from_millis(10)));
    let mut relays: Vec<_> = (0..4).map(|_| stage.relay(BATCH)).collect();
    std::thread::scope(|scope| {
        let writing = scope.spawn(|| writes(&stage));
        four_own_lanes(&stage);
        relays.remove(1).kill();
        sleep(LEASE / 2);
        relays.push(stage.relay(BATCH));
        writing.join().expect("the writer ends");
    });
    stage.drains(30);
    four_own_lanes(&stage);
    relays.iter_mut().for_each(Relay::still_runs);
    stage.verdict().is_clean(BATCH);
    stage.all_are_published();
}

/// Commits rows of many keys for longer than a takeover takes.
fn writes(stage: &Stage) {
    let keys: Vec<_> = (0..40).map(|cow| format!("Cow/{cow}")).collect();
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    for _ in 0..70 {
        stage.write(&keys);
        sleep(Duration::from_millis(80));
    }
}

/// Each of four relays that live has its share.
fn four_own_lanes(stage: &Stage) {
    let owners = "SELECT count(*) FROM (SELECT owner FROM evt_outbox_lane WHERE route = 'broker' \
                  AND leased_until > clock_timestamp() GROUP BY owner HAVING count(*) = 16) AS owner";
    until("four relays have 16 lanes each", 30, || stage.number(owners) == 4);
}
