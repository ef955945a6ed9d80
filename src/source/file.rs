use std::sync::{Arc, OnceLock};

/// One text file: its path as people see it, and its text.
#[derive(Debug)]
pub struct SourceFile {
    /// The path relative to the project, with forward slashes.
    pub path: String,
    /// The whole text, UTF-8, without a byte order mark.
    pub text: String,
    /// Whether the bytes of the file begin with a byte order mark.
    pub has_byte_order_mark: bool,
    line_starts: OnceLock<Box<[usize]>>,
    shown: OnceLock<Option<Box<str>>>,
}

impl SourceFile {
    /// A file of `path` that holds `text`; a byte order mark at its start is dropped.
    #[must_use]
    pub fn new(path: impl Into<String>, mut text: String) -> Self {
        let has_byte_order_mark = text.starts_with('\u{feff}');
        if has_byte_order_mark {
            text.drain(..'\u{feff}'.len_utf8());
        }
        Self {
            path: path.into(),
            text,
            has_byte_order_mark,
            line_starts: OnceLock::new(),
            shown: OnceLock::new(),
        }
    }

    /// The byte offset at which each line starts.
    pub fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| at + 1)).collect()
        })
    }

    /// The text with every character that would steer a terminal, but tabs and line breaks, replaced, byte for byte, by `?`: a terminal
    /// finds no commands in it.
    pub fn shown(&self) -> &str {
        let is_command = |c: char| crate::visible::is_command(c) && !matches!(c, '\n' | '\r' | '\t');
        let replaced = self.shown.get_or_init(|| {
            let replace = |c: char| if is_command(c) { "?".repeat(c.len_utf8()) } else { c.to_string() };
            self.text.contains(is_command).then(|| self.text.chars().map(replace).collect())
        });
        replaced.as_deref().unwrap_or(&self.text)
    }

    /// Line and column of a byte offset, both counted from 1, columns in Unicode scalar values.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor_char_boundary(offset);
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let column = self.text[starts[line - 1]..offset].chars().count() + 1;
        Position { line, column }
    }

    /// The text of a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.text[self.floor_char_boundary(span.start())..self.floor_char_boundary(span.end())]
    }

    fn floor_char_boundary(&self, offset: usize) -> usize {
        self.text.floor_char_boundary(offset.min(self.text.len()))
    }
}

/// A range of bytes in a [`SourceFile`]. Every value of every definition has one, so that it is kept small; what lies
/// beyond 4 GiB counts as lying there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The bytes from `start` up to `end`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: narrow(start), end: narrow(end.max(start)) }
    }

    /// The first byte.
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last one.
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }
}

/// A line and a column, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in Unicode scalar values.
    pub column: usize,
}

/// A place in a file.
#[derive(Clone, Debug)]
pub struct Location {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The bytes in it.
    pub span: Span,
}

impl Location {
    /// The bytes `span` of `file`.
    #[must_use]
    pub fn new(file: &Arc<SourceFile>, span: Span) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// The order in which findings are printed: by path, then by place.
    #[must_use]
    pub fn sort_key(&self) -> (&str, usize, usize) {
        (&self.file.path, self.span.start(), self.span.end())
    }
}

/// A value with the place where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// `value`, written at `span`.
    #[must_use]
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let file = SourceFile::new("a.yaml", "a\näöx\r\nz".to_owned());
        assert_eq!(file.position(0), Position { line: 1, column: 1 });
        assert_eq!(file.position(6), Position { line: 2, column: 3 });
        assert_eq!(file.position(9), Position { line: 3, column: 1 });
        assert_eq!(file.position(99), Position { line: 3, column: 2 });
    }

    #[test]
    fn a_byte_order_mark_is_dropped() {
        assert_eq!(SourceFile::new("a.yaml", "\u{feff}a: 1".to_owned()).text, "a: 1");
    }
}
