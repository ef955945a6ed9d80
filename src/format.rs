//! Canonical formatting of definition files, with every comment kept: what `evt fmt` writes.
//!
//! ```text
//! text ──token──► tokens, comments ──read──► Stream (a tree) ──order──► Stream ──write──► text ──faithful──► text
//! ```
//!
//! The tree borrows scalars as the author wrote them, so quotes, escapes and wrapped lines are never re-invented;
//! only what stands between them (indentation, blanks, blank lines, the order of an event's keys) is ours.

mod block_scalar;
mod comment;
mod faithful;
mod inline;
mod order;
mod read;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod tree;
mod write;

use std::fmt;

/// Why a text cannot be formatted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// One sentence, lower case, without a full stop.
    pub message: String,
    /// Where, in bytes from the start of the text that was given.
    pub offset: usize,
}

impl FormatError {
    fn new(message: impl Into<String>, offset: usize) -> Self {
        Self { message: message.into(), offset }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FormatError {}

/// The canonical form of a YAML file: the same documents, the same comments, one layout.
///
/// Formatting its result again changes nothing.
///
/// # Errors
///
/// When the text is not YAML, nests deeper than 128, or uses what has no canonical form here: directives, keys
/// that are missing, span lines, or are collections. Also when the result would not read back as the same
/// documents with the same comments, which is a bug of this module that must not cost the author anything.
pub fn format(text: &str) -> Result<String, FormatError> {
    let lines = source::unix_lines(text);
    format_lines(&lines).map_err(|error| FormatError {
        offset: source::offset_before_unix_lines(text, error.offset),
        ..error
    })
}

fn format_lines(lines: &str) -> Result<String, FormatError> {
    let mut stream = read::read(lines)?;
    order::order_keys(&mut stream);
    let formatted = write::write(&stream);
    faithful::check(lines, &formatted)?;
    Ok(formatted)
}
