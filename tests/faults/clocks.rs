//! Clocks that are wrong: those of the machines that relays run on do not matter, and what was written by a database's
//! clock that was wrong delays nobody.

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::relay::LEASE;
use crate::rows::What;
use crate::stage::{Stage, on_both, until};

on_both! {
    what_a_database_wrote_that_was_a_day_ahead_delays_nobody
    a_relay_whose_clock_jumps_loses_nothing
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

/// Moves instants of a table by a day.
fn move_by_a_day(stage: &Stage, table: &str, columns: &[&str]) {
    let moved = |column: &&str| match stage.is_postgres() {
        true => format!("{column} = {column} + interval '1 day'"),
        false => format!("{column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '+1 day')"),
    };
    let columns: Vec<_> = columns.iter().map(moved).collect();
    stage.farm.run(&format!("UPDATE evt_outbox_{table} SET {}", columns.join(", ")));
}

fn what_a_database_wrote_that_was_a_day_ahead_delays_nobody(stage: &Stage) {
    stage.write_that(What::Halts, &KEYS.repeat(5));
    let head = stage.committed()[0].seq;
    stage.broker.of_row(head, Mood::Says(422));
    stage.broker.is(Mood::Takes(Duration::from_millis(10)));
    let first = stage.relay(BATCH);
    until("a row waits for its next attempt", 20, || stage.count("state = 'retrying'") == 1);
    first.kill();
    move_by_a_day(stage, "lane", &["leased_until"]);
    move_by_a_day(stage, "relay", &["started_at", "seen_at"]);
    move_by_a_day(stage, "work", &["available_at"]);
    stage.broker.of_rows_no_more();
    let second = stage.relay(BATCH);
    stage.drains(20);
    // It was the last one that said where to publish to, by a clock that was wrong.
    assert_eq!(second.end().0.code(), Some(0));
    let other = stage.broker.elsewhere();
    let mut moved = stage.publish_to(&other.url(), BATCH);
    moved.args(["--change-destination", "--as", "ada"]);
    let mut third = stage.start(moved);
    sleep(LEASE);
    stage.write(&KEYS);
    stage.drains(20);
    third.still_runs();
    stage.verdict().is_clean(BATCH);
    stage.all_are_published();
}

/// The program with a clock that is as a file says.
fn with_clock(stage: &Stage, relay: &Command) -> Command {
    let mut command = Command::new("faketime");
    command.args(["-f", "+0"]).arg(relay.get_program()).args(relay.get_args());
    command.current_dir(stage.farm.project.path(""));
    command.env("FAKETIME_TIMESTAMP_FILE", stage.farm.project.path("clock")).env("FAKETIME_NO_CACHE", "1");
    // Machines whose clock is set keep counting.
    command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    command
}

fn a_relay_whose_clock_jumps_loses_nothing(stage: &Stage) {
    let mut usual = stage.relay(BATCH);
    stage.farm.project.write("clock", "+0");
    let mut odd = stage.start(with_clock(stage, &stage.publish(BATCH)));
    for clock in ["+0", "+1d", "-1d", "+90s", "-10m", "+0"] {
        stage.farm.project.write("clock", clock);
        stage.write(&KEYS.repeat(10));
        stage.drains(20);
    }
    usual.still_runs();
    odd.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
