use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::state::{Faults, Reply, State, Step};
use super::world::World;

const NONE: Faults = Faults { crashes: 0, expiries: 0, refusals: 0, outages: 0, losses: 0, operators: 0 };
const KEYS: [&str; 4] = ["a", "b", "a", "a"];

/// Goes through every state that can be reached in `depth` steps, and lets each settle down. Gives their number.
async fn explore(first: State, depth: usize) -> usize {
    let mut seen = HashSet::new();
    let mut states = vec![first];
    for _ in 0..depth {
        let mut next = Vec::new();
        for state in &states {
            for step in state.steps() {
                let mut then = state.clone();
                then.take(step).await;
                if seen.insert(fingerprint(&then)) {
                    then.clone().settle_down().await;
                    next.push(then);
                }
            }
        }
        states = next;
    }
    seen.len()
}

/// Of all but the way to it.
fn fingerprint(state: &State) -> u64 {
    let mut hasher = DefaultHasher::new();
    let mut state = state.clone();
    state.trace.clear();
    format!("{state:?}").hash(&mut hasher);
    hasher.finish()
}

/// The state after some steps.
async fn after(mut state: State, steps: &[Step]) -> State {
    for step in steps {
        state.take(*step).await;
    }
    state
}

async fn all(max_attempts: u32, halts: bool, faults: Faults, depth: usize) {
    let states = explore(State::new(World::new(&KEYS, halts), max_attempts, faults), depth).await;
    assert!(states > 1_000, "{states} states are no exploration");
}

#[tokio::test]
async fn two_relays_that_lose_their_leases_keep_the_order() {
    all(12, false, Faults { expiries: 2, ..NONE }, 8).await;
}

#[tokio::test]
async fn relays_that_are_killed_lose_nothing() {
    all(12, false, Faults { crashes: 2, losses: 1, ..NONE }, 8).await;
}

#[tokio::test]
async fn refusals_hold_their_key_alone() {
    all(2, false, Faults { refusals: 3, expiries: 1, ..NONE }, 8).await;
}

#[tokio::test]
async fn what_waited_for_a_row_that_was_refused_goes_before_what_comes_later() {
    let refused = [
        Step::Commit(1),
        Step::Commit(2),
        Step::Commit(3),
        Step::Renew(0),
        Step::Turn(0),
        Step::HandOver(0, 0),
        Step::Answer(0, 0, Reply::Refused),
        Step::HandOver(0, 0),
        Step::Answer(0, 0, Reply::Accepted),
        Step::Turn(0),
        Step::TimePasses,
    ];
    let first =
        State::new(World::new(&KEYS, false), 12, Faults { refusals: 1, expiries: 1, crashes: 1, ..NONE });
    let first = after(first, &refused).await;
    assert!(explore(first, 8).await > 1_000);
}

#[tokio::test]
async fn outages_cost_nothing() {
    all(2, false, Faults { outages: 2, losses: 1, expiries: 1, ..NONE }, 8).await;
}

#[tokio::test]
async fn an_operator_beside_halted_keys_does_no_harm() {
    all(1, true, Faults { refusals: 2, operators: 2, expiries: 1, ..NONE }, 8).await;
}

#[tokio::test]
async fn an_operator_beside_keys_that_went_on_does_no_harm() {
    all(1, false, Faults { refusals: 2, operators: 2, crashes: 1, ..NONE }, 8).await;
}
