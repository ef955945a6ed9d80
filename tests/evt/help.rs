//! What `--help` says of every command, and what it says is tried.

use evt_runtime::outbox::operator::{Outbox, Settled};

use crate::database::wait;
use crate::newcomer::{evt, newcomer, words};
use crate::project::{Project, Run};
use crate::stored::store_one;

/// What a command can do; a new verb is added here.
const VERBS: [&str; 19] = [
    "Check", "Compile", "Count", "Create", "Explain", "Format", "Give", "Go", "List", "Merge", "Print",
    "Prove", "Publish", "Remove", "Send", "Set", "Show", "Stop", "Write",
];

/// Every command and subcommand, the program itself first: `new event`.
fn commands() -> Vec<String> {
    let mut found = vec![String::new()];
    let mut index = 0;
    while let Some(command) = found.get(index).cloned() {
        found.extend(subcommands(&command));
        index += 1;
    }
    assert!(found.len() > 15, "{found:?}");
    found
}

fn subcommands(command: &str) -> Vec<String> {
    let help = help(command);
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let names = list
        .lines()
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .filter_map(|line| line.split_whitespace().next());
    names.map(|name| format!("{command} {name}").trim().to_owned()).collect()
}

fn help(command: &str) -> String {
    let Run { code, stdout, stderr } = evt(&Project::empty(), &format!("{command} --help"));
    assert_eq!((code, stderr.as_str()), (0, ""), "evt {command} --help");
    stdout
}

fn examples(command: &str) -> Vec<String> {
    let help = help(command);
    let last = help.trim_end().rsplit("\n\n").next().expect("a text has a last paragraph");
    let mut lines = last.lines();
    let heading = lines.next().expect("a paragraph has a line");
    assert!(["Example:", "Examples:"].contains(&heading), "`evt {command} --help` ends with:\n{last}");
    let examples: Vec<String> = lines.map(|line| line.trim().to_owned()).collect();
    assert!(!examples.is_empty(), "`evt {command} --help` shows no example");
    examples
}

/// Makes the row that is stored such a dead letter as the examples look for.
fn die(project: &Project) {
    let url = format!("sqlite:{}", project.path("evt.db").display());
    let text = |text: &str| text.to_owned();
    let dead = Settled::Dead { reason: text("max_attempts"), code: text("503"), text: text("closed") };
    wait(async {
        let outbox = Outbox::open(&url, "evt_outbox").expect("the project has an outbox");
        let id = outbox.id_at(1).await.expect("a row is stored");
        outbox.settle(id, &dead).await.expect("the row can be settled");
    });
}

#[test]
fn every_help_starts_with_a_verb() {
    for command in commands() {
        let help = help(&command);
        let verb = help.split_whitespace().next().expect("a help has words");
        assert!(VERBS.contains(&verb), "`evt {command} --help` starts with `{verb}`");
    }
}

#[test]
fn every_example_of_a_help_works_in_a_new_project() {
    for command in commands() {
        for example in examples(&command) {
            let arguments = example.strip_prefix("evt ").expect("an example runs evt");
            let project = newcomer();
            if arguments.starts_with("import") {
                project.write(
                    "db/event_schema.json",
                    include_str!("../../fixtures/event_engine/event_schema.json"),
                );
            }
            if arguments.starts_with("outbox") || arguments.starts_with("dead-letters") {
                assert_eq!(evt(&project, "outbox migrate").code, 0);
                store_one(&project);
            }
            if arguments.starts_with("dead-letters") {
                die(&project);
            }
            let run = evt(&project, arguments);
            assert_eq!(run.code, 0, "{example}\n{}{}", run.stdout, run.stderr);
            assert!(example.starts_with(format!("evt {command}").trim()), "{example} shows no `{command}`");
        }
    }
}

#[test]
fn every_argument_and_option_is_described() {
    for command in commands() {
        let help = help(&command);
        let lines: Vec<&str> = help.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let is_entry =
                (1..10).contains(&indent) && ["-", "<", "["].iter().any(|c| line.trim().starts_with(c));
            if is_entry {
                let below = lines.get(number + 1).copied().unwrap_or_default();
                assert!(below.starts_with("          "), "`evt {command} --help` says nothing of {line}");
            }
        }
    }
}

#[test]
fn every_value_name_of_a_usage_has_an_entry() {
    for command in commands() {
        let help = help(&command);
        let usage = help.lines().find(|line| line.starts_with("Usage: ")).expect("a help has a usage");
        let values = words(usage).into_iter().filter(|word| word.starts_with(['<', '[']));
        for value in values.filter(|value| !["[OPTIONS]", "<COMMAND>"].contains(value)) {
            assert!(help.contains(&format!("\n  {value}\n")), "`evt {command} --help` has no entry {value}");
        }
    }
}

#[test]
fn a_help_fits_a_hundred_columns() {
    for command in commands() {
        for line in help(&command).lines() {
            assert!(line.chars().count() <= 100, "evt {command} --help: {line}");
        }
    }
}

#[test]
fn the_version_is_told() {
    let version = format!("evt {}\n", env!("CARGO_PKG_VERSION"));
    for flag in ["--version", "-V"] {
        assert_eq!(evt(&Project::empty(), flag).exits(0).stdout, version);
    }
}

#[test]
fn an_unknown_command_is_wrong_usage_with_a_suggestion() {
    let nowhere = Project::empty();
    evt(&nowhere, "verfy").exits(2).tells("'verfy'").tells("'verify'");
    evt(&nowhere, "new evnt").exits(2).tells("'event'");
    evt(&nowhere, "").exits(2).tells("Usage: evt");
}

#[test]
fn an_unknown_option_is_wrong_usage_for_every_command() {
    for command in commands() {
        evt(&Project::empty(), &format!("{command} --colour")).exits(2).tells("--colour");
    }
    evt(&Project::empty(), "dump --dryrun").exits(2).tells("'--dry-run'");
}

#[test]
fn a_missing_or_unknown_value_is_wrong_usage() {
    let nowhere = Project::empty();
    evt(&nowhere, "explain").exits(2).tells("<RULE>");
    evt(&nowhere, "schema definitions").exits(2).tells("'definition'");
    evt(&nowhere, "completions bsh").exits(2).tells("'bash'");
    evt(&nowhere, "list --format yaml").exits(2).tells("text, json");
    evt(&nowhere, "list --quiet --verbose").exits(2).tells("cannot be used with");
    evt(&nowhere, "dump --dry-run --watch").exits(2).tells("cannot be used with");
}

#[test]
fn options_stand_under_the_heading_that_they_belong_to() {
    let help = help("dead-letters retry");
    let of = |heading: &str| -> String {
        let behind = help.split(&format!("\n{heading}:\n")).nth(1).expect(heading);
        behind.lines().take_while(|line| line.is_empty() || line.starts_with(' ')).collect()
    };
    for option in ["--payload", "--upcast", "--allow-reorder", "--limit", "--dry-run", "--yes"] {
        assert!(of("Options").contains(option), "{option}: {help}");
    }
    assert!(of("Database").contains("--table") && of("Filters").contains("--since"));
}

#[test]
fn a_row_is_named_by_its_place() {
    for command in ["outbox list", "dead-letters list"] {
        let help = help(command);
        assert!(help.contains("--after <PLACE>") && !help.contains("--after <ID>"), "{help}");
    }
}
