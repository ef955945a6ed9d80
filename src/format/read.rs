//! Tokens and comments → the tree: which comment belongs to what.
//!
//! Comments are claimed in the order of the file: each node takes what stands before it, then what stands beside it;
//! a block collection takes what stands below its last entry and is indented like it. What nobody claimed is above
//! the next entry.

mod collection;
mod node;

use super::FormatError;
use super::comment::Unclaimed;
use super::source;
use super::token::{Token, TokenKind, tokens};
use super::tree::{Document, Entry, Stream};
use granit_parser::StructureStyle;
use std::iter::Peekable;
use std::vec;

/// Deep enough for any definition, and far from the end of a thread's stack.
const DEEPEST: usize = 128;

/// Reads a text with unix lines.
pub(super) fn read(text: &str) -> Result<Stream<'_>, FormatError> {
    let (tokens, comments) = tokens(text)?;
    Reader {
        text,
        tokens: tokens.into_iter().peekable(),
        comments: Unclaimed::new(text, comments),
        position: 0,
        depth: 0,
    }
    .stream()
}

struct Reader<'t> {
    text: &'t str,
    tokens: Peekable<vec::IntoIter<Token<'t>>>,
    comments: Unclaimed<'t>,
    /// Where the last token ended; indicators (`-`, `:`, `,`) count as tokens here.
    position: usize,
    depth: usize,
}

/// Where an entry stands.
#[derive(Clone, Copy)]
enum Place {
    /// Between brackets.
    Flow,
    /// In a block collection (or a document) whose entries begin at this column.
    Block(Option<usize>),
}

impl<'t> Reader<'t> {
    fn stream(mut self) -> Result<Stream<'t>, FormatError> {
        let mut documents = Vec::new();
        while let Some(token) = self.tokens.next() {
            if let TokenKind::DocumentStart { marked } = token.kind {
                documents.push(self.document(marked, token.start, token.end)?);
            }
        }
        Ok(Stream { documents, tail: self.comments.before(self.text.len()) })
    }

    fn document(&mut self, marked: bool, start: usize, end: usize) -> Result<Document<'t>, FormatError> {
        let (before_marker, beside_marker) = if marked {
            self.position = end;
            (self.comments.before(start), self.comments.beside(end))
        } else {
            self.step_over_document_ends();
            (Vec::new(), Vec::new())
        };
        let root = self.root()?;
        let end = self.next();
        let below = self.comments.before(end.start);
        self.position = self.position.max(end.end);
        Ok(Document { marked, before_marker, beside_marker, header: Vec::new(), root, below })
    }

    fn root(&mut self) -> Result<Entry<'t>, FormatError> {
        let token = self.tokens.peek().expect("a document holds a node");
        let start = match token.kind {
            // What stands above the first key is about that key; what is not there has nothing above it.
            TokenKind::Empty | TokenKind::Open(_, StructureStyle::Block) if token.properties.is_empty() => {
                self.position
            }
            _ => token.start,
        };
        let above = self.comments.before(start);
        let blank_before = source::follows_blank_line(self.text, start);
        let value = self.node(Place::Block(None))?;
        Ok(Entry { above, blank_before, key: None, value })
    }

    /// Steps over `...` lines that end no document.
    fn step_over_document_ends(&mut self) {
        while self.text[self.upcoming()..].starts_with("...") && self.upcoming_column() == 0 {
            self.position = self.upcoming() + "...".len();
        }
    }

    fn next(&mut self) -> Token<'t> {
        self.tokens.next().expect("the parser balances its events")
    }

    /// Where the next token stands, indicators included.
    fn upcoming(&self) -> usize {
        source::next_token(self.text, self.position)
    }

    /// How far right that is.
    fn upcoming_column(&self) -> usize {
        source::column(self.text, self.upcoming())
    }

    /// Steps over `indicator` if it is what comes next.
    fn step_over(&mut self, indicator: u8) {
        let upcoming = self.upcoming();
        if self.text.as_bytes().get(upcoming) == Some(&indicator) {
            self.position = upcoming + 1;
        }
    }

    fn error(&self, message: &str) -> FormatError {
        FormatError::new(message, self.upcoming())
    }
}
