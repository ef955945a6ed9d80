//! Clocks that are wrong: those of the machines that relays run on do not matter, and what was written by a database's
//! clock that was wrong delays nobody.

use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use crate::broker::Mood;
use crate::relay::{LEASE, Relay};
use crate::rows::What;
use crate::server::skip;
use crate::stage::{Stage, on_both, until};

on_both! {
    what_a_database_wrote_that_was_a_day_ahead_delays_nobody
    a_relay_whose_clock_jumps_loses_nothing
}

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

/// Moves instants of a table by a day.
fn move_by_a_day(stage: &Stage, table: &str, columns: &[&str]) {
    let moved = |column: &&str| {
        if stage.is_postgres() {
            format!("{column} = {column} + interval '1 day'")
        } else {
            format!("{column} = strftime('%Y-%m-%dT%H:%M:%fZ', {column}, '+1 day')")
        }
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

/// What fakes a clock; `None` where it is not installed.
fn faker() -> Option<String> {
    // The command itself would stay beside the relay.
    let said = Command::new("faketime").args(["-f", "+0", "printenv", "LD_PRELOAD"]).output().ok()?;
    Some(String::from_utf8(said.stdout).expect("a path is text").trim().to_owned())
}

fn a_relay_whose_clock_jumps_loses_nothing(stage: &Stage) {
    let Some(faker) = faker() else { return skip("no faketime: install it") };
    // To SQLite the clock of the machine is that of the database: of two that differ one takes the lanes of the other.
    let mut usual = stage.is_postgres().then(|| stage.relay(BATCH));
    let mut odd = stage.publish(BATCH);
    let clock = stage.farm.project.path("clock");
    odd.env("LD_PRELOAD", faker).env("FAKETIME_TIMESTAMP_FILE", clock).env("FAKETIME_NO_CACHE", "1");
    // Machines whose clock is set keep counting.
    odd.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    stage.farm.project.write("clock", "+0");
    let mut odd = stage.start(odd);
    for clock in ["+0", "+1d", "-1d", "+90s", "-10m", "+0"] {
        stage.farm.project.write("clock", clock);
        stage.write(&KEYS.repeat(10));
        stage.drains(20);
    }
    usual.iter_mut().for_each(Relay::still_runs);
    odd.still_runs();
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
