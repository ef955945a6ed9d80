//! Text of definitions, which neither a terminal nor a CI that reads the log obeys.

use crate::project::{Project, Run, RunCommand as _};

const HOSTILE: &str = "::error::a\\n::error::b\\u001b[2J\\u009b\\u202e\\n\\n::stop-commands::c";

/// A farm whose event has such a description.
fn farm() -> Project {
    let farm = Project::farm();
    farm.edit("events/cow_fed.yaml", "description: A cow was fed.", &format!("description: \"{HOSTILE}\""));
    farm
}

/// Asserts that nothing of it is a command. A runner of GitHub Actions looks for its commands behind blanks too.
fn is_inert(run: &Run) {
    let text = format!("{}{}", run.stdout, run.stderr);
    let steers = |c: char| c != '\n' && (c.is_control() || c == '\u{202e}');
    assert!(!text.contains(steers), "{text:?}");
    let mut mark = None;
    for line in text.lines() {
        let line = line.trim_start();
        match mark {
            Some(end) if line == end => mark = None,
            Some(_) => {}
            None => match line.strip_prefix("::stop-commands::evt-") {
                Some(rest) => mark = Some(format!("::evt-{rest}::")),
                None => assert!(!line.starts_with("::"), "{line}\n{text}"),
            },
        }
    }
}

#[test]
fn text_of_definitions_is_told_and_never_obeyed() {
    let farm = farm();
    is_inert(&farm.evt(&["dump", "--dry-run"]).exits(0));
    is_inert(&farm.evt(&["diff"]).exits(0));
    farm.evt_ok(&["dump"]);
    farm.edit("events/cow_fed.yaml", "::error::b", "::error::d");
    farm.edit("events/cow_fed.yaml", "unit: kg", &format!("unit: \"kg{HOSTILE}\""));
    let commands: [&[&str]; 8] = [
        &["dump", "--dry-run"],
        &["diff"],
        &["diff", "--color", "never"],
        &["diff", "cow_fed"],
        &["dump"],
        &["show", "cow_fed"],
        &["log", "cow_fed"],
        &["list"],
    ];
    for arguments in commands {
        for runner in ["GITHUB_ACTIONS", "GITLAB_CI"] {
            is_inert(&farm.command(arguments).env(runner, "true").run().exits(0));
        }
    }
    let shown = "description     ::error::a\\n::error::d\\u{1b}[2J\\u{9b}\\u{202e}\\n\\n::stop";
    farm.evt(&["show", "cow_fed"]).prints(shown);
    is_inert(&farm.evt(&["catalog"]).exits(0));
}

#[test]
fn a_change_of_it_is_one_line() {
    let farm = farm();
    farm.evt_ok(&["dump"]);
    let farm = farm.git_init();
    farm.edit("events/cow_fed.yaml", "::error::b", "::error::d");
    let line = "    ~ description: ::error::a\\n::error::b\\u{1b}[2J\\u{9b}\\u{202e}\\n\\n::stop-commands::c \
                → ::error::a\\n::error::d";
    farm.evt(&["diff"]).exits(0).prints(line);
    farm.evt(&["dump", "--dry-run"]).exits(0).prints(line);
    farm.evt_ok(&["dump"]).prints(line);
    farm.evt(&["diff", "ref:HEAD"]).exits(0).prints(line);
    // Programs get it as it is.
    let rows = farm.evt(&["diff", "ref:HEAD", "--format", "json"]).exits(0).json();
    assert!(
        rows["changes"][0].as_str().is_some_and(|text| text.contains("a\n::error::d\u{1b}[2J")),
        "{rows}"
    );
}
