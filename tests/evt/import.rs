//! `evt import event-engine`.

use std::path::Path;
use std::process::Command;

use crate::project::{Project, RunCommand as _};

const FILE: &str = include_str!("../../fixtures/event_engine/event_schema.json");
const ODD: &str = include_str!("../../fixtures/event_engine/odd.json");
const IMPORT: [&str; 3] = ["import", "event-engine", "db/event_schema.json"];

/// An empty project beside a file of the gem.
fn project(text: &str) -> Project {
    Project::empty().file("evt.toml", "").file("db/event_schema.json", text)
}

fn dry_run() -> Vec<&'static str> {
    [&IMPORT[..], &["--dry-run"]].concat()
}

#[test]
fn what_is_imported_is_what_a_dump_would_write() {
    let farm = project(FILE);
    farm.evt_ok(&IMPORT)
        .prints("imported 6 events with 8 versions")
        .tells("wrote 7 definition files in events, and schemas/events.json");
    let written = farm.read("schemas/events.json");
    farm.evt_ok(&["verify"]);
    farm.evt_ok(&["fmt", "--check"]);
    farm.evt_ok(&["dump"]).tells("schemas/events.json is up to date");
    assert_eq!(farm.read("schemas/events.json"), written);
    let given: Vec<serde_json::Value> = serde_json::from_str(FILE).expect("the fixture is JSON");
    for entry in &given {
        let event = entry["event_name"].as_str().expect("an event has a name");
        let versions = farm.versions(event);
        let version = versions.iter().find(|version| version["event_version"] == entry["event_version"]);
        assert_eq!(version.expect("every version is kept")["fingerprint"], entry["fingerprint"]);
    }
    assert_eq!(farm.read("events/subjects.yaml"), "subjects:\n  cow: {}\n  export_csv: {}\n");
}

#[test]
fn the_recipe_of_the_page_ends_green() {
    let page = include_str!("../../docs/import.md");
    let recipe = page.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a recipe");
    let steps: Vec<&str> = recipe.lines().filter(|line| !line.starts_with("bin/rails")).collect();
    let farm = Project::empty().file("db/event_schema.json", FILE).git_init();
    let program = Path::new(env!("CARGO_BIN_EXE_evt")).parent().expect("a program has a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", &steps.join("\n")]).current_dir(farm.path("")).env("PATH", path);
    for (name, value) in farm.command(&[]).get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.run().exits(0).prints("imported 6 events with 8 versions").tells("is what the definitions say");
    assert_eq!(farm.git(&["status", "--porcelain"]), "");
    assert_eq!(farm.git(&["log", "-1", "--format=%s"]), "Take over the events\n");
    farm.evt_ok(&["lint"]);
}

#[test]
fn a_new_version_follows_the_last_one_of_the_gem() {
    let farm = project(FILE).git_init();
    farm.evt_ok(&IMPORT).tells("commit them before the next `evt dump`");
    farm.commit("imported");
    farm.edit("events/cow_fed.yaml", "    from: cow.weight\n", "    type: float\n    from: cow.weight\n");
    farm.evt_ok(&["dump"]).prints("cow_fed@4");
}

#[test]
fn what_no_definition_can_say_is_named_and_kept() {
    for farm in [project(ODD), project(ODD).git_init()] {
        let run = farm.evt_ok(&IMPORT);
        let run = run
            .prints("import-not-defined")
            .prints("`cow.fed` got no definition")
            .prints("(invalid-name)")
            .prints("`cow_bred` got no definition")
            .prints("(reserved-name)")
            .prints("`cow_lost` got no definition")
            .prints("`cow_moved` got no definition")
            .prints("db/event_schema.json:24:19");
        assert!(!farm.exists("events/cow.fed.yaml") && !farm.exists("events/cow_bred.yaml"));
        assert_eq!(farm.versions("cow.fed").len(), 2);
        assert_eq!(farm.versions("cow_bred")[0]["retired"], true);
        // What is not committed and not defined would count as a draft that is given up.
        if farm.exists(".git") {
            run.tells("a draft without a definition is forgotten");
            farm.commit("imported");
        }
        farm.evt_ok(&["verify"]);
        farm.evt_ok(&["dump"]).tells("is up to date");
        farm.evt_ok(&["show", "cow.fed"]);
    }
    let strict = project(ODD).file("evt.toml", "[rules]\nimport-not-defined = \"error\"\n");
    strict.evt(&IMPORT).exits(1).tells("nothing was written");
    assert!(!strict.exists("schemas/events.json") && !strict.exists("events"));
}

#[test]
fn rust_is_generated_too() {
    for text in [FILE, ODD] {
        let farm = project(text).file("evt.toml", "[generate.rust]\npath = \"src/events.rs\"\n");
        farm.evt_ok(&IMPORT).tells("wrote src/events.rs");
        farm.evt_ok(&["verify"]);
    }
}

#[test]
fn a_dry_run_writes_nothing() {
    let farm = project(FILE);
    farm.evt_ok(&dry_run())
        .prints("would import 6 events with 8 versions")
        .tells("would write 7 definition files");
    assert!(!farm.exists("schemas") && !farm.exists("events"));
}

#[test]
fn other_events_stay_as_they_are() {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    // A change that was not dumped is not dumped by an import either.
    farm.edit("events/cow_fed.yaml", "type: float", "type: int");
    let before = farm.versions("cow_fed");
    let mut entries: Vec<serde_json::Value> = serde_json::from_str(FILE).expect("the fixture is JSON");
    entries.retain(|entry| entry["event_name"] != "cow_fed");
    farm.write("db/event_schema.json", serde_json::to_string(&entries).expect("it was JSON"));
    farm.evt_ok(&IMPORT);
    assert_eq!(farm.versions("cow_fed"), before);
    assert_eq!(farm.versions("cow_sold").len(), 1);
    // What is registered already is not registered again.
    assert_eq!(farm.read("events/event_engine_subjects.yaml"), "subjects:\n  export_csv: {}\n");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify"]);
}

#[test]
fn nothing_that_exists_is_overwritten() {
    let farm = project(FILE);
    farm.evt_ok(&IMPORT);
    let before = farm.read("schemas/events.json");
    let run = farm.evt(&IMPORT).exits(1).prints("the schema file holds an event `cow_fed` already");
    run.prints("import-conflict").prints("db/event_schema.json:53:19").tells("nothing was written");
    assert_eq!(farm.read("schemas/events.json"), before);

    let defined = project(FILE).file("events/all.yaml", "event_name: cow_sold\nevent_type: domain\n");
    let run = defined.evt(&IMPORT).exits(1);
    run.prints("an event `cow_sold` is defined already").prints("events/all.yaml");
    let taken = project(FILE).file("events/cow_sold.yaml", "subjects: { sheep: {} }\n");
    taken.evt(&IMPORT).exits(1).prints("`events/cow_sold.yaml` exists already");
    for farm in [defined, taken] {
        assert!(!farm.exists("schemas") && !farm.exists("events/cow_fed.yaml"));
    }
}

#[test]
fn an_import_that_was_killed_is_finished_by_the_next() {
    let whole = project(FILE);
    whole.evt_ok(&IMPORT);
    let farm = project(FILE);
    for path in ["events/cow_fed.yaml", "events/subjects.yaml"] {
        farm.write(path, whole.read(path));
    }
    farm.evt_ok(&IMPORT);
    assert_eq!(farm.read("schemas/events.json"), whole.read("schemas/events.json"));
    farm.evt_ok(&["verify"]);
}

#[test]
fn what_cannot_be_written_whole_is_not_written() {
    // The schema file is written beside its place, where something is in the way.
    let farm = project(FILE).file("schemas/.events.json.evt-tmp/in_the_way", "");
    farm.evt(&IMPORT).exits(4);
    assert!(!farm.exists("events/cow_fed.yaml") && !farm.exists("events/subjects.yaml"));
}

#[test]
fn a_file_that_is_none_of_the_gem_is_refused() {
    let cases: [(&str, &[u8], &str); 8] = [
        ("not JSON", b"[{", "the file is not JSON: it ends too early"),
        ("no UTF-8", b"[\"\xff\"]", "is not UTF-8"),
        ("UTF-16", b"\xff\xfe[\0", "UTF-16"),
        ("Ruby", b"EventEngine::EventSchema.define do", "the file is Ruby, not JSON"),
        ("a schema file of evt", b"{\"evt\": 1, \"events\": []}", "a schema file of evt"),
        ("YAML", b"event_name: cow_fed\n", "the file is no list of events"),
        ("no event", b"[]\n", "the file holds no event"),
        ("an entry", b"[{\"event_name\": \"cow_fed\"}]", "has no `event_version`"),
    ];
    for (case, text, told) in cases {
        let farm = project("").file("db/event_schema.json", text);
        let run = farm.evt(&IMPORT);
        let all = format!("{}{}", run.stdout, run.stderr);
        assert_eq!(run.code, 1, "{case}: {all}");
        assert!(all.contains(told) && all.contains("import-syntax"), "{case}: {all}");
        assert!(all.contains("db/event_schema.json:1:"), "{case}: {all}");
        assert!(!farm.exists("schemas"), "{case}");
    }
}

#[test]
fn where_it_goes_must_be_known() {
    let farm = project(FILE);
    farm.evt(&["import", "event-engine", "nothing.json"]).exits(1).tells("there is no `nothing.json`");
    farm.evt(&["import", "event-engine", "db"]).exits(4).tells("db");
    farm.evt(&["import", "event-engine"]).exits(2);
    farm.evt(&["import", "something"]).exits(2);
    farm.write("evt.toml", "[definitions]\npaths = []\n");
    farm.evt(&IMPORT).exits(2).tells("this project has a schema file only");
    let nowhere = Project::empty().file("db/event_schema.json", FILE);
    nowhere.evt(&IMPORT).exits(3);
    let broken = project(FILE).file("events/bad.yaml", "event_name: [\n");
    broken.evt(&IMPORT).exits(1).prints("yaml-syntax").tells("nothing was written");
    assert!(!broken.exists("events/cow_fed.yaml"));
    let unsound = project(FILE).file("schemas/events.json", "{");
    unsound.evt(&IMPORT).exits(3);
}

#[test]
fn the_report_is_one_document() {
    let farm = project(ODD);
    let run = farm.evt(&[&IMPORT[..], &["--format", "json"]].concat()).exits(0);
    let report = run.json();
    assert_eq!((&report["command"], &report["status"]), (&"import event-engine".into(), &"ok".into()));
    assert!(run.rules().iter().all(|rule| rule == "import-not-defined"), "{report}");
}
