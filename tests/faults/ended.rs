//! Relays that are told to end.

use std::time::Duration;

use crate::broker::Mood;
use crate::relay::LEASE;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_relay_that_is_told_to_end_waits_for_answers_and_nothing_comes_twice
}

fn a_relay_that_is_told_to_end_waits_for_answers_and_nothing_comes_twice(stage: &Stage) {
    stage.broker.is(Mood::Takes(Duration::from_millis(60)));
    for _ in 0..4 {
        let before = stage.broker.arrivals().len();
        stage.write(&["Cow/1", "Cow/2", "Cow/3", "Cow/1", "Cow/2", "Cow/3", "-", "-"].repeat(5));
        let relay = stage.relay(10);
        until("something arrives", 20, || stage.broker.arrivals().len() > before + 3);
        let (status, took) = relay.end();
        assert_eq!(status.code(), Some(0));
        // The settings of the tests give it 10 seconds; answers come in a fraction of one.
        assert!(took < Duration::from_secs(5), "{took:?}");
        assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_lane WHERE owner IS NOT NULL"), 0);
    }
    stage.broker.is(Mood::WELL);
    let last = stage.relay(10);
    stage.drains(30);
    assert_eq!(last.end().0.code(), Some(0));
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

#[test]
fn relays_that_end_together_leave_no_lane_behind() {
    let Some(stage) = Stage::postgres() else { return };
    let owners = "SELECT count(DISTINCT owner) FROM evt_outbox_lane WHERE owner IS NOT NULL";
    let (first, second) = (stage.relay(10), stage.relay(10));
    // Lanes change hands when there is something to do.
    let shares = || {
        stage.write(&["-"]);
        stage.number(owners) == 2
    };
    until("they share the lanes", 20, shares);
    stage.drains(20);
    stage.broker.is(Mood::Takes(LEASE * 2));
    let before = stage.broker.arrivals().len();
    stage.write(&["Cow/1"]);
    until("it is on its way", 20, || stage.broker.arrivals().len() > before);
    // One of them waits for the answer, and sees the lanes of the other one free.
    std::thread::scope(|scope| {
        let ends = [first, second].map(|relay| scope.spawn(|| relay.end().0.code()));
        assert_eq!(ends.map(|end| end.join().expect("it ends")), [Some(0), Some(0)]);
    });
    assert_eq!(stage.number(owners), 0);
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
