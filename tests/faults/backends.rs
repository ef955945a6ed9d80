//! Databases that end connections.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::chance::{Chance, loops};
use crate::stage::{Stage, until};

const BATCH: usize = 20;
const OTHERS: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
     WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[test]
fn connections_that_are_ended_again_and_again_cost_nothing() {
    let Some(stage) = Stage::postgres() else { return };
    stage.broker.is(Mood::Takes(Duration::from_millis(5)));
    let (mut relay, mut chance) = (stage.relay(BATCH), Chance(11));
    let keys = ["Cow/1", "Cow/2", "Cow/3", "-", "Cow/1", "Cow/2", "Cow/3", "-"];
    stage.write(&keys);
    // Who cannot begin ends, and says why.
    until("the relay has begun", 20, || !stage.broker.arrivals().is_empty());
    for _ in 0..loops(25) {
        stage.write(&keys.repeat(3));
        sleep(chance.milliseconds(0, 250));
        stage.farm.run(OTHERS);
    }
    stage.drains(30);
    relay.still_runs();
    // A lane that was taken again gives what was in hand a second time; otherwise nobody forgets what he was answered.
    let taken = stage.number("SELECT coalesce(max(token), 0) FROM evt_outbox_lane");
    let takeovers = usize::try_from(taken).expect("it is not that many").saturating_sub(1);
    stage.verdict().is_clean(takeovers * BATCH);
    stage.all_are_published();
}
