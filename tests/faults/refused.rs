//! Messages that are refused: only their keys wait, and they alone die.

use crate::broker::{Arrival, Mood};
use crate::check::Row;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_message_that_is_refused_delays_its_key_alone
    a_message_that_alone_fails_delays_its_key_alone
    a_message_that_kills_relays_dies_alone
}

const BATCH: usize = 10;

/// Writes rows of which the second is bad, and gives it and the next one of its key.
fn bad(stage: &Stage, mood: Mood) -> (i64, i64) {
    // Nothing is published yet.
    let keys = ["Cow/0", "Cow/1", "Cow/2", "Cow/3", "-", "Cow/1", "Cow/2"];
    stage.write(&keys.repeat(6));
    let rows = stage.committed();
    let mut of_key = rows.iter().filter(|row| row.key.as_deref() == Some("Cow/1")).map(|row: &Row| row.seq);
    let (bad, next) = (of_key.next().expect("it was written"), of_key.next().expect("it was written"));
    stage.broker.of_row(bad, mood);
    (bad, next)
}

/// It is tried, then it alone is dead, and its key goes on.
fn dies_alone(stage: &Stage, bad: i64, next: i64, reason: &str) {
    stage.drains(30);
    assert_eq!(stage.count("state = 'dead'"), 1);
    assert_eq!(stage.count(&format!("seq = {bad} AND state = 'dead' AND dead_reason = '{reason}'")), 1);
    let arrivals = stage.broker.arrivals();
    let last_try = arrivals.iter().rposition(|arrival| arrival.seq == bad).expect("it was tried");
    let next = arrivals.iter().position(|arrival| arrival.seq == next).expect("its key goes on");
    assert!(last_try < next, "its key waits for it");
}

/// All of other keys were published before it was given up.
fn others_went_on(stage: &Stage, bad: i64) {
    let arrivals = stage.broker.arrivals();
    let last_try = arrivals.iter().rposition(|arrival| arrival.seq == bad).expect("it was tried");
    let is_other = |arrival: &&Arrival| arrival.key.as_deref() != Some("Cow/1");
    let others = arrivals.iter().filter(is_other).count();
    assert_eq!(arrivals[..last_try].iter().filter(is_other).count(), others, "others do not wait for it");
}

/// The operator sends it again, beside the relay.
fn is_retried(stage: &Stage) {
    stage.broker.of_rows_no_more();
    stage.farm.evt("dead-letters retry --all --yes --allow-reorder --as ada").exits(0);
    stage.drains(20);
    stage.all_are_published();
    assert!(stage.verdict().missing.is_empty());
}

fn a_message_that_is_refused_delays_its_key_alone(stage: &Stage) {
    let (bad, next) = bad(stage, Mood::Says(422));
    let mut relay = stage.relay(BATCH);
    dies_alone(stage, bad, next, "max_attempts");
    others_went_on(stage, bad);
    assert_eq!(stage.broker.tries_of(bad), 2);
    stage.verdict().lacks(&[bad], 0);
    is_retried(stage);
    relay.still_runs();
}

fn a_message_that_alone_fails_delays_its_key_alone(stage: &Stage) {
    let (bad, next) = bad(stage, Mood::Says(500));
    let mut relay = stage.relay(BATCH);
    dies_alone(stage, bad, next, "max_attempts");
    others_went_on(stage, bad);
    stage.verdict().lacks(&[bad], 0);
    is_retried(stage);
    relay.still_runs();
}

fn a_message_that_kills_relays_dies_alone(stage: &Stage) {
    let (bad, next) = bad(stage, Mood::Stalls);
    let mut kills = 0;
    // Once in company, then three times alone.
    while stage.count("state = 'dead'") == 0 {
        assert!(kills < 6, "it is found out in time");
        let (relay, tries) = (stage.relay(BATCH), stage.broker.tries_of(bad));
        let is_over = || stage.broker.tries_of(bad) > tries || stage.count("state = 'dead'") == 1;
        until("it kills", 30, is_over);
        relay.kill();
        kills += 1;
    }
    let mut relay = stage.relay(BATCH);
    dies_alone(stage, bad, next, "crash");
    stage.verdict().lacks(&[bad], kills * BATCH);
    is_retried(stage);
    relay.still_runs();
}
