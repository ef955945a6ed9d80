//! Up to which place no row can appear any more.
//!
//! Places are given before their rows are committed, so that a row may appear before one that was published long ago. A
//! writer has its transaction's number before it asks for a place (its statement says so): whatever stands before a
//! place that was seen belongs to a transaction with a smaller number than any that begins later.

use std::collections::VecDeque;

use crate::outbox::Dialect;

/// How many sights are remembered.
const MOST: usize = 256;

/// What a transaction of the relay sees.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// The last place that has a row.
    pub(super) last: i64,
    /// The number of this transaction.
    pub(super) own: i64,
    /// Every transaction with a smaller number has ended.
    pub(super) oldest: i64,
}

/// The columns of a [`Sight`].
pub(super) fn columns(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => {
            "(SELECT coalesce(max(seq), 0) FROM {T}), pg_current_xact_id()::text::bigint, \
             pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        }
        // There is one writer, so that places are in the order of commits.
        Dialect::Sqlite => "(SELECT coalesce(max(seq), 0) FROM {T}), 0, 0",
    }
}

/// What is known.
#[derive(Debug, Default)]
pub(crate) struct Horizon {
    safe: i64,
    last: i64,
    /// Numbers of transactions, and the last place that was seen before each: once all with a smaller number have
    /// ended, no row can appear up to there.
    sights: VecDeque<(i64, i64)>,
}

impl Horizon {
    /// The horizon with what is seen now.
    pub(super) fn saw(&mut self, dialect: Dialect, sight: Sight) -> i64 {
        if dialect == Dialect::Sqlite {
            return sight.last;
        }
        self.sights.push_back((sight.own, self.last));
        self.last = sight.last.max(self.last);
        if self.sights.len() > MOST {
            self.thin();
        }
        while let Some((_, last)) = self.sights.front().copied().filter(|(own, _)| *own <= sight.oldest) {
            self.safe = self.safe.max(last);
            self.sights.pop_front();
        }
        self.safe
    }

    /// Forgets each second one: what is known comes later, and is as true. Never the first: where somebody always runs
    /// who began long ago, it is the next one to be of use.
    fn thin(&mut self) {
        let mut at = 0;
        self.sights.retain(|_| {
            at += 1;
            at % 2 == 1
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_horizon_stays_before_a_place_whose_writer_still_runs() {
        let mut horizon = Horizon::default();
        let mut see = |last, own, oldest| horizon.saw(Dialect::Postgres, Sight { last, own, oldest });
        assert_eq!(see(10, 100, 90), 0, "somebody began before");
        assert_eq!(see(12, 110, 95), 0);
        assert_eq!(see(20, 120, 105), 0, "100 saw nothing");
        assert_eq!(see(20, 130, 115), 10, "110 began when 10 had been seen");
        assert_eq!(see(30, 140, 115), 10);
        assert_eq!(see(30, 150, 150), 30, "150 itself began when 30 had been seen");
        assert_eq!(Horizon::default().saw(Dialect::Sqlite, Sight { last: 7, own: 0, oldest: 0 }), 7);
    }

    #[test]
    fn the_horizon_moves_although_somebody_has_always_begun_long_ago() {
        let mut horizon = Horizon::default();
        let mut safe = 0;
        for own in 0..20_000 {
            safe = horizon.saw(Dialect::Postgres, Sight { last: own, own, oldest: own - 3_000 });
        }
        assert!(safe > 10_000, "{safe}");
    }
}
