//! What is measured: the groups, their cases and their targets, as a table.

use crate::arguments::Arguments;
use crate::bound::Bound::{MillisecondsOver, PeakMebibytes, Times};
use crate::group::{Case, Group};
use crate::invocation::Invocation;
use crate::project::{Huge, Project, Projects};

/// The most resident memory, in MiB, that a command may take at 10,000 events.
const MEMORY: f64 = 200.0;

/// Every group of this run, the small ones first.
pub(crate) fn groups(projects: &Projects, arguments: &Arguments) -> Vec<Group> {
    let runs = arguments.runs;
    let mut groups = vec![
        start(&projects.tiny, runs * 10),
        hundred(&projects.tiny, runs * 5),
        thousand(&projects.small, runs * 3),
        ten_thousand(projects, runs),
    ];
    if let Huge::Laid(huge) = &projects.huge {
        groups.push(growth(&projects.large, huge, runs.div_ceil(3)));
    }
    groups
}

fn start(project: &Project, rounds: usize) -> Group {
    let cases = vec![
        Case::new("empty process", Invocation::empty()),
        Case::new("evt --version", project.evt(&["--version"])).bound(MillisecondsOver(2.0, "empty process")),
    ];
    Group { title: "starting", rounds, cases }
}

fn hundred(project: &Project, rounds: usize) -> Group {
    let cases = vec![
        Case::new("floor 100", project.floor()),
        Case::new("verify 100", project.evt(&["verify"])).bound(Times(8.0, "floor 100")),
        Case::new("dump 100", project.evt(&["dump"])),
    ];
    Group { title: "100 events", rounds, cases }
}

fn thousand(project: &Project, rounds: usize) -> Group {
    let cases = vec![
        Case::new("floor 1,000", project.floor()),
        Case::new("verify 1,000", project.evt(&["verify"])).bound(Times(5.0, "floor 1,000")),
        Case::new("dump 1,000", project.evt(&["dump"])).bound(Times(5.0, "floor 1,000")),
    ];
    Group { title: "1,000 events", rounds, cases }
}

fn ten_thousand(projects: &Projects, rounds: usize) -> Group {
    let (large, changed) = (&projects.large, &projects.changed);
    let cases = vec![
        Case::new("floor 10,000", large.floor()),
        Case::new("verify 10,000", large.evt(&["verify"]))
            .bound(Times(5.0, "floor 10,000"))
            .bound(PeakMebibytes(MEMORY)),
        Case::new("verify 10,000, with a base", large.evt(&["verify", "--against", "HEAD"]))
            .bound(PeakMebibytes(MEMORY)),
        Case::new("dump 10,000", large.evt(&["dump"]))
            .bound(Times(5.0, "floor 10,000"))
            .bound(PeakMebibytes(MEMORY)),
        Case::new("dump 10,000, 5 % changed", changed.evt(&["dump"]))
            .restoring(changed.restore_from(large))
            .bound(Times(6.0, "floor 10,000"))
            .bound(PeakMebibytes(MEMORY)),
    ];
    Group { title: "10,000 events", rounds, cases }
}

fn growth(large: &Project, huge: &Project, rounds: usize) -> Group {
    let cases = vec![
        Case::new("floor 100,000", huge.floor()),
        Case::new("verify 10,000", large.evt(&["verify"])),
        Case::new("verify 100,000", huge.evt(&["verify"])).bound(Times(11.0, "verify 10,000")),
        Case::new("dump 10,000", large.evt(&["dump"])),
        Case::new("dump 100,000", huge.evt(&["dump"])).bound(Times(11.0, "dump 10,000")),
    ];
    Group { title: "from 10,000 to 100,000 events", rounds, cases }
}
