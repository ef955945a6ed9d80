use std::collections::BTreeMap;

/// From which time on a row that alone cannot be handed over counts as refused.
const TIMES: u32 = 3;
/// How many rows are remembered.
const MOST: usize = 10_000;

/// Rows that could not be handed over while others could: what is wrong may be theirs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Doubts {
    accepted: u64,
    rows: BTreeMap<i64, Doubt>,
}

#[derive(Clone, Debug)]
struct Doubt {
    times: u32,
    /// How many messages had been accepted then.
    accepted: u64,
}

impl Doubts {
    pub(crate) fn accepted(&mut self, seq: i64) {
        self.accepted += 1;
        self.rows.remove(&seq);
    }

    /// How many messages were accepted.
    pub(crate) fn accepted_count(&self) -> u64 {
        self.accepted
    }

    /// The row could not be handed over. Says whether it is the row that is at fault.
    pub(crate) fn is_its_own(&mut self, seq: i64) -> bool {
        if self.rows.len() >= MOST && !self.rows.contains_key(&seq) {
            // The one that failed longest ago: others come in order, and a row that is first would never be remembered.
            let oldest = self.rows.iter().min_by_key(|(_, doubt)| doubt.accepted).map(|(seq, _)| *seq);
            oldest.map(|seq| self.rows.remove(&seq));
        }
        let accepted = self.accepted;
        let doubt = self.rows.entry(seq).or_insert(Doubt { times: 0, accepted });
        if accepted > doubt.accepted {
            doubt.times += 1;
            doubt.accepted = accepted;
        }
        doubt.times >= TIMES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_fails_three_times_while_others_pass_is_at_fault() {
        let mut doubts = Doubts::default();
        assert!((0..100).all(|_| !doubts.is_its_own(7)), "nothing passed meanwhile");
        for _ in 0..2 {
            doubts.accepted(8);
            assert!(!doubts.is_its_own(7));
        }
        doubts.accepted(9);
        assert!(doubts.is_its_own(7));
        assert!(doubts.is_its_own(7));
        doubts.accepted(7);
        assert!(!doubts.is_its_own(7));
    }

    #[test]
    fn a_row_is_remembered_beside_many_that_failed_before() {
        let mut doubts = Doubts::default();
        for seq in 1_000..11_010 {
            assert!(!doubts.is_its_own(seq));
        }
        let mut is_at_fault = false;
        for _ in 0..4 {
            doubts.accepted(0);
            is_at_fault = [1, 2, 3].map(|seq| doubts.is_its_own(seq)) == [true; 3];
        }
        assert!(is_at_fault);
    }
}
