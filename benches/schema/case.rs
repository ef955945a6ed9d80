//! What is measured: the groups, their cases and their targets, as a table.

use crate::arguments::Arguments;
use crate::bound::Bound::{MillisecondsOver, PeakMebibytes, Times};
use crate::group::{Case, Group};
use crate::invocation::Invocation;
use crate::project::{Huge, Project, Projects};

/// The most resident memory, in MiB, that a command may take at 10,000 events.
const MEMORY: f64 = 200.0;

/// The same for the comparison with 25,000 versions.
const HISTORY_MEMORY: f64 = 400.0;

const PRINTERS: [(&str, &str); 7] = [
    ("lint, text", "text"),
    ("lint, json", "json"),
    ("lint, github", "github"),
    ("lint, gitlab", "gitlab"),
    ("lint, junit", "junit"),
    ("lint, sarif", "sarif"),
    ("lint, markdown", "markdown"),
];

const EXPORTS: [(&str, &[&str]); 6] = [
    ("catalog", &["catalog"]),
    ("catalog --html", &["catalog", "--html"]),
    ("export json-schema", &["export", "json-schema"]),
    ("export asyncapi", &["export", "asyncapi"]),
    ("export avro", &["export", "avro"]),
    ("export cloudevents", &["export", "cloudevents"]),
];

/// Every group of this run, the small ones first.
pub(crate) fn groups(projects: &Projects, arguments: &Arguments) -> Vec<Group> {
    let runs = arguments.runs;
    let mut groups = vec![
        start(&projects.tiny, runs * 10),
        hundred(&projects.tiny, runs * 5),
        thousand(&projects.small, runs * 3),
        ten_thousand(projects, runs),
        compatibility(&projects.outgrown, runs),
        printers(&projects.told, &projects.silent, runs),
        exports(&projects.large, runs.div_ceil(3)),
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

fn compatibility(project: &Project, rounds: usize) -> Group {
    let compat = |mode| project.evt(&["compat", "--against", "HEAD", "--mode", mode]);
    let cases = vec![
        Case::new("floor 10,000", project.floor()),
        Case::new("compat, full", compat("full"))
            .bound(Times(7.0, "floor 10,000"))
            .bound(PeakMebibytes(HISTORY_MEMORY)),
        Case::new("compat, full_transitive", compat("full_transitive"))
            .bound(Times(9.0, "floor 10,000"))
            .bound(PeakMebibytes(HISTORY_MEMORY)),
    ];
    Group { title: "10,000 events, 25,000 versions, 5 % changed", rounds, cases }
}

/// Every printer; the text beside them is the one that shows source.
fn printers(told: &Project, silent: &Project, rounds: usize) -> Group {
    let mut cases = vec![Case::new("lint, no findings", silent.evt(&["lint"]))];
    for (name, format) in PRINTERS {
        let case = Case::new(name, told.evt(&["lint", "--format", format]));
        cases.push(case.bound(MillisecondsOver(200.0, "lint, no findings")));
    }
    Group { title: "900 events, 10,400 findings", rounds, cases }
}

fn exports(project: &Project, rounds: usize) -> Group {
    let mut cases = vec![Case::new("floor 10,000", project.floor())];
    let export = |(name, arguments): &(&'static str, &[&str])| Case::new(name, project.evt(arguments));
    cases.extend(EXPORTS.iter().map(export));
    Group { title: "10,000 events, for other tools", rounds, cases }
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
