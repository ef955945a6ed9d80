//! Entries and their values.

use super::{BlankLines, Writer};
use crate::format::block_scalar::BlockScalar;
use crate::format::comment::Comment;
use crate::format::inline::WIDTH;
use crate::format::tree::{Collection, Content, Entry, Node, Scalar};

/// How far what belongs to an entry is indented.
const STEP: usize = 2;

/// What introduces a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Introduction {
    Document,
    Dash,
    Key,
}

impl Writer {
    pub(super) fn root(&mut self, root: &Entry<'_>) {
        self.comments(&root.above, 0);
        if root.blank_before {
            self.blank_line();
        }
        self.value(&root.value, Introduction::Document, 0);
    }

    pub(super) fn entry(&mut self, entry: &Entry<'_>, indentation: usize) {
        self.comments(&entry.above, indentation);
        if entry.blank_before {
            self.blank_line();
        }
        self.indent(indentation);
        self.indented_entry(entry, indentation);
    }

    fn indented_entry(&mut self, entry: &Entry<'_>, indentation: usize) {
        if let Some(key) = &entry.key {
            self.out.push_str(&key.inline().expect("a key is one line: others are refused"));
            self.out.push_str(key.colon());
            self.value(&entry.value, Introduction::Key, indentation + STEP);
        } else {
            self.out.push('-');
            self.value(&entry.value, Introduction::Dash, indentation + STEP);
        }
    }

    /// Writes a value; what of it needs lines of its own is indented by `inner`.
    fn value(&mut self, node: &Node<'_>, introduction: Introduction, inner: usize) {
        match &node.content {
            Content::Empty => self.empty(node, inner),
            Content::Block(scalar) => self.block_scalar(node, scalar, inner),
            Content::Scalar(scalar) => self.scalar(node, scalar, inner),
            Content::Alias(name) => self.one_line(node, &node.properties.before(name), inner),
            Content::Collection(collection) => match self.fitting(node, collection, inner) {
                Some(text) => self.one_line(node, &text, inner),
                None => self.collection(node, collection, introduction, inner),
            },
        }
    }

    fn empty(&mut self, node: &Node<'_>, inner: usize) {
        self.word(&node.properties.before(""));
        self.end_introduction(&node.lead, inner);
    }

    /// Writes `text`, below the comments that stand before it.
    fn one_line(&mut self, node: &Node<'_>, text: &str, inner: usize) {
        self.lead(&node.lead, inner);
        self.word(text);
        self.end_line(&node.beside, inner.saturating_sub(STEP));
    }

    fn scalar(&mut self, node: &Node<'_>, scalar: &Scalar<'_>, inner: usize) {
        let mut lines = scalar.lines();
        self.lead(&node.lead, inner);
        self.word(&node.properties.before(lines.next().unwrap_or_default()));
        for line in lines {
            self.out.push('\n');
            self.hanging(line, inner);
        }
        self.end_line(&node.beside, inner.saturating_sub(STEP));
    }

    fn block_scalar(&mut self, node: &Node<'_>, scalar: &BlockScalar<'_>, inner: usize) {
        self.one_line(node, &node.properties.before(&scalar.header), inner);
        for line in &scalar.lines {
            self.hanging(line, inner);
            self.new_line();
        }
        if scalar.keeps_blank_lines() {
            self.blank_lines = BlankLines::Dropped;
        }
    }

    /// The text of a collection that was written in brackets and still can be.
    fn fitting(&self, node: &Node<'_>, collection: &Collection<'_>, inner: usize) -> Option<String> {
        let text = node.inline()?;
        let is_beside = node.lead.is_empty() && !self.line_is_blank();
        let column = if is_beside { self.line_width() + 1 } else { inner };
        let fits = collection.entries.is_empty() || column + text.chars().count() <= WIDTH;
        fits.then_some(text)
    }

    fn collection(
        &mut self,
        node: &Node<'_>,
        collection: &Collection<'_>,
        introduction: Introduction,
        inner: usize,
    ) {
        self.word(&node.properties.before(""));
        let (above, below) = around(node);
        let (first, others) = collection.entries.split_first().expect("an empty collection is one line");
        let is_bare = node.properties.is_empty() && above.is_empty() && first.above.is_empty();
        if introduction == Introduction::Dash && is_bare {
            self.out.push(' ');
            self.indented_entry(first, inner);
        } else {
            self.end_introduction(&above, inner);
            self.entry(first, inner);
        }
        for entry in others {
            self.entry(entry, inner);
        }
        self.comments(&collection.below, inner);
        self.comments(&below, inner);
    }

    /// Ends the line of `key:`, if there is one, so that a value can begin below it.
    fn end_introduction(&mut self, comments: &[Comment<'_>], inner: usize) {
        if self.line_is_blank() {
            self.comments(comments, inner);
        } else {
            self.end_line(comments, inner);
        }
    }

    /// Comments between `key:` and its value push the value to a line of its own.
    fn lead(&mut self, comments: &[Comment<'_>], inner: usize) {
        if !comments.is_empty() {
            self.end_introduction(comments, inner);
            self.indent(inner);
        }
    }

    /// A further line of a scalar; a document's root needs the indentation too, or `---` might end it.
    fn hanging(&mut self, line: &str, inner: usize) {
        if !line.is_empty() {
            self.indent(inner.max(STEP));
            self.out.push_str(line);
        }
    }

    /// Writes `text` with a blank before it, where something stands before it.
    fn word(&mut self, text: &str) {
        if !text.is_empty() {
            if !self.line_is_blank() {
                self.out.push(' ');
            }
            self.out.push_str(text);
        }
    }
}

/// The comments around a collection, of which there is only one line to stand beside once its brackets are gone: that
/// of its key. A second such comment, behind the closing bracket, goes below.
fn around<'t>(node: &Node<'t>) -> (Vec<Comment<'t>>, Vec<Comment<'t>>) {
    let mut above = node.lead.clone();
    let mut below = node.beside.clone();
    if above.iter().all(|comment| comment.alone) {
        above.append(&mut below);
    }
    (above, below)
}
