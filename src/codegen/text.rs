//! Lines of code, docs and literals.

use std::fmt::Write as _;

use crate::event::Deprecation;
use crate::markdown;

/// The widest line of a doc, with its indentation.
const DOC_WIDTH: usize = 100;

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

    pub(super) fn indent(&self) -> usize {
        self.indent
    }

    /// A line; one that has further lines holds their indentation.
    pub(super) fn line(&mut self, text: &str) {
        if !text.is_empty() {
            self.text.extend(std::iter::repeat_n(' ', self.indent));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }

    /// A line that opens a block.
    pub(super) fn open(&mut self, text: &str) {
        self.line(text);
        self.indent += 4;
    }

    /// Indents what follows a head of several lines.
    pub(super) fn indent_in(&mut self) {
        self.indent += 4;
    }

    /// A line that closes a block.
    pub(super) fn close(&mut self, text: &str) {
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
            self.line(&format!("/// {otherwise}"));
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
            self.line(&format!("#[deprecated = {}]", string(&note)));
        }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

/// The text of a user as lines of Markdown that show it as it is.
pub(super) fn doc_lines(text: &str, width: usize) -> Vec<String> {
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

/// A literal of ASCII alone, so that its width is its length.
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
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
