//! A key with many rows whose first one is bad.

use crate::broker::Mood;
use crate::rows::What;
use crate::stage::{Stage, on_both, until};

on_both! {
    a_halted_key_with_many_rows_disturbs_nobody_and_drains_in_order
    a_second_attempt_does_not_wait_for_the_rows_of_a_halted_key
}

const ROWS: usize = 2_000;
/// A hundred times more than a relay looks at again at once.
const MANY: usize = 100_000;

fn a_halted_key_with_many_rows_disturbs_nobody_and_drains_in_order(stage: &Stage) {
    stage.write_that(What::Halts, &["Cow/hot"].repeat(ROWS));
    let head = stage.number("SELECT min(seq) FROM evt_outbox");
    stage.broker.of_row(head, Mood::Says(422));
    let mut relay = stage.relay(100);
    until("its first row is dead", 30, || stage.count("state = 'dead'") == 1);
    // Behind it, of other keys; and more of its own.
    stage.write(&["Cow/1", "Cow/2", "Cow/hot", "-"].repeat(25));
    until("other keys go on", 10, || stage.broker.taken().len() == 75);
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_key WHERE head_seq > 0"), 1);
    stage.broker.of_rows_no_more();
    stage.farm.evt("dead-letters retry --all --yes --as ada").exits(0);
    stage.drains(60);
    relay.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
    assert_eq!(stage.number("SELECT count(*) FROM evt_outbox_key"), 0);
}

fn a_second_attempt_does_not_wait_for_the_rows_of_a_halted_key(stage: &Stage) {
    stage.write_that(What::Halts, &["Cow/hot"].repeat(MANY));
    let head = stage.number("SELECT min(seq) FROM evt_outbox");
    stage.broker.of_row(head, Mood::Says(422));
    let mut relay = stage.relay(500);
    until("its first row is dead", 30, || stage.count("state = 'dead'") == 1);
    let key = neighbour(stage);
    stage.write(&[&key]);
    let last = stage.number("SELECT max(seq) FROM evt_outbox");
    stage.broker.of_row(last, Mood::Says(422));
    // Of the many rows before it that cannot go, thousands are looked at at once.
    until("it is tried", 60, || stage.broker.tries_of(last) == 1);
    stage.broker.of_row(last, Mood::WELL);
    // Its time comes after a second; all of them are looked at again for it.
    until("it is tried again", 60, || stage.broker.tries_of(last) == 2);
    relay.still_runs();
}

/// Another key of the same lane.
fn neighbour(stage: &Stage) -> String {
    if !stage.is_postgres() {
        return "Cow/1".to_owned();
    }
    let lane = |key: &str| format!("get_byte(decode(md5({key}), 'hex'), 0) & 63");
    let (all, hot) = (lane("'Cow/' || number"), lane("'Cow/hot'"));
    let sql = format!("SELECT min(number) FROM generate_series(1, 10000) AS number WHERE {all} = {hot}");
    format!("Cow/{}", stage.number(&sql))
}
