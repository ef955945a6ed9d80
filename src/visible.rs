//! Text of users, written so that a terminal shows it and never obeys it.

use std::fmt::Write as _;

/// `text` on one line: what would steer a terminal, or turn the direction of what follows, stands escaped.
pub(crate) fn visible(text: &str) -> String {
    escaped(text, is_command, |out, c| out.extend(c.escape_default()))
}

/// `text` with its line breaks and tabs, and otherwise like [`visible`].
pub(crate) fn visible_text(text: &str) -> String {
    escaped(text, |c| is_command(c) && !matches!(c, '\n' | '\t'), |out, c| out.extend(c.escape_default()))
}

/// `json` with the same values: what would steer a terminal stands as `\u00xx` inside of its strings.
pub(crate) fn visible_json(json: &str) -> String {
    let is_inside = |c: char| is_command(c) && c != '\n';
    escaped(json, is_inside, |out, c| {
        let _ = write!(out, "\\u{:04x}", u32::from(c));
    })
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool, escape: impl Fn(&mut String, char)) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_escaped(c) { escape(&mut out, c) } else { out.push(c) }
    }
    out
}

/// Controls, line separators, the characters that change the direction of writing (Unicode UAX #9), and what is none and
/// XML refuses.
pub(crate) fn is_command(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_escaped() {
        assert_eq!(visible("a\u{1b}[2Jb\u{9b}c\n\u{202e}ä"), "a\\u{1b}[2Jb\\u{9b}c\\n\\u{202e}ä");
    }

    #[test]
    fn what_is_no_character_and_xml_refuses_is_escaped() {
        assert_eq!(visible_text("a\u{fffe}b\u{ffff}c\u{fffd}"), "a\\u{fffe}b\\u{ffff}c\u{fffd}");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(visible_text("a\n\tb\r\n\u{7}\n"), "a\n\tb\\r\n\\u{7}\n");
    }

    #[test]
    fn escaped_json_has_the_same_value() {
        let json = "{\n  \"a\": \"\u{7f}\u{9b}\u{2028}ä\"\n}";
        let safe = visible_json(json);
        assert_eq!(safe, "{\n  \"a\": \"\\u007f\\u009b\\u2028ä\"\n}");
        let values = [json, &safe].map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap());
        assert_eq!(values[0], values[1]);
    }
}
