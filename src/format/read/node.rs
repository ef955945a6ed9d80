//! One node: its properties, its content, the comments around it.

use super::{Place, Reader};
use crate::format::FormatError;
use crate::format::block_scalar::BlockScalar;
use crate::format::comment::Below;
use crate::format::token::{Token, TokenKind};
use crate::format::tree::{Content, Node, Properties, Scalar};
use granit_parser::ScalarStyle;

impl<'t> Reader<'t> {
    /// Reads a value that stands at `place`.
    pub(super) fn node(&mut self, place: Place) -> Result<Node<'t>, FormatError> {
        let token = self.next();
        match token.kind {
            TokenKind::Empty => Ok(self.empty(&token, place)),
            TokenKind::Open(kind, style) => self.collection(&token, kind, style, place),
            TokenKind::Alias | TokenKind::Scalar(..) => {
                let mut node = self.leaf(token)?;
                node.beside.extend(self.comments.beside(self.position));
                Ok(node)
            }
            TokenKind::DocumentStart { .. } | TokenKind::DocumentEnd | TokenKind::Close => {
                Err(self.error("a value is missing here"))
            }
        }
    }

    /// Reads a key; comments behind it stay for its value.
    pub(super) fn key(&mut self) -> Result<Node<'t>, FormatError> {
        let token = self.next();
        match &token.kind {
            TokenKind::Open(..) => Err(self.error("a key that is a list or a mapping cannot be formatted")),
            TokenKind::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded) => {
                Err(self.error("a key that is a block of text cannot be formatted"))
            }
            TokenKind::Scalar(..) if self.text[token.content_start..token.end].contains('\n') => {
                Err(self.error("a key over several lines cannot be formatted"))
            }
            TokenKind::Alias | TokenKind::Scalar(..) => self.leaf(token),
            TokenKind::Empty
            | TokenKind::DocumentStart { .. }
            | TokenKind::DocumentEnd
            | TokenKind::Close => Err(self.error("a key is missing here")),
        }
    }

    /// Reads an alias or a scalar.
    fn leaf(&mut self, token: Token<'t>) -> Result<Node<'t>, FormatError> {
        let Token { kind, properties, properties_end, content_start, end, .. } = token;
        let raw = &self.text[content_start..end];
        let content = match kind {
            TokenKind::Scalar(value, ScalarStyle::Literal | ScalarStyle::Folded) => {
                if !properties.is_empty() {
                    self.position = properties_end;
                }
                return self.block_scalar(properties, end, &value);
            }
            TokenKind::Scalar(value, style) => Content::Scalar(Scalar { raw, value, style }),
            _ => Content::Alias(raw),
        };
        self.position = end;
        let lead = self.comments.before(content_start);
        Ok(Node { properties, lead, content, beside: Vec::new() })
    }

    fn empty(&mut self, token: &Token<'t>, place: Place) -> Node<'t> {
        let mut lead = Vec::new();
        if !token.properties.is_empty() {
            lead = self.comments.before(token.start);
            self.position = token.properties_end;
        }
        lead.extend(self.comments.beside(self.position));
        if let Place::Block(Some(column)) = place {
            lead.extend(self.comments.below(Below { column: column + 1, before: self.upcoming() }));
        }
        Node { properties: token.properties, lead, content: Content::Empty, beside: Vec::new() }
    }

    /// The parser's span of a block scalar begins somewhere in its content; its header has to be looked for.
    fn block_scalar(
        &mut self,
        properties: Properties<'t>,
        end: usize,
        value: &str,
    ) -> Result<Node<'t>, FormatError> {
        let start = self.upcoming();
        let line = self.text[start..].split('\n').next().unwrap_or_default();
        if !line.starts_with(['|', '>']) {
            return Err(self.error("the header of a block of text cannot be found"));
        }
        let content_start = (start + line.len() + 1).min(self.text.len());
        let header = line.split([' ', '\t']).next().unwrap_or_default();
        let lead = self.comments.before(start);
        let beside = self.comments.before(content_start);
        let below = self.text.get(content_start..end).unwrap_or_default();
        self.position = end.max(content_start);
        let content = Content::Block(BlockScalar::read(header, below, value));
        Ok(Node { properties, lead, content, beside })
    }
}
