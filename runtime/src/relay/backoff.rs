use std::time::Duration;

/// How long a message that was refused waits, and how often it is tried.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backoff {
    pub(crate) first: Duration,
    pub(crate) most: Duration,
    pub(crate) max_attempts: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), most: Duration::from_mins(15), max_attempts: 12 }
    }
}

impl Backoff {
    /// How long to wait after the attempt `number` (from 1), a fifth more or less by `salt`.
    pub(crate) fn after(self, number: u32, salt: i64) -> Duration {
        let doubled = 2_u32.saturating_pow(number.saturating_sub(1));
        let base = self.first.saturating_mul(doubled).min(self.most);
        // Not random: the same row at the same attempt always waits as long, rows beside it do not.
        let mixed = (salt.unsigned_abs() ^ u64::from(number) << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54;
        let part = u32::try_from(mixed).expect("it has 10 bits");
        base.mul_f64(0.8 + 0.4 * f64::from(part) / 1_023.0)
    }

    /// The longest that a row waits.
    pub(crate) fn longest(self) -> Duration {
        self.most.mul_f64(1.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour_give_or_take_a_fifth() {
        let backoff = Backoff::default();
        for seq in 0..1_000 {
            for (number, seconds) in [(1, 1.0), (2, 2.0), (5, 16.0), (11, 900.0), (40, 900.0)] {
                let waited = backoff.after(number, seq).as_secs_f64() / seconds;
                assert!((0.8..=1.2).contains(&waited), "{number}: {waited}");
                assert!(backoff.after(number, seq) <= backoff.longest());
            }
        }
        let distinct: std::collections::BTreeSet<_> = (0..100).map(|seq| backoff.after(1, seq)).collect();
        assert!(distinct.len() > 80, "{}", distinct.len());
    }
}
