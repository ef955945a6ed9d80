//! Text of users, written so that Markdown (`CommonMark` with GitHub's tables) shows it as it is.

use std::fmt::Write as _;

use crate::visible::visible;

/// Text on one line, fit for a table's cell.
pub(crate) fn line(text: &str) -> String {
    escaped(&on_one_line(text))
}

/// The same for a message of evt: what it sets in back-ticks stands as code. Whatever is quoted cannot end its code with
/// a back-tick of its own but for more prose, which is escaped.
pub(crate) fn prose(text: &str) -> String {
    let text = on_one_line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.as_str();
    while let Some((before, quoted, after)) = quotation(rest) {
        out.push_str(&escaped(before));
        out.push_str(&code(quoted));
        rest = after;
    }
    out.push_str(&escaped(rest));
    out
}

/// What stands before, in and behind the first pair of back-ticks.
fn quotation(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (quoted, after) = rest.split_once('`')?;
    Some((before, quoted, after))
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().map(visible).collect::<Vec<_>>().join(" ")
}

fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut before = None;
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '_' if is_inside_a_word(before, rest.peek().copied()) => out.push('_'),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// An underscore between letters or digits never starts emphasis.
fn is_inside_a_word(before: Option<char>, after: Option<char>) -> bool {
    [before, after].into_iter().all(|side| side.is_some_and(char::is_alphanumeric))
}

/// Text as paragraphs, divided where it has empty lines, with a line break at the end; each is written by [`line`] or
/// [`prose`].
pub(crate) fn paragraphs(text: &str, written: impl Fn(&str) -> String) -> String {
    let text = text.replace("\r\n", "\n");
    let mut out = String::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let _ = writeln!(out, "\n{}", without_marker(&written(paragraph)));
    }
    out
}

/// A paragraph of one line that is no heading, list, quotation or rule, and no command to a CI that reads the log.
pub(crate) fn without_marker(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marker = if line.starts_with(['#', '-', '+', '=']) || line.starts_with("::") {
        0
    } else if digits > 0 && line[digits..].starts_with(['.', ')']) {
        digits
    } else {
        return line.to_owned();
    };
    format!("{}\\{}", &line[..marker], &line[marker..])
}

/// Text in a fixed-width font, fit for a table's cell.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    let is_simple = !text.is_empty() && text.trim() == text && !text.contains(['`', '|']);
    if is_simple {
        return format!("`{text}`");
    }
    let mut out = String::from("<code>");
    for c in text.chars() {
        if c.is_ascii_punctuation() || c == ' ' {
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out.push_str("</code>");
    out
}

/// Text between fences that are longer than any within it.
pub(crate) fn fenced(language: &str, text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("\n{fence}{language}\n{text}\n{fence}\n")
}

/// The anchor of an event: what is no letter, digit, `_` or `-` stands as a dot and its bytes in hex.
pub(crate) fn anchor(event: &str) -> String {
    let mut out = String::from("event-");
    for byte in event.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, ".{byte:02x}");
        }
    }
    out
}

/// A link to an event.
pub(crate) fn link(event: &str) -> String {
    format!("[{}](#{})", line(event), anchor(event))
}

/// A row of a table.
pub(crate) fn row(cells: &[String]) -> String {
    let mut out = String::from("|");
    for cell in cells {
        out.push(' ');
        out.push_str(cell);
        out.push_str(if cell.is_empty() { "|" } else { " |" });
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_lose_their_meaning() {
        let text = line("a|b *c* _d_ snake_case `e` <f> &amp; [g](h) \\ ~~i~~\n\tj\u{1b}");
        assert_eq!(
            text,
            "a\\|b \\*c\\* \\_d\\_ snake_case \\`e\\` &lt;f&gt; &amp;amp; \\[g\\](h) \\\\ \\~\\~i\\~\\~ j\\\\u{1b}"
        );
    }

    #[test]
    fn what_a_message_quotes_is_code_and_nothing_of_it_is_markup() {
        assert_eq!(prose("`cow_fed` has no `*`, a ` is open"), "`cow_fed` has no `*`, a \\` is open");
        assert_eq!(prose("`a` <b> *c* `d|`"), "`a` &lt;b&gt; \\*c\\* <code>d&#124;</code>");
        assert_eq!(prose("x$`a`$ ``"), "x\\$`a`\\$ <code></code>");
    }

    #[test]
    fn no_paragraph_becomes_a_list_or_a_heading() {
        let shown = paragraphs("# a\nb\n\n12. c\n\n\n- d\n\n2027 e\n\n::f::g", line);
        assert_eq!(shown, "\n\\# a b\n\n12\\. c\n\n\\- d\n\n2027 e\n\n\\::f::g\n");
    }

    #[test]
    fn code_with_bars_or_back_ticks_is_spelled_out() {
        assert_eq!(code("list<Money>"), "`list<Money>`");
        assert_eq!(code("a|`"), "<code>a&#124;&#96;</code>");
        assert_eq!(code(" "), "<code>&#32;</code>");
        assert_eq!(code(""), "<code></code>");
    }

    #[test]
    fn fences_are_longer_than_what_they_hold() {
        assert_eq!(fenced("json", "{}"), "\n```json\n{}\n```\n");
        assert_eq!(fenced("json", "\"```\""), "\n````json\n\"```\"\n````\n");
    }

    #[test]
    fn distinct_events_have_distinct_anchors() {
        assert_eq!(anchor("cow_fed"), "event-cow_fed");
        assert_eq!(anchor("Cow fed\"ä"), "event-Cow.20fed.22.c3.a4");
    }
}
