//! Relays that would publish to different places.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_relay_with_another_destination_publishes_nothing_until_the_route_is_moved
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

fn a_relay_with_another_destination_publishes_nothing_until_the_route_is_moved(stage: &Stage) {
    let other = stage.broker.elsewhere();
    stage.broker.is(Mood::Takes(Duration::from_millis(20)));
    let mut first = stage.relay(BATCH);
    stage.write(&KEYS.repeat(10));
    until("something arrives", 20, || stage.broker.arrivals().len() > 3);
    let refused = stage.start(stage.publish_to(&other.url(), BATCH)).ends(30);
    assert_eq!(refused.code(), Some(3));
    assert_eq!(stage.told(&format!("published to {}, not to {}", stage.broker.url(), other.url())), 1);
    first.still_runs();
    let mut moved = stage.publish_to(&other.url(), BATCH);
    moved.args(["--change-destination", "--as", "ada"]);
    let mut second = stage.start(moved);
    stage.write(&KEYS.repeat(10));
    assert_eq!(first.ends(30).code(), Some(3), "it ends when it hears of it");
    sleep(Duration::from_millis(200));
    let before = stage.broker.arrivals().len();
    stage.write(&KEYS.repeat(10));
    stage.drains(60);
    second.still_runs();
    let arrivals = stage.broker.arrivals();
    assert!(arrivals.iter().any(|arrival| arrival.port == stage.broker.port()));
    assert!(arrivals[before..].iter().all(|arrival| arrival.port == other.port()));
    // The first one waited for its answers.
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
