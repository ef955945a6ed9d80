use std::sync::Arc;

use crate::finding::Finding;
use crate::rule;
use crate::source::{SourceFile, Span};

/// The conflict that a merge left in a schema file.
pub(super) fn conflict(file: &Arc<SourceFile>) -> Option<Finding> {
    let at = conflict_marker(&file.text)?;
    let finding =
        Finding::new(&rule::SCHEMA_FILE_CONFLICT, "the schema file holds conflict markers of a merge")
            .at(file, Span::new(at, at + 7))
            .label("a conflict starts here");
    let path = &file.path;
    Some(finding.help(format!(
        "1. `evt init`, once in each clone: sets up the merge driver\n\
         2. `git checkout --merge -- {path}`: merges it with the driver\n\
         3. `evt dump`, once the definitions are merged too\n\
         4. `git add {path}`"
    )))
}

/// Whether a text holds the conflict markers of a merge.
#[must_use]
pub fn has_conflict_markers(text: &str) -> bool {
    conflict_marker(text).is_some()
}

fn conflict_marker(text: &str) -> Option<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>") {
            return Some(at);
        }
        at += line.len();
    }
    None
}
