//! Dead letters by what they have in common.

use std::collections::BTreeMap;

use evt_runtime::outbox::operator::Entry;
use evt_runtime::types::{Timestamp, Uuid};

use super::cause::cause;
use super::json::instant;
use super::table::{Form, Shape, fitted, said, when};
use crate::listing::json_line::JsonLine;

/// What rows of a group share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The last error: its code, and its text without what differs from one row to the next.
    Error,
    /// The event.
    Event,
}

/// Rows that share something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they share.
    pub name: String,
    /// How many they are.
    pub count: u64,
    /// When the first of them died.
    pub first: Timestamp,
    /// When the last of them died.
    pub last: Timestamp,
    /// One of them.
    pub example: Uuid,
    /// That one's place in the outbox.
    pub place: i64,
}

/// Groups as rows come in, none of which is kept.
#[derive(Clone, Debug)]
pub struct Groups {
    by: Grouping,
    groups: BTreeMap<String, Group>,
}

impl Groups {
    /// No groups yet.
    #[must_use]
    pub fn new(by: Grouping) -> Self {
        Self { by, groups: BTreeMap::new() }
    }

    /// Counts a row.
    pub fn add(&mut self, entry: &Entry) {
        let name = match self.by {
            Grouping::Error => shared_error(entry),
            Grouping::Event => entry.event_name.clone(),
        };
        let at = entry.dead_at.unwrap_or(entry.created_at);
        let new = || {
            let (example, place) = (entry.id, entry.seq);
            Group { name: name.clone(), count: 0, first: at, last: at, example, place }
        };
        let group = self.groups.entry(name.clone()).or_insert_with(new);
        group.count += 1;
        group.first = group.first.min(at);
        group.last = group.last.max(at);
    }

    /// The groups, the largest first.
    #[must_use]
    pub fn sorted(self) -> Vec<Group> {
        let mut groups: Vec<_> = self.groups.into_values().collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        groups
    }
}

/// The code as it is, and what errors of one cause share.
fn shared_error(entry: &Entry) -> String {
    let text = entry.error_text.as_deref().map(cause);
    said(entry.error_code.as_deref(), text.as_deref())
}

const SHAPE: Shape = Shape {
    headings: &["COUNT", "WHAT", "FIRST", "LAST", "FOR EXAMPLE"],
    cuts: &[("WHAT", 30)],
    leave_out: &["FIRST", "LAST", "FOR EXAMPLE"],
};

/// Groups as a table that fits into `width` columns; empty without groups. The example is told by its place.
#[must_use]
pub fn group_table(groups: &[Group], width: usize) -> String {
    fitted(&SHAPE, groups, cells, width)
}

fn cells(group: &Group, form: Form) -> Vec<String> {
    vec![
        group.count.to_string(),
        group.name.clone(),
        when(group.first, form),
        when(group.last, form),
        group.place.to_string(),
    ]
}

/// A group as one line of JSON.
#[must_use]
pub fn group_json(group: &Group) -> String {
    JsonLine::new()
        .json("count", &group.count.to_string())
        .text("what", &group.name)
        .text("first_at", &instant(group.first))
        .text("last_at", &instant(group.last))
        .text("example", &group.example.to_string())
        .finish()
}
