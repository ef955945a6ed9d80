//! Relays that are killed, or stand still, at every point that matters.

use std::os::unix::process::ExitStatusExt as _;
use std::thread::sleep;
use std::time::{Duration, Instant};

use evt_runtime::relay::Failpoint;
use nix::sys::signal::Signal;

use crate::broker::Mood;
use crate::chance::{Chance, loops};
use crate::relay::Relay;
use crate::stage::{Stage, side_by_side, until};

const BATCH: usize = 10;
const KEYS: [&str; 8] = ["Cow/1", "Cow/2", "Cow/3", "-", "Cow/1", "Cow/2", "Cow/4", "-"];
/// How long they stand still.
const STANDS: Duration = Duration::from_secs(4);
/// How many outboxes of each database are tried at once.
const STAGES: usize = 5;

/// Tries all points, some of them on each stage.
fn at_all_points(work: impl Fn(&Stage, Failpoint, &mut Chance) + Sync) {
    let mut shares = Vec::new();
    for number in 0..STAGES {
        let share: Vec<_> = Failpoint::ALL.iter().skip(number).step_by(STAGES).collect();
        shares.push((format!("sqlite {number}"), (Stage::sqlite(), share.clone())));
        if let Some(stage) = Stage::postgres() {
            shares.push((format!("postgres {number}"), (stage, share)));
        }
    }
    side_by_side(shares, |(stage, points)| {
        stage.broker.is(Mood::Takes(Duration::from_millis(5)));
        let mut chance = Chance(points.len() as u64);
        for (_, point) in points {
            work(&stage, *point, &mut chance);
        }
    });
}

/// Starts a relay that does something when it passes a point for the `count`th time.
fn relay_that(stage: &Stage, point: Failpoint, count: u64, and: &str) -> Relay {
    let before = stage.broker.arrivals().len();
    let mut command = stage.publish(BATCH);
    command.env("EVT_FAILPOINT", format!("{point}@{count}{and}"));
    let relay = stage.start(command);
    if is_of_the_end(point) {
        until("something arrives", 20, || stage.broker.arrivals().len() > before + 5);
        relay.told_to_end();
    }
    relay
}

fn is_of_the_end(point: Failpoint) -> bool {
    use Failpoint::{Drained, Draining, Ended, Ending};
    matches!(point, Draining | Drained | Ending | Ended)
}

fn is_passed_once(point: Failpoint) -> bool {
    is_of_the_end(point) || matches!(point, Failpoint::Registered | Failpoint::Taking)
}

#[test]
fn a_relay_that_is_killed_at_any_point_loses_nothing() {
    at_all_points(|stage, point, chance| {
        let times = if is_passed_once(point) { 1 } else { loops(1) };
        for _ in 0..times {
            // The first turn has nothing to write down.
            let count = if is_passed_once(point) { 1 } else { 2 + chance.below(4) };
            is_killed_at(stage, point, count);
        }
    });
}

fn is_killed_at(stage: &Stage, point: Failpoint, count: u64) {
    let before = stage.verdict().duplicates;
    stage.write(&KEYS.repeat(6));
    let status = relay_that(stage, point, count, "").ends(60);
    assert_eq!(status.signal(), Some(Signal::SIGABRT as i32), "{point}@{count}");
    stage.write(&KEYS);
    let next = stage.relay(BATCH);
    stage.drains(60);
    assert_eq!(next.end().0.code(), Some(0), "after {point}@{count}");
    stage.verdict().is_clean(before + BATCH);
    stage.all_are_published();
}

#[test]
fn a_relay_that_stands_still_at_any_point_disturbs_nothing() {
    at_all_points(|stage, point, chance| {
        let count = match point {
            point if is_passed_once(point) => 1,
            _ => 1 + chance.below(3),
        };
        stands_still_at(stage, point, count);
    });
}

/// Longer than its lease lasts: another one takes its lanes, and then it goes on.
fn stands_still_at(stage: &Stage, point: Failpoint, count: u64) {
    let before = stage.verdict().duplicates;
    let stills = stage.told("stands still");
    stage.write(&KEYS.repeat(6));
    let mut first = relay_that(stage, point, count, &format!(":{}", STANDS.as_millis()));
    until("it stands still", 20, || stage.told("stands still") > stills);
    let began = Instant::now();
    let second = stage.relay(BATCH);
    stage.write(&KEYS);
    stage.drains(60);
    sleep(STANDS.saturating_sub(began.elapsed()));
    stage.write(&KEYS);
    stage.drains(60);
    if is_of_the_end(point) {
        assert_eq!(first.ends(60).code(), Some(0), "{point}@{count}");
    } else if point == Failpoint::Taking && stage.is_postgres() {
        // The server has ended its connection, and one that cannot begin ends.
        assert_eq!(first.ends(60).code(), Some(4), "{point}@{count}");
    } else {
        assert_eq!(first.end().0.code(), Some(0), "{point}@{count}");
    }
    assert_eq!(second.end().0.code(), Some(0), "{point}@{count}");
    stage.verdict().is_clean(before + BATCH);
    stage.all_are_published();
}

#[test]
fn a_relay_that_stands_still_in_a_transaction_keeps_its_lanes_no_longer_than_its_lease() {
    let Some(stage) = Stage::postgres() else { return };
    stage.write(&KEYS.repeat(6));
    let _first = relay_that(&stage, Failpoint::TurnLocked, 2, ":60000");
    until("it stands still", 20, || stage.told("stands still") == 1);
    let _second = stage.relay(BATCH);
    stage.drains(60);
    stage.verdict().is_clean(BATCH);
    stage.all_are_published();
}
