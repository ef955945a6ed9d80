//! What a new user has after `evt init`, `evt dump` and one commit.

use crate::project::{Project, Run};

/// That project.
pub(crate) fn newcomer() -> Project {
    let project = Project::empty();
    project.git(&["init", "--quiet", "--initial-branch=main", "."]);
    project.evt_ok(&["init"]);
    project.evt_ok(&["dump"]);
    project.commit("start");
    project
}

/// The arguments in a line, as a shell that knows single quotes alone would split it.
pub(crate) fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    let words = parts.flat_map(|(index, part)| {
        let (bare, quoted) = if index % 2 == 0 { (part, None) } else { ("", Some(part)) };
        bare.split_whitespace().chain(quoted)
    });
    words.collect()
}

/// Runs the program with the arguments in a line.
pub(crate) fn evt(project: &Project, line: &str) -> Run {
    project.evt(&words(line))
}
