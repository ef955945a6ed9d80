//! Lines of code, docs and literals.

use std::fmt::{self, Write as _};

use crate::event::Deprecation;
use crate::markdown;

/// The widest line of a doc, with its indentation.
const DOC_WIDTH: usize = 100;

/// What a line is made of; most lines are written without a text in between.
pub(super) trait Line {
    /// Writes it.
    fn push_to(self, out: &mut String);
}

impl Line for &str {
    fn push_to(self, out: &mut String) {
        out.push_str(self);
    }
}

impl Line for String {
    fn push_to(self, out: &mut String) {
        out.push_str(&self);
    }
}

impl Line for fmt::Arguments<'_> {
    fn push_to(self, out: &mut String) {
        let _ = out.write_fmt(self);
    }
}

/// Code that is being written, line by line.
#[derive(Debug, Default)]
pub(super) struct Code {
    text: String,
    indent: usize,
}

impl Code {
    pub(super) fn new(indent: usize) -> Self {
        Self { text: String::new(), indent }
    }

    /// Code of which much is to come.
    pub(super) fn with_capacity(bytes: usize, indent: usize) -> Self {
        Self { text: String::with_capacity(bytes), indent }
    }

    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// A line; one that has further lines holds their indentation.
    pub(super) fn line(&mut self, text: impl Line) {
        new_line_of(&mut self.text, self.indent);
        let start = self.text.len();
        text.push_to(&mut self.text);
        if self.text.len() == start {
            self.text.truncate(start - self.indent);
        }
        self.text.push('\n');
    }

    /// A line that opens a block.
    pub(super) fn open(&mut self, text: impl Line) {
        self.line(text);
        self.indent += 4;
    }

    /// Indents what follows a head of several lines.
    pub(super) fn indent_in(&mut self) {
        self.indent += 4;
    }

    /// A line that closes a block.
    pub(super) fn close(&mut self, text: impl Line) {
        self.indent -= 4;
        self.line(text);
    }

    /// Code that is indented already.
    pub(super) fn append(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A doc of the text of a user, or of our own words where there is none.
    pub(super) fn doc(&mut self, description: Option<&str>, otherwise: &str) {
        let lines = doc_lines(description.unwrap_or_default(), DOC_WIDTH.saturating_sub(self.indent + 4));
        if lines.is_empty() {
            self.line(format!("/// {otherwise}"));
        }
        for line in lines {
            self.line(format!("/// {line}").trim_end());
        }
    }

    /// `#[deprecated]`, where it is.
    pub(super) fn deprecated(&mut self, deprecated: Option<&Deprecation>) {
        let Some(deprecated) = deprecated else { return };
        let mut note = deprecated.reason.clone().unwrap_or_default();
        if let Some(sunset) = deprecated.sunset {
            let _ = write!(note, "{}(sunset {sunset})", if note.is_empty() { "" } else { " " });
        }
        if note.is_empty() {
            self.line("#[deprecated]");
        } else {
            self.line(format!("#[deprecated = {}]", string(&note)));
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

fn new_line_of(out: &mut String, indent: usize) {
    const SPACES: &str = "                                ";
    match SPACES.get(..indent) {
        Some(spaces) => out.push_str(spaces),
        None => out.extend(std::iter::repeat_n(' ', indent)),
    }
}

/// The text of a user as lines of Markdown that show it as it is.
pub(super) fn doc_lines(text: &str, width: usize) -> Vec<String> {
    if is_plain(text) && text.len() <= width {
        return if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
    }
    let mut lines = Vec::new();
    for paragraph in text.replace("\r\n", "\n").split("\n\n").filter(|text| !text.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in markdown::line(paragraph).split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
                lines.push(markdown::without_marker(&line));
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(markdown::without_marker(&line));
    }
    lines
}

/// Whether a text is one line of words that mean nothing to Markdown. Most descriptions are.
fn is_plain(text: &str) -> bool {
    let starts_with_a_letter = text.bytes().next().is_none_or(|byte| byte.is_ascii_alphabetic());
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b' ' | b'\'');
    starts_with_a_letter && text.bytes().all(is_word) && !text.contains("  ") && !text.ends_with(' ')
}

/// A literal of ASCII alone, so that its width is its length.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\')) {
        out.push_str(text);
        out.push('"');
        return out;
    }
    for c in text.chars() {
        match c {
            '\'' => out.push('\''),
            ' '..='~' | '\n' | '\t' | '\r' => out.extend(c.escape_default()),
            _ => out.extend(c.escape_unicode()),
        }
    }
    out.push('"');
    out
}
