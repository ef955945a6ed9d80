//! "Did you mean …?"

/// The candidate that `word` was most likely meant to be; none when all are far off.
///
/// Near is a Damerau-Levenshtein distance (Damerau 1964) of at most a third of the word, at least 1.
pub(crate) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    if length > LONGEST_WORD {
        return None;
    }
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= limit * 2)
        .map(|candidate| (strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *candidate != word)
        .min()
        .map(|(_, candidate)| candidate)
}

const LONGEST_WORD: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word() {
        assert_eq!(nearest("paylod", ["payload", "domain"]), Some("payload"));
        assert_eq!(nearest("Cow", ["cow"]), Some("cow"));
    }

    #[test]
    fn a_word_far_from_all_finds_nothing() {
        assert_eq!(nearest("banana", ["payload", "domain"]), None);
    }

    #[test]
    fn equally_near_words_give_the_first_by_name() {
        assert_eq!(nearest("cat", ["cot", "car"]), Some("car"));
    }
}
