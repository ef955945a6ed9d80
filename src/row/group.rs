//! Dead letters by what they have in common.

use std::collections::BTreeMap;

use evt_runtime::outbox::operator::Entry;
use evt_runtime::types::{Timestamp, Uuid};

use super::json::instant;
use super::table::{error, fitted, second};
use crate::listing::json_line::JsonLine;

/// What rows of a group share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// The last error, with its numbers left out.
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
            Grouping::Error => without_numbers(&error(entry)),
            Grouping::Event => entry.event_name.clone(),
        };
        let at = entry.dead_at.unwrap_or(entry.created_at);
        let new = || Group { name: name.clone(), count: 0, first: at, last: at, example: entry.id };
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

/// `error` with `#` for each number and each longer word of hexadecimal digits, behind its code.
fn without_numbers(error: &str) -> String {
    let (code, text) = error.split_once(": ").unwrap_or((error, ""));
    let mut out = String::from(code);
    if !text.is_empty() {
        out.push_str(": ");
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(rest.chars().next().map_or(0, char::len_utf8)));
        let has_digit = word.chars().any(|c| c.is_ascii_digit());
        let is_number = word.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
        out.push_str(if has_digit && is_number { "#" } else { word });
        rest = after;
    }
    out
}

const HEADINGS: [&str; 5] = ["COUNT", "WHAT", "FIRST", "LAST", "FOR EXAMPLE"];
const GIVE_WAY: [&str; 3] = ["FIRST", "LAST", "WHAT"];

/// Groups as a table that fits into `width` columns; empty without groups.
#[must_use]
pub fn group_table(groups: &[Group], width: usize) -> String {
    let cells = |group: &Group| {
        vec![
            group.count.to_string(),
            group.name.clone(),
            second(group.first),
            second(group.last),
            group.example.to_string(),
        ]
    };
    fitted(&HEADINGS, groups.iter().map(cells), width, &GIVE_WAY)
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

#[cfg(test)]
mod tests {
    use super::without_numbers;

    #[test]
    fn errors_that_differ_in_numbers_are_one() {
        let said = "413: message 018f-22ab of 1048577 bytes exceeds the limit, café 9";
        assert_eq!(without_numbers(said), "413: message # of # bytes exceeds the limit, café #");
        assert_eq!(without_numbers("503"), "503");
        assert_eq!(without_numbers(""), "");
    }
}
