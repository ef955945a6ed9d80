//! Nodes on one line.

use super::tree::{Collection, Content, Entry, Kind, Node, Properties};
use granit_parser::StructureStyle;

/// The widest line that a collection in brackets may make, in characters.
pub(super) const WIDTH: usize = 120;
/// The bytes of the longest character in UTF-8.
const LONGEST_CHARACTER: usize = 4;

impl Node<'_> {
    /// The node and its properties on one line; `None` if it needs several. Comments around it are left out.
    pub(super) fn inline(&self) -> Option<String> {
        let content = match &self.content {
            Content::Empty => String::new(),
            Content::Alias(name) => (*name).to_owned(),
            Content::Scalar(scalar) => scalar.is_one_line().then(|| scalar.raw.to_owned())?,
            Content::Block(_) => return None,
            Content::Collection(collection) => collection.inline()?,
        };
        Some(self.properties.before(&content))
    }

    /// The colon behind a key.
    pub(super) fn colon(&self) -> &'static str {
        match self.content {
            // Without the blank it would be part of the alias's name.
            Content::Alias(_) => " :",
            Content::Empty | Content::Scalar(_) | Content::Block(_) | Content::Collection(_) => ":",
        }
    }
}

impl Properties<'_> {
    /// `&anchor !tag content`, less what there is not.
    pub(super) fn before(self, content: &str) -> String {
        let content = Some(content).filter(|content| !content.is_empty());
        let parts: Vec<&str> = [self.anchor, self.tag, content].into_iter().flatten().collect();
        parts.join(" ")
    }
}

impl Collection<'_> {
    fn inline(&self) -> Option<String> {
        if self.style == StructureStyle::Block || self.commented && !self.entries.is_empty() {
            return None;
        }
        let mut entries = String::new();
        for entry in &self.entries {
            let separator = if entries.is_empty() { "" } else { ", " };
            entries.push_str(separator);
            entries.push_str(&entry.inline()?);
            // Nobody will want it; a file of nothing but brackets must not be written once for each of them.
            if entries.len() > LONGEST_CHARACTER * WIDTH {
                return None;
            }
        }
        Some(match self.kind {
            Kind::Sequence => format!("[{entries}]"),
            Kind::Mapping if entries.is_empty() => "{}".to_owned(),
            Kind::Mapping => format!("{{ {entries} }}"),
        })
    }
}

impl Entry<'_> {
    fn inline(&self) -> Option<String> {
        let value = self.value.inline()?;
        let Some(key) = &self.key else { return Some(value) };
        let name = key.inline()?;
        Some(if value.is_empty() { name } else { format!("{name}{} {value}", key.colon()) })
    }
}
