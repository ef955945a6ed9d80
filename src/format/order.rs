//! The order of the keys at the top of a document; below the top the author's order stands.

use super::comment::Comment;
use super::tree::{Collection, Content, Document, Entry, Kind, Node, Stream};

/// The keys of events and registers, in the order in which people look for them. Others follow, as written.
const ORDER: [&str; 26] = [
    "event_name",
    "lifecycle",
    "event_type",
    "process_type",
    "event_level",
    "domain",
    "subject",
    "description",
    "owner",
    "deprecated",
    "renamed_from",
    "rust_name",
    "inputs",
    "payload",
    "on",
    "aggregate",
    "partition_key",
    "ordering",
    "on_dead_letter",
    "unknown_fields",
    "compat",
    "allow",
    "accepts",
    "types",
    "subjects",
    "removed",
];

/// What marks a comment that editors read: it concerns the whole file.
const MODELINE: &str = "yaml-language-server:";

/// Puts the top-level keys of every document in order, and the comments above a key with it.
pub(super) fn order_keys(stream: &mut Stream<'_>) {
    for document in &mut stream.documents {
        // An alias must follow its anchor.
        if !document.root.value.has_anchor() {
            order_document(document);
        }
    }
}

fn order_document(document: &mut Document<'_>) {
    let Content::Collection(Collection { kind: Kind::Mapping, entries, .. }) =
        &mut document.root.value.content
    else {
        return;
    };
    if entries.is_sorted_by_key(rank) {
        return;
    }
    let about_first_key = header_length(&entries[0]);
    document.header = entries[0].above.drain(..about_first_key).collect();
    let gap = document.header.is_empty() || *blank_before(&mut entries[0]);
    *blank_before(&mut entries[0]) = false;
    entries.sort_by_key(rank);
    *blank_before(&mut entries[0]) = gap;
}

fn rank(entry: &Entry<'_>) -> usize {
    match entry.key.as_ref().map(|key| &key.content) {
        Some(Content::Scalar(key)) => rank_of(&key.value),
        _ => ORDER.len(),
    }
}

/// The place of a key in the order; the same for all that follow as written.
pub(super) fn rank_of(key: &str) -> usize {
    ORDER.iter().position(|known| *known == key).unwrap_or(ORDER.len())
}

/// How many of the comments above the first key are about the document: those above a blank line, and modelines.
fn header_length(first: &Entry<'_>) -> usize {
    let followed_by_gap =
        |at: usize| first.above.get(at + 1).map_or(first.blank_before, |next| next.blank_before);
    let is_header = |&at: &usize| followed_by_gap(at) || first.above[at].text.contains(MODELINE);
    (0..first.above.len()).rev().find(is_header).map_or(0, |last| last + 1)
}

/// Whether a blank line stands above an entry and its comments.
fn blank_before<'e>(entry: &'e mut Entry<'_>) -> &'e mut bool {
    match entry.above.first_mut() {
        Some(Comment { blank_before, .. }) => blank_before,
        None => &mut entry.blank_before,
    }
}

impl Node<'_> {
    fn has_anchor(&self) -> bool {
        self.properties.anchor.is_some()
            || match &self.content {
                Content::Collection(Collection { entries, .. }) => entries.iter().any(|entry| {
                    entry.value.has_anchor() || entry.key.as_ref().is_some_and(Node::has_anchor)
                }),
                Content::Empty | Content::Alias(_) | Content::Scalar(_) | Content::Block(_) => false,
            }
    }
}
