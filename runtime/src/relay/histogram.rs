use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds of its buckets, in seconds: from a broker on the same machine to the patience that handlers get.
const BOUNDS: [f64; 16] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0];

/// How long something took, each time.
#[derive(Debug, Default)]
pub(super) struct Histogram {
    /// How often it took at most that long, and longer than the bound before; the last one has no bound.
    buckets: [AtomicU64; BOUNDS.len() + 1],
    nanoseconds: AtomicU64,
}

/// A histogram as it was at one time.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Seen {
    /// Bounds in seconds, and how often it took at most that long.
    pub(super) up_to: Vec<(f64, u64)>,
    /// How often it was seen.
    pub(super) count: u64,
    /// In seconds.
    pub(super) sum: f64,
}

impl Histogram {
    pub(super) fn observe(&self, took: Duration) {
        let seconds = took.as_secs_f64();
        let bucket = BOUNDS.iter().position(|bound| seconds <= *bound).unwrap_or(BOUNDS.len());
        self.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        let nanoseconds = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    pub(super) fn seen(&self) -> Seen {
        let mut count = 0;
        let mut next = |bucket: &AtomicU64| {
            count += bucket.load(Ordering::Relaxed);
            count
        };
        let up_to = BOUNDS.iter().zip(&self.buckets).map(|(bound, bucket)| (*bound, next(bucket))).collect();
        let count = next(&self.buckets[BOUNDS.len()]);
        let sum = Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed)).as_secs_f64();
        Seen { up_to, count, sum }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_is_at_most_its_bound() {
        let histogram = Histogram::default();
        for milliseconds in [1, 2, 10, 400_000] {
            histogram.observe(Duration::from_millis(milliseconds));
        }
        let seen = histogram.seen();
        assert_eq!(seen.up_to[..4], [(0.001, 1), (0.0025, 2), (0.005, 2), (0.01, 3)]);
        assert_eq!((seen.up_to.last(), seen.count), (Some(&(300.0, 3)), 4));
        assert!((seen.sum - 400.013).abs() < 1e-6, "{}", seen.sum);
    }
}
