//! The words that arbitrary contracts are made of: few, so that contracts come near to each other.

use proptest::prelude::*;

/// Names of events, inputs and fields.
pub(super) const NAMES: [&str; 8] = ["a", "b", "a_b", "ab", "a1", "a10", "type", "weight"];

/// Values of enums, which look like the syntax around them.
pub(super) const VALUES: [&str; 14] =
    ["a", "b", "a|b", "*", "a|*", "\"a\"", "a)", "A", "a,b", "[nullable]", "\\", "é😀", "a\nb", "1"];

/// Units, which look like flags.
pub(super) const UNITS: [&str; 7] = ["kg", "]", "kg]", "kg\",unit=\"kg", "\\", "\u{1}\u{7f}", "€/m²"];

/// Patterns, each with a text that it matches.
pub(super) const PATTERNS: [(&str, &str); 6] =
    [("^a", "a"), ("]", "]"), ("^a,min=1", "a,min=1"), ("\"", "\""), ("\\\\|a", "\\"), ("[>}a]", ">")];

/// Texts for defaults, of at most three characters.
pub(super) const TEXTS: [&str; 9] = ["a", "", "null", "\"", "\\]", "\u{1f}\n", "12", "no", "é😀\u{2028}"];

/// What metadata says.
pub(super) const NOTES: [&str; 4] = ["Fed.", "\"quoted\" \\", "a: b # c", "two\nlines"];

/// Some of `words`, in any order, each once.
pub(super) fn some_of(
    words: &'static [&'static str],
    count: impl Into<prop::sample::SizeRange>,
) -> impl Strategy<Value = Vec<String>> {
    let some = prop::sample::subsequence(words.to_vec(), count).prop_shuffle();
    some.prop_map(|words| words.into_iter().map(str::to_owned).collect())
}

/// One of `words`.
pub(super) fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(str::to_owned)
}
