//! The text as the rest of the formatter sees it: no byte order mark, LF at the end of lines.

use std::borrow::Cow;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// YAML reads CR LF and a lone CR as the line break that LF is (YAML 1.2.2, 5.4), in scalars too.
pub(super) fn unix_lines(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Where in `text` the byte stands that [`unix_lines`] moved to `offset`.
pub(super) fn offset_before_unix_lines(text: &str, offset: usize) -> usize {
    let mark = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let bytes = &text.as_bytes()[mark..];
    let kept =
        bytes.iter().enumerate().filter(|&(at, byte)| *byte != b'\r' || bytes.get(at + 1) != Some(&b'\n'));
    kept.map(|(at, _)| at).nth(offset).map_or(text.len(), |at| at + mark)
}

/// How many characters stand left of `offset` on its line.
pub(super) fn column(text: &str, offset: usize) -> usize {
    text[..offset].chars().rev().take_while(|character| *character != '\n').count()
}

/// Whether nothing but blanks stands left of `offset` on its line.
pub(super) fn begins_line(text: &str, offset: usize) -> bool {
    // Not by the start of the line: a line can be a whole file, with an entry every other byte.
    let before = text[..offset].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with('\n')
}

/// Whether what begins at `offset` begins its line, and the line above is blank.
pub(super) fn follows_blank_line(text: &str, offset: usize) -> bool {
    let before = text[..offset].trim_end_matches([' ', '\t']);
    before.strip_suffix('\n').is_some_and(|above| begins_line(above, above.len()))
}

/// The first offset from `from` on that is neither white space nor in a comment.
///
/// Only right between two tokens, where a `#` can be nothing but a comment.
pub(super) fn next_token(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' => at += 1,
            b'#' => at += text[at..].find('\n').unwrap_or(text.len() - at),
            _ => break,
        }
    }
    at
}

/// Whether `text` is spaces and tabs only.
pub(super) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}
