//! Relays that are killed.

use std::time::Duration;

use crate::broker::Mood;
use crate::chance::{Chance, loops};
use crate::stage::{Stage, on_both};

on_both! {
    a_relay_that_is_killed_again_and_again_loses_nothing
}

/// How many rows a relay has in hand at most.
const BATCH: usize = 10;

fn a_relay_that_is_killed_again_and_again_loses_nothing(stage: &Stage) {
    stage.broker.is(Mood::Takes(Duration::from_millis(5)));
    let (loops, mut chance) = (loops(8), Chance(7));
    for _ in 0..loops {
        let relay = stage.relay(BATCH);
        // Longer than a lease at times: suspects are tested, and killed, too.
        let lives = chance.milliseconds(50, 3_500);
        std::thread::scope(|scope| {
            scope.spawn(|| writes(stage, &mut Chance(lives.as_secs())));
            std::thread::sleep(lives);
            relay.kill();
        });
    }
    let mut last = stage.relay(BATCH);
    stage.drains(60);
    last.still_runs();
    let kills = usize::try_from(loops).expect("there are not so many");
    stage.verdict().is_clean(kills * BATCH);
    stage.all_are_published();
}

/// Commits rows of a few keys, and of none, transaction by transaction.
fn writes(stage: &Stage, chance: &mut Chance) {
    for _ in 0..6 {
        let key = |number| if number == 0 { "-".to_owned() } else { format!("Cow/{number}") };
        let keys: Vec<_> = (0..5).map(|_| key(chance.below(6))).collect();
        stage.write(&keys.iter().map(String::as_str).collect::<Vec<_>>());
        std::thread::sleep(chance.milliseconds(5, 60));
    }
}
