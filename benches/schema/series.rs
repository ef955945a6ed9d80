//! The times of one case over all rounds.

use std::time::Duration;

/// Times in the order in which they were taken.
#[derive(Default)]
pub(crate) struct Series(Vec<Duration>);

impl Series {
    pub(crate) fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The middle time, in milliseconds.
    pub(crate) fn median(&self) -> f64 {
        self.quantile(1, 2)
    }

    /// The spread: between which times, in milliseconds, the middle half of the runs lay.
    pub(crate) fn middle_half(&self) -> (f64, f64) {
        (self.quantile(1, 4), self.quantile(3, 4))
    }

    /// The time below which `part` of `whole` of the runs lie, by the nearest rank.
    fn quantile(&self, part: usize, whole: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = sorted.len() * part / whole;
        let time = sorted.get(rank).or(sorted.last());
        time.expect("a case is run at least once").as_secs_f64() * 1e3
    }
}

impl FromIterator<Duration> for Series {
    fn from_iter<T: IntoIterator<Item = Duration>>(times: T) -> Self {
        Self(times.into_iter().collect())
    }
}
