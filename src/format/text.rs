//! Plain and quoted scalars over several lines.

use super::tree::Scalar;
use granit_parser::ScalarStyle;

impl<'t> Scalar<'t> {
    /// The lines as written, without the blanks around line breaks, which are no content.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'t str> {
        let last = self.raw.split('\n').count() - 1;
        let style = self.style;
        self.raw.split('\n').enumerate().map(move |(number, line)| {
            let line = if number == 0 { line } else { line.trim_start_matches([' ', '\t']) };
            if number == last { line } else { trim_end(line, style) }
        })
    }

    pub(super) fn is_one_line(&self) -> bool {
        !self.raw.contains('\n')
    }
}

/// Trims blanks, but not one that a backslash makes content (`"a\ ` in double quotes).
fn trim_end(line: &str, style: ScalarStyle) -> &str {
    let trimmed = line.trim_end_matches([' ', '\t']);
    let backslashes = trimmed.len() - trimmed.trim_end_matches('\\').len();
    let escapes_blank = style == ScalarStyle::DoubleQuoted && backslashes % 2 == 1;
    let kept = if escapes_blank { trimmed.len() + 1 } else { trimmed.len() };
    &line[..kept.min(line.len())]
}
