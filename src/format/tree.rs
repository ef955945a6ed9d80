//! A YAML file as the formatter arranges it: documents, entries, nodes, and the comments that belong to each.

use super::block_scalar::BlockScalar;
use super::comment::Comment;
use granit_parser::{ScalarStyle, StructureStyle};
use std::borrow::Cow;

/// A file.
#[derive(Debug)]
pub(super) struct Stream<'t> {
    pub(super) documents: Vec<Document<'t>>,
    /// Comments after the last document.
    pub(super) tail: Vec<Comment<'t>>,
}

/// One document.
#[derive(Debug)]
pub(super) struct Document<'t> {
    /// Whether it began with `---`.
    pub(super) marked: bool,
    /// Comments before its `---`.
    pub(super) before_marker: Vec<Comment<'t>>,
    /// A comment on the line of its `---`.
    pub(super) beside_marker: Vec<Comment<'t>>,
    /// Comments about the whole document: they stay first whatever key comes first.
    pub(super) header: Vec<Comment<'t>>,
    /// What the document holds; an entry without a key.
    pub(super) root: Entry<'t>,
    /// Comments after the last key.
    pub(super) below: Vec<Comment<'t>>,
}

/// A key with its value, an item of a sequence (no key), or the root of a document (no key).
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) above: Vec<Comment<'t>>,
    /// Whether a blank line stood right above it, below its comments.
    pub(super) blank_before: bool,
    pub(super) key: Option<Node<'t>>,
    pub(super) value: Node<'t>,
}

/// A value or a key.
#[derive(Debug)]
pub(super) struct Node<'t> {
    pub(super) properties: Properties<'t>,
    /// Comments between what introduces the node (`key:`, `-`) and the node.
    pub(super) lead: Vec<Comment<'t>>,
    pub(super) content: Content<'t>,
    /// Comments behind the node on its last line; of a block scalar, on its first.
    pub(super) beside: Vec<Comment<'t>>,
}

/// What may stand before a node, each as written: `&anchor`, `!tag`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Properties<'t> {
    pub(super) anchor: Option<&'t str>,
    pub(super) tag: Option<&'t str>,
}

impl Properties<'_> {
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

#[derive(Debug)]
pub(super) enum Content<'t> {
    /// Nothing: the value of `key:`.
    Empty,
    /// `*name`, as written.
    Alias(&'t str),
    Scalar(Scalar<'t>),
    Block(BlockScalar<'t>),
    Collection(Collection<'t>),
}

/// A plain or quoted scalar.
#[derive(Debug)]
pub(super) struct Scalar<'t> {
    /// As written, quotes included, possibly over several lines.
    pub(super) raw: &'t str,
    pub(super) value: Cow<'t, str>,
    pub(super) style: ScalarStyle,
}

/// A sequence or a mapping.
#[derive(Debug)]
pub(super) struct Collection<'t> {
    pub(super) kind: Kind,
    pub(super) style: StructureStyle,
    /// Whether comments stand between its brackets, so that it cannot be written on one line.
    pub(super) commented: bool,
    pub(super) entries: Vec<Entry<'t>>,
    /// Comments after the last entry.
    pub(super) below: Vec<Comment<'t>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Sequence,
    Mapping,
}
