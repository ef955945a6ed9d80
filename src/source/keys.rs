use std::collections::HashSet;

use super::{Entry, Span};

/// The keys of one mapping that were seen; a set once there are many, so that 100,000 keys stay linear.
#[derive(Default)]
pub(super) struct Keys(HashSet<String>);

impl Keys {
    const MANY: usize = 32;

    /// Where a key stood first, if it did.
    pub(super) fn first(&mut self, entries: &[Entry<'_>], key: &str) -> Option<Span> {
        if entries.len() >= Self::MANY {
            if self.0.is_empty() {
                self.0.extend(entries.iter().map(|entry| entry.key.value.to_string()));
            }
            if self.0.insert(key.to_string()) {
                return None;
            }
        }
        entries.iter().find(|entry| entry.key.value == key).map(|entry| entry.key.span)
    }
}
