//! What operators do beside a running relay.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::thread::sleep;
use std::time::Duration;

use crate::check::check;
use crate::stage::{Stage, on_both};

on_both! {
    pauses_and_cleaning_up_beside_a_relay_lose_nothing
}

fn pauses_and_cleaning_up_beside_a_relay_lose_nothing(stage: &Stage) {
    let mut relay = stage.relay(10);
    let mut committed = BTreeSet::new();
    for what in ["", "--event cow_fed", "", "--event cow_fed"] {
        enqueue(stage);
        stage.farm.evt(&format!("outbox pause {what} --as ada")).exits(0);
        // What was in hand arrives.
        sleep(Duration::from_millis(500));
        let before = stage.broker.arrivals().len();
        enqueue(stage);
        committed.extend(stage.committed());
        stage.farm.evt("outbox cleanup --older-than 0s --yes --as ada").exits(0);
        sleep(Duration::from_millis(500));
        assert_eq!(stage.broker.arrivals().len(), before, "it is paused");
        stage.farm.evt(&format!("outbox resume {what} --as ada")).exits(0);
        stage.drains(20);
    }
    relay.still_runs();
    let committed: Vec<_> = committed.into_iter().collect();
    let taken = stage.broker.taken();
    check(&committed, taken.iter().map(String::as_str)).is_clean(0);
    stage.all_are_published();
}

/// Rows as the program writes them, in one transaction.
fn enqueue(stage: &Stage) {
    let mut lines = String::new();
    for number in 0..60 {
        let (cow, version) = (number % 7, number);
        writeln!(
            lines,
            r#"{{"event": "cow_fed", "payload": {{"weight": {number}}}, "aggregate": {{"type": "Cow", "id": "{cow}", "version": {version}}}}}"#
        )
        .expect("a string takes what is written");
    }
    stage.farm.piped("outbox enqueue --from -", &lines).exits(0);
}
