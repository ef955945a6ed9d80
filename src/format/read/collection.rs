//! Sequences and mappings, in block and in flow style.

use super::{DEEPEST, Place, Reader};
use crate::format::FormatError;
use crate::format::comment::{Below, Comment};
use crate::format::source;
use crate::format::token::{Token, TokenKind};
use crate::format::tree::{Collection, Content, Entry, Kind, Node};
use granit_parser::StructureStyle;

impl<'t> Reader<'t> {
    /// Reads the collection that `token` opens.
    pub(super) fn collection(
        &mut self,
        token: &Token<'t>,
        kind: Kind,
        style: StructureStyle,
        place: Place,
    ) -> Result<Node<'t>, FormatError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(&format!("nested deeper than {DEEPEST}")));
        }
        let node = match style {
            StructureStyle::Flow => self.flow(token, kind)?,
            StructureStyle::Block => self.block(token, kind, place)?,
        };
        self.depth -= 1;
        Ok(node)
    }

    fn block(&mut self, token: &Token<'t>, kind: Kind, place: Place) -> Result<Node<'t>, FormatError> {
        if !token.properties.is_empty() {
            self.position = token.properties_end;
        }
        // Comments that are alone belong to the first entry.
        let lead = self.comments.not_alone_before(self.upcoming());
        let column = self.upcoming_column();
        let mut entries = Vec::new();
        while !self.at_close() {
            entries.push(self.block_entry(kind, column)?);
        }
        self.next();
        let below = self.below(column, place);
        let below = self.comments.below(below);
        let style = StructureStyle::Block;
        let content = Content::Collection(Collection { kind, style, commented: false, entries, below });
        Ok(Node { properties: token.properties, lead, content, beside: Vec::new() })
    }

    /// Where comments below a block collection at `column` end, which stands at `place`.
    fn below(&mut self, column: usize, place: Place) -> Below {
        let before = self.upcoming();
        let document_ends =
            self.tokens.peek().is_none_or(|token| matches!(token.kind, TokenKind::DocumentEnd));
        let right_of_next = if document_ends { 0 } else { self.upcoming_column() + 1 };
        // A list may stand in the column of its key; what stands there below it is the key's neighbour.
        let right_of_parent = match place {
            Place::Block(Some(parent)) => parent + 1,
            Place::Block(None) | Place::Flow => 0,
        };
        Below { column: column.max(right_of_next).max(right_of_parent), before }
    }

    fn block_entry(&mut self, kind: Kind, column: usize) -> Result<Entry<'t>, FormatError> {
        let start = self.upcoming();
        let above = self.comments.before(start);
        let blank_before = source::follows_blank_line(self.text, start);
        let place = Place::Block(Some(column));
        match kind {
            Kind::Sequence => {
                self.step_over(b'-');
                let value = self.node(place)?;
                Ok(Entry { above, blank_before, key: None, value })
            }
            Kind::Mapping => self.pair(above, blank_before, place),
        }
    }

    /// Reads `key: value`, or `? key` and `: value`.
    fn pair(
        &mut self,
        mut above: Vec<Comment<'t>>,
        blank_before: bool,
        place: Place,
    ) -> Result<Entry<'t>, FormatError> {
        let after = self.text.as_bytes().get(self.upcoming() + 1);
        if after.is_none_or(u8::is_ascii_whitespace) {
            self.step_over(b'?');
        }
        let mut key = self.key()?;
        above.append(&mut key.lead);
        self.step_over(b':');
        let value = self.node(place)?;
        Ok(Entry { above, blank_before, key: Some(key), value })
    }

    fn flow(&mut self, token: &Token<'t>, kind: Kind) -> Result<Node<'t>, FormatError> {
        let mut lead = self.comments.before(token.content_start);
        let outside = self.comments.count();
        self.position = token.content_start;
        self.step_over(if kind == Kind::Sequence { b'[' } else { b'{' });
        lead.extend(self.comments.beside(self.position));
        let mut entries = Vec::new();
        while !self.at_close() {
            entries.push(self.flow_entry(kind)?);
        }
        let close = self.next();
        let mut below = self.comments.before(close.start);
        self.position = self.position.max(close.end);
        if entries.is_empty() {
            lead.append(&mut below);
        }
        let commented = self.comments.count() < outside;
        let beside = self.comments.beside(self.position);
        let content =
            Content::Collection(Collection { kind, style: StructureStyle::Flow, commented, entries, below });
        Ok(Node { properties: token.properties, lead, content, beside })
    }

    fn flow_entry(&mut self, kind: Kind) -> Result<Entry<'t>, FormatError> {
        let start = self.upcoming();
        let above = self.comments.before(start);
        let blank_before = source::follows_blank_line(self.text, start);
        let mut entry = match kind {
            Kind::Sequence => Entry { above, blank_before, key: None, value: self.node(Place::Flow)? },
            Kind::Mapping => self.pair(above, blank_before, Place::Flow)?,
        };
        self.step_over(b',');
        let behind_comma = self.comments.beside(self.position);
        if matches!(entry.value.content, Content::Empty) {
            entry.value.lead.extend(behind_comma);
        } else {
            entry.value.beside.extend(behind_comma);
        }
        Ok(entry)
    }

    fn at_close(&mut self) -> bool {
        self.tokens.peek().is_none_or(|token| matches!(token.kind, TokenKind::Close))
    }
}
