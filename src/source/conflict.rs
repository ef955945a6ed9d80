use std::sync::Arc;

use super::{SourceFile, Span};
use crate::finding::Finding;
use crate::rule;

/// The conflicts that a merge left in a file of definitions, each at its first marker.
pub(super) fn conflicts(file: &Arc<SourceFile>) -> Vec<Finding> {
    let mut start = 0;
    let lines = file.text.split_inclusive('\n').map(|line| {
        start += line.len();
        (start - line.len(), line)
    });
    let markers = lines.filter(|(_, line)| line.starts_with("<<<<<<< "));
    markers
        .map(|(at, line)| {
            Finding::new(&rule::DEFINITION_CONFLICT, "a merge left conflict markers here")
                .at(file, Span::new(at, at + line.trim_end().len()))
                .label("one side starts here")
                .help(
                    "write what both sides mean, delete the lines that begin with `<<<<<<<`, `=======` and \
                     `>>>>>>>`, then run `evt dump` and `git add` the files",
                )
        })
        .collect()
}
