//! PostgreSQL servers that are restarted under relays.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::database::Farm;
use crate::relay::{LEASE, Relay};
use crate::server::Server;
use crate::stage::{Stage, until};

const BATCH: usize = 20;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

#[test]
fn a_server_that_is_restarted_under_relays_costs_nothing() {
    let Some(mut server) = Server::own() else { return };
    let stage = Stage::of(Farm::on(&server.url(), ""));
    stage.broker.is(Mood::Takes(Duration::from_millis(10)));
    let mut relays = vec![stage.relay(BATCH)];
    for how in ["fast", "immediate"] {
        restart(&stage, &mut server, how, Duration::from_millis(200));
    }
    // What it had been answered it has not forgotten.
    stage.verdict().is_clean(0);
    relays.push(stage.relay(BATCH));
    let owners = "SELECT count(DISTINCT owner) FROM evt_outbox_lane WHERE owner IS NOT NULL";
    until("the second one has begun", 60, || stage.number(owners) == 2);
    restart(&stage, &mut server, "immediate", LEASE * 2);
    relays.iter_mut().for_each(Relay::still_runs);
    // Each may find that the other one was quicker.
    stage.verdict().is_clean(2 * BATCH);
    stage.all_are_published();
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_attempt"), 0, "attempts that count");
}

/// Stops the server while something is on its way, and starts it after a while.
fn restart(stage: &Stage, server: &mut Server, how: &str, down: Duration) {
    let before = stage.broker.arrivals().len();
    stage.write(&KEYS.repeat(20));
    until("something arrives", 60, || stage.broker.arrivals().len() > before + 10);
    server.order(&format!("stop {how}"));
    sleep(down);
    server.order("start");
    stage.drains(60);
}
