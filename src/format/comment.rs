//! Comments, and the line of those that no node has taken yet.

use super::source;
use std::collections::VecDeque;

/// A comment.
#[derive(Clone, Debug)]
pub(super) struct Comment<'t> {
    /// From the `#` to the end of the line, without blanks at the end.
    pub(super) text: &'t str,
    /// Whether it has its line for itself.
    pub(super) alone: bool,
    pub(super) blank_before: bool,
    start: usize,
    column: usize,
}

impl<'t> Comment<'t> {
    pub(super) fn read(text: &'t str, start: usize, end: usize) -> Self {
        Self {
            text: text[start..end].trim_end_matches([' ', '\t']),
            alone: source::begins_line(text, start),
            blank_before: source::follows_blank_line(text, start),
            start,
            column: source::column(text, start),
        }
    }
}

/// Where the comments below the last entry of a block collection stand: left of that they belong to what follows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Below {
    /// The smallest column of such a comment.
    pub(super) column: usize,
    /// The offset of the token that follows the collection.
    pub(super) before: usize,
}

/// The comments that belong to no node yet, in their order.
#[derive(Debug)]
pub(super) struct Unclaimed<'t> {
    text: &'t str,
    comments: VecDeque<Comment<'t>>,
}

impl<'t> Unclaimed<'t> {
    pub(super) fn new(text: &'t str, mut comments: Vec<Comment<'t>>) -> Self {
        comments.sort_by_key(|comment| comment.start);
        Self { text, comments: comments.into() }
    }

    pub(super) fn count(&self) -> usize {
        self.comments.len()
    }

    /// All that begin before `end`.
    pub(super) fn before(&mut self, end: usize) -> Vec<Comment<'t>> {
        self.take_while(|comment| comment.start < end)
    }

    /// Those before `end` that share their line with something else.
    pub(super) fn not_alone_before(&mut self, end: usize) -> Vec<Comment<'t>> {
        self.take_while(|comment| comment.start < end && !comment.alone)
    }

    /// The one behind a token that ends at `end`, with nothing but blanks between.
    pub(super) fn beside(&mut self, end: usize) -> Vec<Comment<'t>> {
        let text = self.text;
        self.take_while(|comment| {
            !comment.alone && text.get(end..comment.start).is_some_and(source::is_blank)
        })
    }

    /// Those below a collection, or below a key without a value.
    pub(super) fn below(&mut self, below: Below) -> Vec<Comment<'t>> {
        self.take_while(|comment| comment.start < below.before && comment.column >= below.column)
    }

    fn take_while(&mut self, mut wanted: impl FnMut(&Comment<'t>) -> bool) -> Vec<Comment<'t>> {
        let count = self.comments.iter().take_while(|comment| wanted(comment)).count();
        self.comments.drain(..count).collect()
    }
}
