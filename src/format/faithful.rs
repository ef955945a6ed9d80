//! The safety net: a formatted text must read back as the same documents, with the same comments.
//!
//! It compares the parser's tokens, not our tree, so that a mistake in reading the tree cannot hide from it.

use super::FormatError;
use super::comment::Comment;
use super::order;
use super::token::{Token, TokenKind, tokens};
use super::tree::{Kind, Properties};
use granit_parser::ScalarStyle;

/// Refuses `formatted` unless it means what `original` means.
pub(super) fn check(original: &str, formatted: &str) -> Result<(), FormatError> {
    let (before, comments_before) = tokens(original)?;
    let (after, comments_after) = tokens(formatted)
        .map_err(|error| FormatError::new(format!("the formatted text is no YAML: {error}"), 0))?;
    if meaning(original, before) != meaning(formatted, after) {
        return Err(FormatError::new("formatting would change what this file means", 0));
    }
    if sorted(&comments_before) != sorted(&comments_after) {
        return Err(FormatError::new("formatting would lose a comment of this file", 0));
    }
    Ok(())
}

/// A token less its layout.
#[derive(Debug, PartialEq)]
enum Mark<'t> {
    DocumentStart,
    DocumentEnd,
    Open(Kind, Properties<'t>),
    Close,
    Alias(&'t str),
    Empty(Properties<'t>),
    Scalar(String, ScalarStyle, Properties<'t>),
}

fn sorted<'c, 't>(comments: &'c [Comment<'t>]) -> Vec<&'c str>
where
    't: 'c,
{
    let mut texts: Vec<&str> = comments.iter().map(|comment| comment.text).collect();
    texts.sort_unstable();
    texts
}

fn meaning<'t>(text: &'t str, tokens: Vec<Token<'t>>) -> Vec<Mark<'t>> {
    let mut documents: Vec<Vec<Mark<'t>>> = Vec::new();
    for token in tokens {
        let mark = mark(text, token);
        match documents.last_mut() {
            Some(document) if mark != Mark::DocumentStart => document.push(mark),
            _ => documents.push(vec![mark]),
        }
    }
    documents.into_iter().flat_map(in_order).collect()
}

fn mark<'t>(text: &'t str, token: Token<'t>) -> Mark<'t> {
    match token.kind {
        TokenKind::DocumentStart { .. } => Mark::DocumentStart,
        TokenKind::DocumentEnd => Mark::DocumentEnd,
        TokenKind::Open(kind, _) => Mark::Open(kind, token.properties),
        TokenKind::Close => Mark::Close,
        TokenKind::Alias => Mark::Alias(&text[token.content_start..token.end]),
        TokenKind::Empty => Mark::Empty(token.properties),
        TokenKind::Scalar(value, style) => Mark::Scalar(value.into_owned(), style, token.properties),
    }
}

/// The document with the keys at its top in order, unless it is one whose order is kept.
fn in_order(mut document: Vec<Mark<'_>>) -> Vec<Mark<'_>> {
    let is_mapping = matches!(document.get(1), Some(Mark::Open(Kind::Mapping, _)));
    if !is_mapping || document.iter().any(defines_anchor) {
        return document;
    }
    let end = document.split_off(document.len() - 2);
    let mut entries: Vec<Vec<Mark<'_>>> = Vec::new();
    let (mut depth, mut is_key) = (0_usize, true);
    for mark in document.drain(2..) {
        let opens = matches!(mark, Mark::Open(..));
        let closes = mark == Mark::Close;
        if depth == 0 && is_key {
            entries.push(Vec::new());
        }
        entries.last_mut().expect("a document's first mark is a key").push(mark);
        depth = depth + usize::from(opens) - usize::from(closes);
        is_key ^= depth == 0;
    }
    entries.sort_by_key(|entry| match entry.first() {
        Some(Mark::Scalar(key, ..)) => order::rank_of(key),
        _ => order::rank_of(""),
    });
    document.into_iter().chain(entries.into_iter().flatten()).chain(end).collect()
}

fn defines_anchor(mark: &Mark<'_>) -> bool {
    match mark {
        Mark::Open(_, properties) | Mark::Empty(properties) | Mark::Scalar(_, _, properties) => {
            properties.anchor.is_some()
        }
        Mark::DocumentStart | Mark::DocumentEnd | Mark::Close | Mark::Alias(_) => false,
    }
}
