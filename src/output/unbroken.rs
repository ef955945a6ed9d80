//! What is copied stays in one piece: no line is broken inside of a word, nor of what stands in back-ticks.

/// Where the stand-ins begin: characters of private use (plane 16 of Unicode), at which no line is broken.
const STAND_INS: u32 = 0x0010_f000;

/// Text in which marks are replaced by stand-ins, so that lines are broken at spaces alone: a UUID or an address, however
/// long, has no place for it. Between back-ticks spaces are replaced too, as far as each such piece fits into `room`
/// columns. [`restored`] brings all of them back after the text was wrapped.
pub(super) fn unbroken(text: &str, room: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, piece) in text.split('`').enumerate() {
        let is_quoted = index % 2 == 1;
        if index > 0 {
            out.push('`');
        }
        let is_whole = is_quoted && piece.chars().count() <= room && !piece.contains('\n');
        out.extend(piece.chars().map(|c| if is_whole || !c.is_whitespace() { stand_in(c) } else { c }));
    }
    out
}

/// Text with its stand-ins replaced by what they stand for.
pub(super) fn restored(text: &str) -> String {
    text.chars().map(stood_for).collect()
}

fn stand_in(c: char) -> char {
    let replaced = if c.is_ascii() && !c.is_ascii_alphanumeric() { STAND_INS + u32::from(c) } else { 0 };
    char::from_u32(replaced).filter(|_| replaced > 0).unwrap_or(c)
}

fn stood_for(c: char) -> char {
    let code = u32::from(c).checked_sub(STAND_INS).filter(|code| *code < 0x80);
    code.and_then(char::from_u32).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_comes_back() {
        for text in ["", "run `evt dump --squash a/b`, then `x", "``", "`a b` c `d-e`"] {
            assert_eq!(restored(&unbroken(text, 80)), text);
        }
    }

    #[test]
    fn only_what_fits_and_is_quoted_is_kept_together() {
        assert!(!unbroken("run `evt dump` now", 80).contains("evt dump"));
        assert!(unbroken("run `evt dump` now", 80).ends_with(" now"));
        assert_eq!(unbroken("run `evt dump` now", 7), "run `evt dump` now");
    }

    #[test]
    fn words_have_no_marks_at_which_they_could_be_broken() {
        for word in ["01a1fed7-02c6-756a-84be-f98e9ea05ff2", "https://farm.example/a-b?c=d&e=f"] {
            let kept = unbroken(&format!("no {word} here"), 10);
            assert!(!kept.contains(|c: char| c.is_ascii_punctuation()), "{kept}");
            assert_eq!(kept.split(' ').count(), 3);
        }
    }
}
