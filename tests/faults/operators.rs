//! What operators do beside a running relay.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::broker::Mood;
use crate::chance::loops;
use crate::check::{Row, check};
use crate::rows::What;
use crate::stage::{Stage, on_both, until};

on_both! {
    pauses_and_cleaning_up_beside_a_relay_lose_nothing
    cleaning_up_under_load_loses_nothing
    a_bulk_retry_beside_relays_that_are_killed_loses_nothing
    halted_keys_are_discarded_retried_and_taken_over
}

const BATCH: usize = 10;

fn pauses_and_cleaning_up_beside_a_relay_lose_nothing(stage: &Stage) {
    let mut relay = stage.relay(BATCH);
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
    all_arrived(stage, committed, 0);
}

/// What was committed has arrived, although it may be gone from the outbox.
fn all_arrived(stage: &Stage, committed: BTreeSet<Row>, most_duplicates: usize) {
    let committed: Vec<_> = committed.into_iter().collect();
    let taken = stage.broker.taken();
    check(&committed, taken.iter().map(String::as_str)).is_clean(most_duplicates);
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

fn cleaning_up_under_load_loses_nothing(stage: &Stage) {
    const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];
    let mut relay = stage.relay(100);
    let (committed, is_over) = (Mutex::new(BTreeSet::new()), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let end = Instant::now() + Duration::from_secs(loops(5));
            while Instant::now() < end {
                // A row is there for a second after it was published.
                stage.write(&KEYS.repeat(10));
                committed.lock().expect("nothing panics meanwhile").extend(stage.committed());
                sleep(Duration::from_millis(40));
            }
            is_over.store(true, Ordering::Relaxed);
        });
        while !is_over.load(Ordering::Relaxed) {
            stage.farm.evt("outbox cleanup --older-than 1s --yes --as ada").exits(0);
        }
    });
    stage.drains(60);
    relay.still_runs();
    let committed = committed.into_inner().expect("nothing panicked");
    assert!(stage.committed().len() < committed.len(), "rows went under load");
    stage.farm.evt("outbox cleanup --older-than 0s --yes --as ada").exits(0);
    assert_eq!(stage.committed(), []);
    all_arrived(stage, committed, 0);
}

fn a_bulk_retry_beside_relays_that_are_killed_loses_nothing(stage: &Stage) {
    let keys: Vec<_> = (0..40).map(|cow| format!("Cow/{cow}")).collect();
    let keys: Vec<_> = keys.iter().map(String::as_str).collect();
    stage.broker.is(Mood::Says(422));
    stage.write_that(What::Halts, &keys.repeat(15));
    stage.write(&["-"; 400]);
    let relay = stage.relay(100);
    until("the first of each key is dead, and what has none", 60, || stage.count("state = 'dead'") == 440);
    relay.kill();
    stage.broker.is(Mood::Takes(Duration::from_millis(3)));
    stage.write(&keys);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            stage.farm.evt("dead-letters retry --all --rate 200 --yes --as ada").exits(0);
        });
        for _ in 0..2 {
            let relay = stage.relay(BATCH);
            sleep(Duration::from_millis(1_500));
            relay.kill();
        }
    });
    let mut last = stage.relay(100);
    stage.drains(60);
    last.still_runs();
    stage.verdict().is_clean(2 * BATCH);
    stage.all_are_published();
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_key"), 0);
}

fn halted_keys_are_discarded_retried_and_taken_over(stage: &Stage) {
    let keys = ["Cow/1", "Cow/2", "Cow/3", "Cow/4"];
    stage.write_that(What::Halts, &keys.repeat(8));
    let heads: Vec<_> = stage.committed()[..4].iter().map(|row| row.seq).collect();
    for head in &heads {
        stage.broker.of_row(*head, Mood::Says(422));
    }
    let relay = stage.relay(BATCH);
    until("the keys are halted", 30, || stage.count("state = 'dead'") == 4);
    stage.farm.evt(&format!("dead-letters discard {} --as ada", heads[0])).exits(0);
    relay.kill();
    // Between two relays, while one takes over, and beside one.
    stage.farm.evt(&format!("dead-letters discard {} --as ada", heads[1])).exits(0);
    stage.broker.of_rows_no_more();
    let second = stage.relay(BATCH);
    stage.farm.evt(&format!("dead-letters retry {} --as ada", heads[2])).exits(0);
    until("what is not halted is published", 30, || stage.count("state IN ('pending', 'retrying')") == 7);
    stage.farm.evt(&format!("dead-letters retry {} --as ada", heads[3])).exits(0);
    stage.drains(30);
    assert_eq!(second.end().0.code(), Some(0));
    stage.verdict().lacks(&heads[..2], BATCH);
    assert_eq!(stage.count("state <> 'discarded'"), 0);
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_key"), 0);
}
