//! The parser's events, as tokens with byte offsets and without the comments between them.

use super::FormatError;
use super::comment::Comment;
use super::tree::{Kind, Properties};
use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle, options};
use std::borrow::Cow;

#[derive(Debug)]
pub(super) struct Token<'t> {
    pub(super) kind: TokenKind<'t>,
    /// Where it begins, its properties included.
    pub(super) start: usize,
    /// Where its properties end; `start` when there are none.
    pub(super) properties_end: usize,
    pub(super) properties: Properties<'t>,
    /// Where it begins, its properties left out. Of a block scalar, somewhere behind its `|`.
    pub(super) content_start: usize,
    pub(super) end: usize,
}

#[derive(Debug)]
pub(super) enum TokenKind<'t> {
    DocumentStart {
        marked: bool,
    },
    DocumentEnd,
    Open(Kind, StructureStyle),
    Close,
    Alias,
    /// A value that is left out, as behind `key:`; its offsets mean nothing, save those of its properties.
    Empty,
    Scalar(Cow<'t, str>, ScalarStyle),
}

/// Reads `text` into its tokens and its comments.
pub(super) fn tokens(text: &str) -> Result<(Vec<Token<'_>>, Vec<Comment<'_>>), FormatError> {
    let options = options! {
        emit_anchor_events: true,
        max_buffered_comment_events: usize::MAX,
        disallow_directives: true,
    };
    let mut tokens = Vec::new();
    let mut comments = Vec::new();
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event.map_err(|error| {
            FormatError::new(error.info(), error.marker().byte_offset().unwrap_or_default())
        })?;
        let (start, end) = offsets(&span);
        match event {
            Event::Comment(..) => comments.push(Comment::read(text, start, end)),
            Event::Anchor(..) => attach_anchor(tokens.last_mut(), &text[start..end], start, end),
            event => tokens.extend(token(text, event, &span)),
        }
    }
    Ok((tokens, comments))
}

fn offsets(span: &Span) -> (usize, usize) {
    let range = span.byte_range().expect("a text in memory has byte offsets");
    (range.start, range.end.max(range.start))
}

fn attach_anchor<'t>(token: Option<&mut Token<'t>>, anchor: &'t str, start: usize, end: usize) {
    let token = token.expect("an anchor's event follows that of its node");
    token.properties.anchor = Some(anchor);
    // The end of an earlier property is right of the start only when there is one.
    token.properties_end = if token.properties.tag.is_some() { token.properties_end.max(end) } else { end };
    token.start = token.start.min(start);
}

fn token<'t>(text: &'t str, event: Event<'t>, span: &Span) -> Option<Token<'t>> {
    let (content_start, end) = offsets(span);
    let is_empty = content_start == end;
    let kind = match event {
        Event::DocumentStart(marked, _) => TokenKind::DocumentStart { marked },
        Event::DocumentEnd => TokenKind::DocumentEnd,
        Event::SequenceStart(style, ..) => TokenKind::Open(Kind::Sequence, style),
        Event::MappingStart(style, ..) => TokenKind::Open(Kind::Mapping, style),
        Event::SequenceEnd | Event::MappingEnd => TokenKind::Close,
        Event::Alias(_) => TokenKind::Alias,
        Event::Scalar(_, ScalarStyle::Plain, ..) if is_empty => TokenKind::Empty,
        Event::Scalar(value, style, ..) => TokenKind::Scalar(value, style),
        _ => return None,
    };
    let tag = span.tag_span().map(|tag| offsets(&tag));
    let (start, properties_end) = tag.unwrap_or((content_start, content_start));
    let properties = Properties { anchor: None, tag: tag.map(|(start, end)| &text[start..end]) };
    Some(Token { kind, start, properties_end, properties, content_start, end })
}
