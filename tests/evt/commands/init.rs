//! `evt init`.

use crate::newcomer::{evt, newcomer};
use crate::project::Project;

const FILES: [&str; 5] = [
    "evt.toml",
    "events/subjects.yaml",
    "events/something_happened.yaml",
    "schemas/definition.json",
    "schemas/evt-toml.json",
];

const ATTRIBUTES: &str = "schemas/events.json text eol=lf merge=evt linguist-generated\n";

fn repository() -> Project {
    let project = Project::empty();
    project.git(&["init", "--quiet", "."]);
    project
}

#[test]
fn what_init_writes_dumps_verifies_lints_and_is_formatted() {
    let project = newcomer();
    evt(&project, "verify").exits(0);
    let lint = evt(&project, "lint --format json").exits(0);
    assert!(lint.rules().is_empty(), "{}", lint.stdout);
    evt(&project, "fmt --check").exits(0);
    evt(&project, "verify --against HEAD").exits(0);
}

#[test]
fn init_tells_every_file_that_it_writes() {
    let run = evt(&repository(), "init").exits(0);
    for file in FILES.iter().chain(&[".gitattributes"]) {
        assert!(run.stdout.contains(&format!("wrote {file}\n")), "{file}:\n{}", run.stdout);
    }
}

#[test]
fn a_second_init_changes_nothing() {
    let project = newcomer();
    let before: Vec<String> =
        FILES.iter().chain(&[".gitattributes"]).map(|file| project.read(file)).collect();
    let run = evt(&project, "init").exits(0).prints("kept evt.toml").prints("kept .gitattributes");
    assert!(!run.stdout.contains("wrote"), "{}", run.stdout);
    let after: Vec<String> = FILES.iter().chain(&[".gitattributes"]).map(|file| project.read(file)).collect();
    assert_eq!(before, after);
    assert_eq!(project.git(&["status", "--porcelain"]), "");
}

#[test]
fn init_overwrites_nothing_that_is_there() {
    let project = repository();
    for file in FILES {
        project.write(file, "# mine\n");
    }
    evt(&project, "init").exits(0).prints("kept evt.toml").prints("kept schemas/definition.json");
    for file in FILES {
        assert_eq!(project.read(file), "# mine\n", "{file}");
    }
}

#[test]
fn init_adds_no_example_to_definitions_that_exist() {
    let project = repository().file("events/cow_fed.yaml", "event_name: cow_fed\nevent_type: domain\n");
    evt(&project, "init").exits(0);
    assert!(!project.exists("events/something_happened.yaml"));
    assert!(!project.exists("events/subjects.yaml"));
    evt(&project, "dump").exits(0).prints("+ cow_fed@1");
}

#[test]
fn outside_of_a_repository_git_is_left_out() {
    let project = Project::empty();
    evt(&project, "init").exits(0).tells("no git repository");
    assert!(!project.exists(".gitattributes"));
    evt(&project, "dump").exits(0);
    evt(&project, "verify").exits(0);
}

#[test]
fn no_git_leaves_git_alone() {
    let project = repository();
    evt(&project, "init --no-git").exits(0);
    assert!(!project.exists(".gitattributes"));
    assert_ne!(project.try_git(&["config", "merge.evt.driver"]).code, 0);
}

#[test]
fn git_is_told_to_merge_with_evt() {
    let project = newcomer();
    assert_eq!(project.read(".gitattributes"), ATTRIBUTES);
    assert_eq!(project.git(&["config", "merge.evt.driver"]), "evt merge-driver %O %A %B %P\n");
    let attribute = project.git(&["check-attr", "merge", "schemas/events.json"]);
    assert_eq!(attribute, "schemas/events.json: merge: evt\n");
}

#[test]
fn attributes_are_appended_once() {
    let project = repository().file(".gitattributes", "*.png binary");
    evt(&project, "init").exits(0);
    evt(&project, "init").exits(0);
    assert_eq!(project.read(".gitattributes"), format!("*.png binary\n{ATTRIBUTES}"));
}

#[test]
fn a_project_may_be_a_folder_of_a_repository() {
    let project = repository();
    evt(&project, "-C services/farm init").exits(0);
    assert!(project.exists("services/farm/evt.toml"));
    let attribute = project.git(&["check-attr", "merge", "services/farm/schemas/events.json"]);
    assert!(attribute.ends_with("merge: evt\n"), "{attribute}");
    evt(&project, "-C services/farm dump").exits(0);
    assert!(project.exists("services/farm/schemas/events.json"));
}

#[test]
fn attributes_name_the_schema_file_of_an_evt_toml_that_exists() {
    let project = repository().file("evt.toml", "[schema]\npath = \"contracts/events.json\"\n");
    evt(&project, "init").exits(0);
    let attribute = project.git(&["check-attr", "merge", "contracts/events.json"]);
    assert_eq!(attribute, "contracts/events.json: merge: evt\n");
}
