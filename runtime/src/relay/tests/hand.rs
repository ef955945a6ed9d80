//! A hand without a database: what it takes of the rows that it is shown.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::relay::Outcome;
use crate::relay::backoff::Backoff;
use crate::relay::hand::{Candidate, Hand, Lease, Limits, Standing};
use crate::relay::store::Locked;

const LEASE: Duration = Duration::from_secs(30);

/// A hand that has leased lanes, where rows of the first one are suspects.
fn hand(lanes: u32, suspects: &[i64], now: Instant) -> Hand {
    let limits = Limits { batch: 10, bytes: 1 << 20, lease: LEASE, backoff: Backoff::default() };
    let mut hand = Hand::new(limits, now);
    let lease = |lane| {
        let suspects = if lane == 0 { suspects.iter().copied().collect() } else { <_>::default() };
        (lane, Lease { token: 1, suspects })
    };
    hand.lease(&(0..lanes).map(lease).collect::<BTreeMap<_, _>>(), usize::MAX);
    let lanes = (0..lanes).map(|lane| (lane, 0)).collect();
    hand.locked(&Locked { lanes, horizon: 1_000_000, is_paused: false });
    hand
}

fn row(seq: i64, key: &str, standing: Standing) -> Candidate {
    let key = Some(key.into());
    Candidate { seq, content_seq: seq, lane: 0, key, attempts: 0, halts: false, bytes: 10, standing }
}

/// What it takes of the rows that it wants to see, and for which it lets their keys wait.
fn look(hand: &mut Hand, rows: &[Candidate], now: Instant) -> (Vec<i64>, Vec<i64>) {
    let (ranges, mut found) = (hand.ranges(now), Vec::new());
    for range in ranges.iter().filter(|range| range.lane == 0) {
        let within = rows.iter().filter(|row| row.seq > range.after && row.seq < range.until);
        found.extend(within.take(range.limit).cloned());
    }
    let chosen = hand.choose(&ranges, found, now);
    let blocked = chosen.blocked.iter().map(|(_, _, seq)| *seq).collect();
    (chosen.picks.iter().map(|pick| pick.seq).collect(), blocked)
}

use Standing::{Open, Paused, Waiting};

#[test]
fn what_tries_a_broker_does_not_pass_a_row_of_its_key_that_is_paused() {
    let now = Instant::now();
    let mut hand = hand(1, &[], now);
    assert_eq!(look(&mut hand, &[row(1, "b", Open)], now), (vec![1], vec![]));
    hand.answer(1, Outcome::unavailable("503", "no"), now);
    let rows = [row(1, "b", Open), row(2, "a", Paused), row(3, "a", Open), row(4, "c", Open)];
    assert_eq!(look(&mut hand, &rows, now + Duration::from_secs(1)).0, [4]);
}

#[test]
fn what_tries_a_broker_does_not_pass_a_suspect_of_its_key() {
    let now = Instant::now();
    let mut hand = hand(1, &[2], now);
    assert_eq!(look(&mut hand, &[row(1, "b", Open)], now), (vec![1], vec![]));
    hand.answer(1, Outcome::unavailable("503", "no"), now);
    let rows = [row(1, "b", Open), row(2, "a", Open), row(3, "a", Open), row(4, "c", Open)];
    assert_eq!(look(&mut hand, &rows, now + Duration::from_secs(1)).0, [4]);
}

#[test]
fn a_key_does_not_wait_for_a_paused_row_while_one_before_it_is_in_hand() {
    let now = Instant::now();
    let mut hand = hand(1, &[], now);
    let rows = [row(1, "a", Open), row(2, "a", Paused), row(3, "a", Open)];
    assert_eq!(look(&mut hand, &rows, now), (vec![1], vec![]), "1 may be refused, and waited for itself");
    hand.answer(1, Outcome::Accepted, now);
    let settles = hand.settles();
    hand.settled(&settles);
    assert_eq!(look(&mut hand, &rows[1..], now), (vec![], vec![2]));
}

#[test]
fn nothing_joins_a_suspect_that_is_alone_in_hand() {
    let began = Instant::now();
    let mut hand = hand(1, &[1], began);
    let (now, rows) = (began + LEASE, [row(1, "a", Open), row(2, "b", Open)]);
    assert_eq!(look(&mut hand, &rows, now).0, [1]);
    assert_eq!(look(&mut hand, &rows, now).0, [] as [i64; 0]);
    hand.answer(1, Outcome::Accepted, now);
    let settles = hand.settles();
    hand.settled(&settles);
    assert_eq!(look(&mut hand, &rows[1..], now).0, [2]);
}

#[test]
fn a_row_that_is_due_again_behind_many_that_wait_is_found_soon() {
    let mut now = Instant::now();
    let mut hand = hand(64, &[], now);
    let mut rows: Vec<_> = (1..=3_001).map(|seq| row(seq, "a", Waiting)).collect();
    let mut turn = |rows: &[Candidate]| {
        let picks = look(&mut hand, rows, now).0;
        now += Duration::from_millis(if hand.is_unfinished() { 50 } else { 1_000 });
        (picks, now)
    };
    let (_, began) = turn(&rows);
    for _ in 0..400 {
        turn(&rows);
    }
    let (_, since) = turn(&rows);
    assert!(since > began + Duration::from_secs(30), "it rests in between");
    rows[3_000] = row(3_001, "b", Open);
    loop {
        let (picks, now) = turn(&rows);
        assert!(now < since + Duration::from_secs(4), "3 s for a sweep");
        if picks == [3_001] {
            break;
        }
    }
}

#[test]
fn a_row_behind_very_many_that_wait_is_found_soon() {
    let now = Instant::now();
    let mut hand = hand(1, &[], now);
    let mut rows: Vec<_> = (1..=100_000).map(|seq| row(seq, "a", Waiting)).collect();
    rows.push(row(100_001, "b", Open));
    let mut looks = 1;
    while look(&mut hand, &rows, now).0 != [100_001] {
        looks += 1;
        assert!(looks < 50, "25 of 4,096 rows, and a few to get there");
    }
    rows = (1_000_001..1_000_100).map(|seq| row(seq, &seq.to_string(), Open)).collect();
    assert_eq!(look(&mut hand, &rows, now).0.len(), 9);
    let limit = hand.ranges(now).iter().map(|range| range.limit).max();
    assert!(limit <= Some(20), "{limit:?} are read where 10 can be taken");
}
