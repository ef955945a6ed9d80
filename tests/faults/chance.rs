//! Numbers that look random and are the same each time.

use std::time::Duration;

/// How often something random is done: `usual`, unless `EVT_SOAK` says otherwise.
pub(crate) fn loops(usual: u64) -> u64 {
    std::env::var("EVT_SOAK").map_or(usual, |loops| loops.parse().expect("EVT_SOAK is a number"))
}

/// Splitmix64. Source: <https://prng.di.unimi.it/splitmix64.c>
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// A time of that many milliseconds.
    pub(crate) fn milliseconds(&mut self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.below(to - from))
    }
}
