//! Block scalars (`|`, `>`): their lines without the author's indentation, so that they can be given ours.

/// A literal or folded scalar.
#[derive(Debug)]
pub(super) struct BlockScalar<'t> {
    /// `|` or `>`, an indentation indicator where the content needs one, and the chomping indicator.
    pub(super) header: String,
    /// The lines of the content, without indentation.
    pub(super) lines: Vec<&'t str>,
}

impl<'t> BlockScalar<'t> {
    /// Reads one from its header (`|2+`), the lines below the header, and the value that the parser made of them.
    pub(super) fn read(header: &str, below: &'t str, value: &str) -> Self {
        let mut lines = unindented(below, value);
        while lines.last().is_some_and(|line| line.is_empty()) {
            lines.pop();
        }
        let line_breaks = value.len() - value.trim_end_matches('\n').len();
        let chomping = chomping(header, line_breaks, lines.is_empty());
        if chomping == "+" {
            let blank_lines = if lines.is_empty() { line_breaks } else { line_breaks - 1 };
            lines.extend(std::iter::repeat_n("", blank_lines));
        }
        let style = if header.starts_with('|') { "|" } else { ">" };
        // The reader takes the indentation of the first line that is not empty for that of all.
        let first = lines.iter().find(|line| !line.is_empty());
        let indicator = if first.is_some_and(|line| line.starts_with(' ')) { "2" } else { "" };
        Self { header: format!("{style}{indicator}{chomping}"), lines }
    }

    /// Whether blank lines behind it would become part of its content.
    pub(super) fn keeps_blank_lines(&self) -> bool {
        self.header.ends_with('+')
    }
}

/// The author's indicator, unless the file ended before the line break that it speaks of.
fn chomping(header: &str, line_breaks: usize, no_lines: bool) -> &'static str {
    if header.contains('-') || (line_breaks == 0 && !no_lines) {
        "-"
    } else if header.contains('+') {
        "+"
    } else {
        ""
    }
}

/// The lines of `below` less the content's indentation, which is what their first one has more than the value's first.
fn unindented<'t>(below: &'t str, value: &str) -> Vec<&'t str> {
    let indentation = indentation_of_text(below) - indentation_of_text(value).min(indentation_of_text(below));
    below.split('\n').map(|line| &line[leading_spaces(line).min(indentation)..]).collect()
}

/// The spaces before the first line with anything else; all lines being blank, those of the longest.
fn indentation_of_text(text: &str) -> usize {
    let written = text.split('\n').find(|line| leading_spaces(line) < line.len());
    written.map_or_else(|| text.split('\n').map(str::len).max().unwrap_or_default(), leading_spaces)
}

fn leading_spaces(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
