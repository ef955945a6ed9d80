//! What evt tells of itself: `rules`, `explain`, `schema`, `completions` and `man`.

use std::collections::BTreeSet;

use crate::newcomer::evt;
use crate::project::Project;

fn rules() -> Vec<serde_json::Value> {
    let run = evt(&Project::empty(), "rules --format json").exits(0);
    run.stdout.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

fn ids() -> Vec<String> {
    rules().iter().map(|rule| rule["id"].as_str().expect("a rule has an id").to_owned()).collect()
}

#[test]
fn the_table_of_rules_holds_every_rule() {
    let table = evt(&Project::empty(), "rules").exits(0).stdout;
    let first: BTreeSet<&str> = table.lines().filter_map(|line| line.split_whitespace().next()).collect();
    for id in ids() {
        assert!(first.contains(id.as_str()), "{id}");
    }
}

#[test]
fn every_rule_is_explained() {
    let nowhere = Project::empty();
    for id in ids() {
        let page = evt(&nowhere, &format!("explain {id}")).exits(0).stdout;
        assert!(page.starts_with(&id), "{page}");
        let (bad, good) = (page.find("\nBad:\n"), page.find("\nGood:\n"));
        assert!(bad.is_some() && bad < good, "{page}");
    }
}

#[test]
fn a_rule_that_can_be_set_says_how() {
    let nowhere = Project::empty();
    for rule in rules() {
        let id = rule["id"].as_str().expect("a rule has an id");
        let page = evt(&nowhere, &format!("explain {id}")).exits(0).stdout;
        assert_eq!(page.contains("set it in evt.toml"), rule["adjustable"] == true, "{page}");
    }
}

#[test]
fn an_unknown_rule_is_not_there() {
    evt(&Project::empty(), "explain unknwn-key").exits(1).tells("did you mean `unknown-key`?");
    evt(&Project::empty(), "explain nothing-like-it").exits(1).tells("`evt rules` lists them");
}

#[test]
fn the_schemas_are_those_of_the_source() {
    let files = [
        ("definition", include_str!("../../../schemas/definition.json")),
        ("config", include_str!("../../../schemas/evt-toml.json")),
        ("schema-file", include_str!("../../../schemas/schema-file.json")),
        ("report", include_str!("../../../schemas/report.json")),
    ];
    for (name, text) in files {
        assert_eq!(evt(&Project::empty(), &format!("schema {name}")).exits(0).stdout, text, "{name}");
    }
}

#[test]
fn every_shell_gets_a_completion_script_that_knows_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = evt(&Project::empty(), &format!("completions {shell}")).exits(0).stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

const COMMANDS: [&str; 19] = [
    "init",
    "new",
    "dump",
    "verify",
    "diff",
    "list",
    "show",
    "log",
    "lint",
    "fmt",
    "catalog",
    "rules",
    "explain",
    "schema",
    "merge-driver",
    "outbox",
    "dead-letters",
    "completions",
    "man",
];

/// The text of a manual page without the marks of its language.
fn page(command: &str) -> String {
    evt(&Project::empty(), &format!("man {command}"))
        .exits(0)
        .stdout
        .replace("\\-", "-")
        .replace("\\*(Aq", "'")
}

#[test]
fn every_command_has_a_manual_page() {
    for command in COMMANDS {
        let page = page(command);
        assert!(page.contains(".TH"), "{page}");
        assert!(page.contains(&format!("\nevt-{command} - ")), "{page}");
        assert!(page.contains(&format!("\\fBevt {command}\\fR")), "{page}");
    }
}

#[test]
fn the_manual_page_of_evt_names_every_command() {
    let page = page("");
    for command in COMMANDS {
        assert!(page.contains(&format!("evt-{command}(1)")), "{command}:\n{page}");
    }
}

#[test]
fn a_manual_page_names_no_page_that_there_is_not() {
    for command in [""].iter().chain(&COMMANDS) {
        for name in page(command).lines().filter_map(|line| line.strip_suffix("(1)")) {
            let words = name.replacen("evt-", "", 1);
            assert!(page(&words).contains(&format!("evt-{words} - ")), "`evt man {command}` names {name}");
        }
    }
    assert!(page("new-event").contains("\\fBevt new event\\fR"));
}

#[test]
fn a_manual_page_tells_of_the_options_of_every_command() {
    assert!(page("dump").contains("--config"));
    assert!(page("").contains("--config"));
}

#[test]
fn an_unknown_command_has_no_manual_page() {
    evt(&Project::empty(), "man dmp").exits(1).tells("did you mean `dump`?");
}
