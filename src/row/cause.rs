//! Errors that have one cause.

/// What stands for what differs from one error to the next.
const HOLE: char = '#';

/// What joins the parts of a word, such as those of a UUID, a timestamp, an address or a token.
const JOINTS: [char; 7] = ['-', '_', '.', ':', '@', '/', '+'];

/// What quotes; a pair is taken for a quotation unless a letter stands before its first or behind its last mark.
const QUOTES: [char; 3] = ['"', '\'', '`'];

/// `text` with `#` for each word and for what stands in quotes, if it holds a digit or is an e-mail address: words are
/// letters, digits and joints between them. Errors that differ in nothing else become one.
pub(super) fn cause(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, told) = if first.is_alphanumeric() {
            word(rest)
        } else {
            match quoted(rest, out.chars().next_back()) {
                Some(inner) if varies(inner) => (inner.len() + 2, Some(format!("{first}{HOLE}{first}"))),
                _ => (first.len_utf8(), None),
            }
        };
        let (piece, after) = rest.split_at(piece);
        out.push_str(told.as_deref().unwrap_or(piece));
        rest = after;
    }
    out
}

/// How long the word is that `text` begins with, and what stands for it.
fn word(text: &str) -> (usize, Option<String>) {
    let is_part = |c: char| c.is_alphanumeric() || JOINTS.contains(&c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let word = text[..end].trim_end_matches(JOINTS);
    if varies(word) {
        (word.len() + padding(&text[word.len()..]), Some(HOLE.to_string()))
    } else {
        (word.len(), None)
    }
}

/// How much of what is behind a word is the end of a Base64 token, such as `/==`.
fn padding(behind: &str) -> usize {
    let after = behind.trim_start_matches(['/', '+', '=']);
    let end = &behind[..behind.len() - after.len()];
    if end.ends_with('=') && !after.starts_with(char::is_alphanumeric) { end.len() } else { 0 }
}

/// What stands in the quotes that `text` begins with, behind `before`.
fn quoted(text: &str, before: Option<char>) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| QUOTES.contains(mark))?;
    if before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let (inner, after) = text[1..].split_once(mark)?;
    let ends = !after.starts_with(char::is_alphanumeric);
    ends.then_some(inner)
}

/// Whether it holds a digit, or is an e-mail address.
fn varies(text: &str) -> bool {
    text.contains(char::is_numeric) || text.contains('@')
}

#[cfg(test)]
mod tests {
    use super::cause;

    #[test]
    fn what_differs_is_left_out() {
        for (said, told) in [
            (
                "message 018f-22ab of 1048577 bytes exceeds the limit, café 9",
                "message # of # bytes exceeds the limit, café #",
            ),
            ("no row 01a1fed7-02c6-756a-84be-f98e9ea05ff2!", "no row #!"),
            ("at 0x7f322: (0x1F)", "at #: (#)"),
            ("order ORD-22 of SKU_9b", "order # of #"),
            ("since 2026-11-21T16:31:00Z, until 2026-11-21 16:31:00.123+01:00.", "since #, until # #."),
            ("anna@farm.example and bob.b@farm.example refuse", "# and # refuse"),
            ("10.0.0.7:5432, [fe80::1]:443, http://broker:9092/topic", "#, [#]:#, #"),
            ("token aGVsbG8gd29ybGQ5/+==, sha256:9f86d081", "token #, #"),
            ("token=9f86d081, cow_id=7, n = 5", "token=#, cow_id=#, n = #"),
            ("ends in 7.", "ends in #."),
            ("٣ cows", "# cows"),
        ] {
            assert_eq!(cause(said), told);
        }
    }

    #[test]
    fn quotations_are_left_out_as_a_whole() {
        assert_eq!(
            cause(r#"cow "Rosa 7 of barn" and 'stall 9' and `x y 1`"#),
            r##"cow "#" and '#' and `#`"##
        );
        assert_eq!(cause(r#"cow "anna@farm.example""#), r##"cow "#""##);
        assert_eq!(cause("field `country` can't be 5 of row's"), "field `country` can't be # of row's");
        assert_eq!(cause("the 'open 5"), "the 'open #");
    }

    #[test]
    fn what_has_no_digits_stays() {
        for said in ["", "field country not known", "io/timeout: connection-reset", "--- \"a b\" '' ``é"] {
            assert_eq!(cause(said), said);
        }
    }
}
