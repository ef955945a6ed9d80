//! Commands stay in one piece: what stands in back-ticks is not wrapped in its middle.

/// Where the stand-ins begin: characters of private use (plane 16 of Unicode), at which no line is broken.
const STAND_INS: u32 = 0x0010_f000;

/// Text in which marks and spaces between back-ticks are replaced by stand-ins, as far as each such piece fits into
/// `room` columns; [`restored`] brings them back after the text was wrapped.
pub(super) fn unbroken(text: &str, room: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, piece) in text.split('`').enumerate() {
        let is_quoted = index % 2 == 1;
        if index > 0 {
            out.push('`');
        }
        if is_quoted && piece.chars().count() <= room && !piece.contains('\n') {
            out.extend(piece.chars().map(stand_in));
        } else {
            out.push_str(piece);
        }
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
}
