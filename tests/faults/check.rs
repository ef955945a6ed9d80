//! What has to be true in the end, from the rows that were committed and the ids that arrived. It knows nothing of
//! relays.

use std::collections::{BTreeMap, BTreeSet};

/// A row that was committed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Row {
    pub(crate) seq: i64,
    pub(crate) id: String,
    pub(crate) key: Option<String>,
}

/// What the checker found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Verdict {
    /// Places of rows that never arrived.
    pub(crate) missing: Vec<i64>,
    /// Places of rows that arrived first after a later one of their key.
    pub(crate) disordered: Vec<i64>,
    /// Ids that arrived and were not committed.
    pub(crate) strangers: Vec<String>,
    /// Arrivals of rows that had arrived before.
    pub(crate) duplicates: usize,
}

/// Compares what arrived, in that order, with what was committed.
pub(crate) fn check<'a>(committed: &[Row], arrived: impl IntoIterator<Item = &'a str>) -> Verdict {
    let rows: BTreeMap<&str, &Row> = committed.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut verdict = Verdict::default();
    let (mut seen, mut last_of_key) = (BTreeSet::new(), BTreeMap::new());
    for id in arrived {
        let Some(row) = rows.get(id) else {
            verdict.strangers.push(id.to_owned());
            continue;
        };
        if !seen.insert(row.seq) {
            verdict.duplicates += 1;
            continue;
        }
        let Some(key) = &row.key else { continue };
        let last = last_of_key.entry(key).or_insert(row.seq);
        if *last > row.seq {
            verdict.disordered.push(row.seq);
        }
        *last = row.seq.max(*last);
    }
    verdict.missing = committed.iter().map(|row| row.seq).filter(|seq| !seen.contains(seq)).collect();
    verdict
}

impl Verdict {
    /// Asserts that all is as promised, with at most so many duplicates.
    #[track_caller]
    pub(crate) fn is_clean(&self, most_duplicates: usize) {
        self.lacks(&[], most_duplicates);
    }

    /// The same, where these places did not arrive.
    #[track_caller]
    pub(crate) fn lacks(&self, missing: &[i64], most_duplicates: usize) {
        let duplicates = self.duplicates;
        let expected = Self { missing: missing.to_vec(), duplicates, ..Self::default() };
        assert_eq!(*self, expected);
        assert!(duplicates <= most_duplicates, "{duplicates} duplicates, more than {most_duplicates}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of two keys, in their places.
    fn rows() -> Vec<Row> {
        let row = |seq: i64| Row { seq, id: format!("id-{seq}"), key: Some(format!("Cow/{}", seq % 2)) };
        (1..=10).map(row).collect()
    }

    fn verdict(arrived: &[i64]) -> Verdict {
        let ids: Vec<_> = arrived.iter().map(|seq| format!("id-{seq}")).collect();
        check(&rows(), ids.iter().map(String::as_str))
    }

    #[test]
    fn keys_may_overtake_each_other() {
        verdict(&[2, 1, 4, 6, 3, 8, 10, 5, 7, 9]).is_clean(0);
    }

    #[test]
    fn a_relay_with_a_cursor_misses_what_commits_late() {
        // What can be seen at each of its looks: 3 and 4 commit after 5 and 6.
        let looks = [vec![1, 2], vec![1, 2, 5, 6], (1..=10).collect::<Vec<_>>()];
        let (mut cursor, mut arrived) = (0, Vec::new());
        for look in looks {
            arrived.extend(look.into_iter().filter(|seq| *seq > cursor));
            cursor = arrived.last().copied().unwrap_or(0);
        }
        assert_eq!(verdict(&arrived).missing, [3, 4]);
    }

    #[test]
    fn a_relay_that_swaps_a_pair_of_a_key_is_found() {
        let found = verdict(&[1, 2, 5, 4, 3, 6, 7, 8, 9, 10]);
        assert_eq!(found, Verdict { disordered: vec![3], ..Verdict::default() });
    }

    #[test]
    fn a_relay_that_drops_a_row_is_found() {
        let found = verdict(&[1, 2, 3, 4, 5, 6, 8, 9, 10]);
        assert_eq!(found, Verdict { missing: vec![7], ..Verdict::default() });
    }

    #[test]
    fn what_was_rolled_back_and_what_comes_twice_is_found() {
        let found = verdict(&[1, 2, 3, 2, 4, 5, 6, 7, 8, 9, 10, 11, 2]);
        assert_eq!((found.strangers.as_slice(), found.duplicates), (["id-11".to_owned()].as_slice(), 2));
        let found = std::panic::catch_unwind(|| verdict(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1]).is_clean(0));
        assert!(found.is_err());
    }
}
