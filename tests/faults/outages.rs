//! Brokers that are down, refuse everything, or say nothing. That costs no attempt, and nothing dies of it.

use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::chance::loops;
use crate::relay::Relay;
use crate::stage::{Stage, on_both};

on_both! {
    a_broker_that_goes_and_comes_costs_nothing
    a_broker_that_is_down_for_long_costs_nothing
    a_broker_that_flaps_costs_duplicates_alone
    a_broker_that_refuses_everything_for_a_while_costs_nothing
    a_broker_that_says_nothing_costs_nothing
    answers_that_are_lost_cost_duplicates_alone
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

/// All is published in the end, with no attempt that counts.
fn is_well(stage: &Stage, most_duplicates: usize) {
    stage.verdict().is_clean(most_duplicates);
    stage.all_are_published();
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_attempt"), 0, "attempts that count");
}

fn a_broker_that_goes_and_comes_costs_nothing(stage: &mut Stage) {
    let mut relay = stage.relay(BATCH);
    for _ in 0..3 {
        stage.write(&KEYS.repeat(5));
        stage.broker.goes_down();
        stage.write(&KEYS.repeat(5));
        sleep(Duration::from_millis(700));
        stage.broker.comes_up();
        stage.drains(20);
    }
    relay.still_runs();
    // What had just been taken when it was cut off comes again.
    is_well(stage, 3 * BATCH);
}

/// Longer than it takes to try again more often than a row may be refused; `EVT_SOAK=1800` is half an hour.
fn a_broker_that_is_down_for_long_costs_nothing(stage: &mut Stage) {
    let mut relays = [stage.relay(BATCH), stage.relay(BATCH)];
    stage.write(&KEYS);
    stage.drains(20);
    stage.broker.goes_down();
    for _ in 0..loops(5) {
        stage.write(&KEYS);
        sleep(Duration::from_secs(1));
    }
    stage.broker.comes_up();
    stage.drains(60);
    relays.iter_mut().for_each(Relay::still_runs);
    is_well(stage, 0);
}

/// A row that fails again and again while others get through counts as refused, which may be chance here; it does not die.
fn a_broker_that_flaps_costs_duplicates_alone(stage: &mut Stage) {
    stage.farm.project.edit("evt.toml", "max_attempts = 2", "max_attempts = 12");
    let mut relay = stage.relay(BATCH);
    for _ in 0..loops(20) {
        stage.write(&KEYS);
        stage.broker.goes_down();
        sleep(Duration::from_millis(70));
        stage.broker.comes_up();
        sleep(Duration::from_millis(70));
    }
    stage.drains(60);
    relay.still_runs();
    let most_duplicates = usize::try_from(loops(20)).expect("there are not so many") * BATCH;
    stage.verdict().is_clean(most_duplicates);
    stage.all_are_published();
}

fn a_broker_that_refuses_everything_for_a_while_costs_nothing(stage: &Stage) {
    let mut relay = stage.relay(BATCH);
    for status in [401, 403, 404, 429, 500, 503] {
        stage.broker.is(Mood::Says(status));
        stage.write(&KEYS.repeat(4));
        sleep(Duration::from_millis(500));
        stage.broker.is(Mood::WELL);
        stage.drains(20);
    }
    relay.still_runs();
    is_well(stage, 0);
}

fn a_broker_that_says_nothing_costs_nothing(stage: &Stage) {
    let mut relay = stage.relay(BATCH);
    stage.broker.is(Mood::Stalls);
    stage.write(&KEYS.repeat(5));
    // Longer than a lease, which is kept all the same.
    sleep(Duration::from_secs(5));
    stage.write(&KEYS);
    stage.broker.is(Mood::WELL);
    stage.drains(20);
    relay.still_runs();
    is_well(stage, 0);
}

fn answers_that_are_lost_cost_duplicates_alone(stage: &Stage) {
    let mut relay = stage.relay(BATCH);
    stage.broker.is(Mood::LosesAnswers);
    stage.write(&KEYS.repeat(5));
    sleep(Duration::from_millis(600));
    stage.broker.is(Mood::WELL);
    stage.drains(20);
    relay.still_runs();
    // What is in hand at first, then what is tried, one by one.
    is_well(stage, 2 * BATCH);
}
