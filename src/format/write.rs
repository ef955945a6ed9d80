//! The tree → text.

mod node;

use super::comment::Comment;
use super::source;
use super::tree::{Document, Stream};

/// Writes the canonical text.
pub(super) fn write(stream: &Stream<'_>) -> String {
    let mut writer = Writer { out: String::new(), blank_lines: BlankLines::Dropped };
    for (number, document) in stream.documents.iter().enumerate() {
        writer.document(document, number == 0);
    }
    writer.comments(&stream.tail, 0);
    writer.out
}

/// What becomes of a blank line that the author left here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BlankLines {
    Kept,
    /// At the start of a document; and below a block scalar that would swallow them.
    Dropped,
}

struct Writer {
    out: String,
    blank_lines: BlankLines,
}

impl Writer {
    fn document(&mut self, document: &Document<'_>, is_first: bool) {
        self.comments(&document.before_marker, 0);
        if document.marked || !is_first {
            self.out.push_str("---");
            self.end_line(&document.beside_marker, 0);
        }
        self.blank_lines = BlankLines::Dropped;
        self.comments(&document.header, 0);
        self.root(&document.root);
        self.comments(&document.below, 0);
    }

    /// Ends the line with the first comment that stood on a line with something else; the others follow.
    fn end_line(&mut self, comments: &[Comment<'_>], indentation: usize) {
        let beside = comments.iter().position(|comment| !comment.alone);
        if let Some(comment) = beside.and_then(|at| comments.get(at)) {
            self.out.push_str("  ");
            self.out.push_str(comment.text);
        }
        self.new_line();
        for (at, comment) in comments.iter().enumerate() {
            if Some(at) != beside {
                self.comment(comment, indentation);
            }
        }
    }

    fn comments(&mut self, comments: &[Comment<'_>], indentation: usize) {
        for comment in comments {
            self.comment(comment, indentation);
        }
    }

    fn comment(&mut self, comment: &Comment<'_>, indentation: usize) {
        if comment.blank_before {
            self.blank_line();
        }
        self.indent(indentation);
        self.out.push_str(comment.text);
        self.new_line();
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        self.blank_lines = BlankLines::Kept;
    }

    /// Writes a blank line, unless there is one: the content of a block scalar may end in blanks, too.
    fn blank_line(&mut self) {
        let above = self.out.trim_end_matches([' ', '\t', '\n']).len();
        let has_blank_line = self.out[above..].matches('\n').count() > 1;
        if self.blank_lines == BlankLines::Kept && !has_blank_line && !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn indent(&mut self, indentation: usize) {
        self.out.extend(std::iter::repeat_n(' ', indentation));
    }

    fn line(&self) -> &str {
        self.out.rsplit('\n').next().unwrap_or_default()
    }

    /// Characters on the line so far.
    fn line_width(&self) -> usize {
        self.line().chars().count()
    }

    fn line_is_blank(&self) -> bool {
        source::is_blank(self.line())
    }
}
