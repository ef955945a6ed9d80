//! Outboxes that another program than this one has migrated.

use crate::broker::Mood;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_relay_lives_with_a_newer_layout_that_older_programs_can_live_with
    a_relay_leaves_a_newer_layout_alone_that_it_cannot_live_with
    a_relay_leaves_an_outbox_alone_that_was_not_migrated
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];
const TABLES: [&str; 9] =
    ["", "_work", "_published", "_lane", "_key", "_attempt", "_audit", "_relay", "_pause"];

fn a_relay_lives_with_a_newer_layout_that_older_programs_can_live_with(stage: &Stage) {
    let first = stage.relay(BATCH);
    stage.write(&KEYS.repeat(5));
    until("something arrives", 20, || !stage.broker.arrivals().is_empty());
    for table in TABLES {
        stage
            .farm
            .run(&format!("ALTER TABLE evt_outbox{table} ADD COLUMN newer text NOT NULL DEFAULT 'new'"));
    }
    stage.farm.run("UPDATE evt_outbox_layout SET version = 9, compatible_from = 1");
    stage.write(&KEYS.repeat(5));
    stage.drains(20);
    assert_eq!(first.end().0.code(), Some(0));
    stage.write(&KEYS);
    let refused = stage.committed().pop().expect("rows were written").seq;
    stage.broker.of_row(refused, Mood::Says(422));
    let second = stage.relay(BATCH);
    until("one is dead", 20, || stage.count("state = 'dead'") == 1);
    stage.broker.of_rows_no_more();
    stage.farm.evt("dead-letters retry --all --yes --allow-reorder --as ada").exits(0);
    stage.drains(20);
    assert_eq!(second.end().0.code(), Some(0));
    stage.verdict().is_clean(0);
    stage.all_are_published();
}

fn a_relay_leaves_a_newer_layout_alone_that_it_cannot_live_with(stage: &Stage) {
    let mut first = stage.relay(BATCH);
    stage.write(&KEYS.repeat(5));
    stage.drains(20);
    stage.farm.run("UPDATE evt_outbox_layout SET version = 9, compatible_from = 9");
    assert_eq!(first.ends(20).code(), Some(4), "one that runs sees it");
    stage.write(&KEYS);
    let second = stage.relay(BATCH).ends(20);
    assert_eq!(second.code(), Some(4));
    assert_eq!(stage.told("has layout 9, this program knows layout 1"), 2);
    let rows = stage.committed();
    let missing: Vec<_> = rows[rows.len() - KEYS.len()..].iter().map(|row| row.seq).collect();
    stage.verdict().lacks(&missing, 0);
    // The newer program takes over at once.
    stage.farm.run("UPDATE evt_outbox_layout SET version = 1, compatible_from = 1");
    let mut newer = stage.relay(BATCH);
    stage.drains(20);
    newer.still_runs();
    stage.verdict().is_clean(0);
}

fn a_relay_leaves_an_outbox_alone_that_was_not_migrated(stage: &Stage) {
    stage.farm.run("DROP VIEW evt_outbox_rows; DROP TABLE evt_outbox_layout; DROP TABLE evt_outbox_lane");
    assert_eq!(stage.relay(BATCH).ends(20).code(), Some(4));
    assert_eq!(stage.told("evt outbox migrate"), 1);
}
