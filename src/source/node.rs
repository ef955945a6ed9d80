use std::borrow::Cow;

use super::{Span, Spanned};

/// One value of a document, with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// The bytes that it was written in.
    pub span: Span,
    /// What was written.
    pub value: Value<'t>,
}

/// What a [`Node`] holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Text, a number, a truth value or nothing: which, its reader decides.
    Scalar(Scalar<'t>),
    /// A list.
    Sequence(Vec<Node<'t>>),
    /// Keys and values in the order in which they were written, no key twice.
    Mapping(Vec<Entry<'t>>),
}

/// One key of a mapping with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key's text.
    pub key: Spanned<Cow<'t, str>>,
    /// Its value.
    pub value: Node<'t>,
}

/// A scalar as it was written, escapes and folding resolved.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar<'t> {
    /// Its text.
    pub text: Cow<'t, str>,
    /// Whether it can be anything but text.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Bare: it may mean a number, a truth value or nothing.
    Plain,
    /// In quotes or as a block: always text.
    Quoted,
}

impl<'t> Node<'t> {
    /// What kind of thing this is, for sentences such as "expected text, found a mapping".
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Scalar(scalar) if scalar.is_absent() => "nothing",
            Value::Scalar(_) => "a scalar",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
        }
    }

    /// The scalar that this is, if it is one.
    #[must_use]
    pub fn scalar(&self) -> Option<&Scalar<'t>> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// The entries of the mapping that this is, if it is one.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry<'t>]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            Value::Scalar(_) | Value::Sequence(_) => None,
        }
    }

    /// The value of `key`, if this is a mapping that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries()?.iter().find(|entry| entry.key.value == key).map(|entry| &entry.value)
    }

    /// The same tree, free of the text that it was read from.
    #[must_use]
    pub fn to_owned_node(&self) -> Node<'static> {
        let value = match &self.value {
            Value::Scalar(scalar) => {
                Value::Scalar(Scalar { text: Cow::Owned(scalar.text.to_string()), style: scalar.style })
            }
            Value::Sequence(items) => Value::Sequence(items.iter().map(Node::to_owned_node).collect()),
            Value::Mapping(entries) => Value::Mapping(entries.iter().map(Entry::to_owned_entry).collect()),
        };
        Node { span: self.span, value }
    }

    /// How many nodes this is, itself and all that it holds.
    #[must_use]
    pub fn size(&self) -> usize {
        1 + match &self.value {
            Value::Scalar(_) => 0,
            Value::Sequence(items) => items.iter().map(Node::size).sum::<usize>(),
            Value::Mapping(entries) => entries.iter().map(|entry| 1 + entry.value.size()).sum(),
        }
    }
}

impl Entry<'_> {
    fn to_owned_entry(&self) -> Entry<'static> {
        let key = Spanned::new(Cow::Owned(self.key.value.to_string()), self.key.span);
        Entry { key, value: self.value.to_owned_node() }
    }
}

impl Scalar<'_> {
    /// Whether nothing at all was written, as in `key:`.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.style == Style::Plain && self.text.is_empty()
    }
}
