//! What is printed at a terminal; `script` makes one.

use std::process::Command;

use crate::newcomer::{evt, newcomer};
use crate::project::{Project, RunCommand};

/// What the lines of a shell print at a terminal of some columns; `None` where no terminal can be made.
#[expect(clippy::print_stderr, reason = "who runs the tests sees what was skipped")]
fn at_a_terminal(project: &Project, columns: usize, line: &str) -> Option<String> {
    let is_there =
        Command::new("script").arg("--version").output().is_ok_and(|output| output.status.success());
    if !is_there {
        assert!(std::env::var_os("EVT_FORBID_SKIPS").is_none(), "`script` is missing");
        eprintln!("skipped: there is no `script` to make a terminal with");
        return None;
    }
    let program = env!("CARGO_BIN_EXE_evt");
    let inside = format!("stty rows 24 cols {columns}; '{program}' {line}");
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", &inside, "/dev/null"]).current_dir(project.path(""));
    command.env_remove("NO_COLOR").env("TERM", "xterm-256color").stdin(std::process::Stdio::null());
    let run = command.run();
    Some(run.stdout.replace('\r', ""))
}

fn widest(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[test]
fn a_list_fits_a_terminal() {
    let project = newcomer();
    let name = "an_event_with_quite_a_long_name_that_nobody_would_want_to_type_happened";
    evt(&project, &format!("new event {name} --domain a_domain_with_a_long_name")).exits(0);
    evt(&project, "dump").exits(0);
    for columns in [60, 80, 120] {
        let Some(shown) = at_a_terminal(&project, columns, "list --retired") else { return };
        assert!(shown.starts_with("EVENT"), "{shown}");
        assert!(widest(&shown) <= columns, "{columns} columns:\n{shown}");
    }
    let plain = evt(&project, "list").exits(0).stdout;
    assert!(plain.contains("something_happened"), "{plain}");
}

#[test]
fn a_narrow_terminal_shows_the_whole_name_of_an_event() {
    let project = newcomer();
    for event in ["order_placed_by_a_returning_customer_happened", "order_sold"] {
        evt(&project, &format!("new event {event} --domain a_domain_with_a_long_name")).exits(0);
    }
    evt(&project, "dump").exits(0);
    let Some(shown) = at_a_terminal(&project, 60, "list") else { return };
    assert!(shown.contains("order_placed_by_a_returning_customer_happened  1"), "{shown}");
}

#[test]
fn what_is_no_terminal_is_cut_nowhere() {
    let project = newcomer();
    let event = "order_placed_by_a_returning_customer_who_has_a_long_name_happened";
    let domain = "a_domain_with_quite_a_long_name_that_goes_on_and_on_and_on";
    evt(&project, &format!("new event {event} --domain {domain}")).exits(0);
    evt(&project, "dump").exits(0);
    evt(&project, "list").exits(0).prints(event).prints(domain);
}

#[test]
fn the_rules_fit_a_terminal() {
    let project = Project::empty();
    for columns in [60, 80, 140] {
        let Some(shown) = at_a_terminal(&project, columns, "rules --quiet") else { return };
        assert!(widest(&shown) <= columns, "{columns} columns:\n{shown}");
    }
}

#[test]
fn findings_fit_a_terminal() {
    let project = newcomer().file("events/bad.yaml", "event_name: CowFed\nevent_type: domain\n");
    let Some(shown) = at_a_terminal(&project, 80, "verify --color never") else { return };
    assert!(shown.contains("invalid-name"), "{shown}");
    let findings = shown.lines().filter(|line| !line.starts_with("there is no base"));
    assert!(widest(&findings.collect::<Vec<_>>().join("\n")) <= 80, "{shown}");
}

#[test]
fn a_terminal_shows_colours_unless_it_is_told_not_to() {
    let project = Project::farm();
    let colored = |line: &str| at_a_terminal(&project, 80, line).map(|shown| shown.contains("\u{1b}["));
    let Some(auto) = colored("verify") else { return };
    assert!(auto);
    assert_eq!(colored("verify --color never"), Some(false));
    assert_eq!(colored("verify --format json"), Some(false));
}
