//! The JSON Schemas of evt's own formats, against what evt reads and writes.

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::newcomer::{evt, newcomer};
use crate::project::Project;

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(root().join("schemas").join(name)).expect("the schema is committed");
    serde_json::from_str(&text).expect("a schema is JSON")
}

pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).expect("it is a JSON Schema")
}

/// The validator of a definition inside of the schema of reports.
fn row_validator(name: &str) -> Validator {
    validator(&json!({ "$defs": schema("report.json")["$defs"], "$ref": format!("#/$defs/{name}") }))
}

pub(crate) fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}:\n{}\n{value:#}", errors.join("\n"));
}

/// The documents of a YAML file that hold anything.
pub(crate) fn documents(text: &str) -> Result<Vec<Value>, String> {
    let documents = serde_yaml::Deserializer::from_str(text)
        .map(|document| Value::deserialize(document).map_err(|error| error.to_string()));
    documents.filter(|document| document.as_ref().map_or(true, |value| !value.is_null())).collect()
}

pub(crate) fn toml_value(text: &str) -> Result<Value, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// Every file below a folder of fixtures whose name ends so.
fn fixtures(folder: &str, ends: &[&str]) -> Vec<PathBuf> {
    files_below(&root().join("fixtures").join(folder), ends)
}

pub(crate) fn files_below(folder: &Path, ends: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

const ALL: [&str; 6] = [
    "definition.json",
    "evt-toml.json",
    "schema-file.json",
    "report.json",
    "outbox.json",
    "cloudevents.json",
];

#[test]
fn every_schema_is_a_json_schema_of_2020_12() {
    for name in ALL {
        let schema = schema(name);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        validator(&schema);
    }
}

/// Schemas that only test a value, and describe nothing.
const TESTS: [&str; 7] = ["if", "then", "else", "not", "allOf", "anyOf", "oneOf"];

#[test]
fn every_key_of_a_schema_is_described() {
    for name in ALL {
        let schema = schema(name);
        assert_described(&schema, &schema, name);
    }
}

/// Every property says what it is, itself or by what it refers to.
fn assert_described(root: &Value, value: &Value, place: &str) {
    let target = |property: &Value| {
        property["$ref"].as_str().and_then(|target| root.pointer(target.trim_start_matches('#')))
    };
    let Some(entries) = value.as_object() else { return };
    for (key, property) in value["properties"].as_object().into_iter().flatten() {
        let described = |it: Option<&Value>| it.is_some_and(|it| it.get("description").is_some());
        let is_told = described(Some(property)) || described(target(property));
        assert!(is_told || property.is_boolean(), "{place}: {key} is not described");
    }
    for (key, inner) in entries.iter().filter(|(key, _)| !TESTS.contains(&key.as_str())) {
        assert_described(root, inner, &format!("{place}/{key}"));
    }
}

#[test]
fn every_definition_of_the_fixtures_is_what_the_schema_describes() {
    let validator = validator(&schema("definition.json"));
    let files = fixtures("projects", &[".yaml", ".yml"]);
    assert!(files.len() > 50, "{files:?}");
    for path in files {
        let place = path.display().to_string();
        for document in documents(&read(&path)).unwrap_or_else(|error| panic!("{place}: {error}")) {
            assert_valid(&validator, &document, &place);
        }
    }
}

#[test]
fn every_evt_toml_of_the_fixtures_is_what_the_schema_describes() {
    let validator = validator(&schema("evt-toml.json"));
    let files = fixtures("", &["evt.toml"]);
    let wanted: Vec<&PathBuf> =
        files.iter().filter(|path| !path.to_string_lossy().contains("mistakes")).collect();
    assert!(wanted.len() > 2);
    for path in wanted {
        let value = toml_value(&read(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_valid(&validator, &value, &path.display().to_string());
    }
}

#[test]
fn what_init_and_new_write_is_what_the_schemas_describe() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    let definition = validator(&schema("definition.json"));
    for file in ["events/subjects.yaml", "events/something_happened.yaml", "events/order_placed.yaml"] {
        for document in documents(&project.read(file)).expect(file) {
            assert_valid(&definition, &document, file);
        }
    }
    let config = toml_value(&project.read("evt.toml")).expect("it is TOML");
    assert_valid(&validator(&schema("evt-toml.json")), &config, "evt.toml");
    assert_valid(&validator(&schema("schema-file.json")), &project.schema(), "schemas/events.json");
}

/// A rule with its examples.
struct Examples {
    id: String,
    category: String,
    bad: String,
    good: String,
}

fn examples() -> Vec<Examples> {
    let nowhere = Project::empty();
    let rules = evt(&nowhere, "rules --format json").exits(0).stdout;
    let rules = rules.lines().map(|line| -> Value { serde_json::from_str(line).expect(line) });
    let text = |value: &Value| value.as_str().expect("it is text").to_owned();
    rules
        .map(|rule| {
            let id = text(&rule["id"]);
            let page = evt(&nowhere, &format!("explain {id} --format json")).exits(0).json();
            Examples {
                id,
                category: text(&page["category"]),
                bad: text(&page["bad"]),
                good: text(&page["good"]),
            }
        })
        .collect()
}

/// The rules about one document that JSON Schema can tell; the others compare documents, or look into text.
const EXPRESSIBLE: [&str; 17] = [
    "yaml-feature",
    "definition-kind",
    "unknown-key",
    "missing-key",
    "wrong-kind",
    "unknown-value",
    "conflicting-keys",
    "invalid-name",
    "reserved-name",
    "sourced-without-version",
    "ordering-without-key",
    "type-syntax",
    "constraint-kind",
    "constraint-value",
    "nullable-json",
    "enum-empty",
    "enum-duplicate",
];

#[test]
fn the_schema_of_definitions_takes_every_good_example_and_refuses_what_it_can_tell() {
    let validator = validator(&schema("definition.json"));
    let mut refused = Vec::new();
    for Examples { id, category, bad, good } in examples() {
        if !["source", "definition", "type"].contains(&category.as_str()) || bad.trim_start().starts_with('$')
        {
            continue;
        }
        let (Ok(bad), Ok(good)) = (documents(&bad), documents(&good)) else { continue };
        for document in &good {
            if good.iter().all(Value::is_object) {
                assert_valid(&validator, document, &format!("the good example of {id}"));
            }
        }
        if bad.iter().any(|document| !validator.is_valid(document)) {
            refused.push(id);
        }
    }
    assert_eq!(refused, EXPRESSIBLE);
}

/// Whether a definition file of a case holds a document that the schema refuses; a file that is no YAML counts.
fn is_refused(case: &Path, validator: &Validator) -> bool {
    let files = files_below(&case.join("events"), &[".yaml", ".yml"]);
    files.iter().any(|path| {
        let Ok(text) = std::fs::read_to_string(path) else { return true };
        documents(&text)
            .map_or(true, |documents| documents.iter().any(|document| !validator.is_valid(document)))
    })
}

/// The longest id of a rule that the name of a case starts with.
fn rule_of<'r>(case: &str, rules: &'r [Examples]) -> Option<&'r Examples> {
    let named = rules.iter().filter(|rule| case.starts_with(rule.id.as_str()));
    named.max_by_key(|rule| rule.id.len())
}

#[test]
fn the_schema_of_definitions_refuses_every_mistake_that_it_can_tell() {
    let (validator, rules) = (validator(&schema("definition.json")), examples());
    let mut accepted = Vec::new();
    for entry in std::fs::read_dir(root().join("fixtures/mistakes")).expect("the mistakes are committed") {
        let case = entry.expect("an entry can be read").path();
        let name = case.file_name().expect("a case has a name").to_string_lossy().into_owned();
        let Some(rule) = rule_of(&name, &rules) else { continue };
        if EXPRESSIBLE.contains(&rule.id.as_str()) && !is_refused(&case, &validator) {
            accepted.push(name);
        }
    }
    accepted.sort();
    assert_eq!(accepted, BEYOND_JSON_SCHEMA);
}

/// Mistakes of such rules that the schema takes: they are about the digits of a number, or the parts of a path.
const BEYOND_JSON_SCHEMA: [&str; 3] =
    ["constraint-value-fraction", "constraint-value-too-long-a-decimal", "invalid-name-rust-path"];

#[test]
fn a_setting_of_another_form_is_refused() {
    let validator = validator(&schema("evt-toml.json"));
    let wrong = [
        "version = 2",
        "shema = 1",
        "[schema]\npth = \"a.json\"",
        "[definitions]\npaths = \"events\"",
        "[compat]\nmode = \"half\"",
        "[rules]\nunknown-key = \"fatal\"",
        "[outbox]\nretention = \"a month\"",
        "[outbox]\nmax_payload = \"much\"",
        "[relay]\nlisten = \"9464\"",
        "[relay]\nlisten = \"barn:9464\"",
    ];
    for text in wrong {
        let value = toml_value(text).expect(text);
        assert!(!validator.is_valid(&value), "{text}");
        let project = Project::farm().file("evt.toml", text);
        evt(&project, "lint").exits(3);
    }
}

/// A project of the fixtures, dumped generation by generation.
pub(crate) fn dumped(name: &str, each: impl Fn(&Project)) {
    let folder = root().join("fixtures/projects").join(name);
    let project = Project::empty().file("evt.toml", read(&folder.join("evt.toml"))).git_init();
    for generation in 1.. {
        let events = folder.join("generations").join(generation.to_string()).join("events");
        if !events.exists() {
            assert!(generation > 1, "{name} has a generation");
            return;
        }
        let _ = std::fs::remove_dir_all(project.path("events"));
        for path in fixtures(&format!("projects/{name}/generations/{generation}"), &[".yaml", ".yml"]) {
            let inside = path.strip_prefix(&events).expect("it is below").to_string_lossy().into_owned();
            project.write(&format!("events/{inside}"), read(&path));
        }
        each(&project);
        evt(&project, "dump -q").exits(0);
        each(&project);
        project.commit("a generation");
    }
}

#[test]
fn every_dumped_schema_file_is_what_the_schema_describes() {
    let validator = validator(&schema("schema-file.json"));
    for name in ["farm", "shop"] {
        dumped(name, |project| {
            if project.exists("schemas/events.json") {
                assert_valid(&validator, &project.schema(), name);
            }
        });
    }
}

#[test]
fn rows_and_reports_of_the_fixtures_are_what_the_schema_describes() {
    let report = validator(&schema("report.json"));
    let steps = row_validator("step_row");
    for name in ["farm", "shop"] {
        dumped(name, |project| {
            assert_rows(project, "diff", &steps);
            for line in ["verify", "lint", "fmt --check", "dump --dry-run"] {
                let run = evt(project, &format!("{line} --format json"));
                assert_valid(&report, &run.json(), line);
            }
            if project.exists("schemas/events.json") {
                assert_rows(project, "list --retired", &row_validator("list_row"));
            }
        });
    }
}

/// Asserts that every line of a result is such a row, and counts them.
fn assert_rows(project: &Project, line: &str, validator: &Validator) -> usize {
    let run = evt(project, &format!("{line} --format json")).exits(0);
    for row in run.stdout.lines() {
        assert_valid(validator, &serde_json::from_str(row).expect(row), line);
    }
    run.stdout.lines().count()
}

#[test]
fn rows_of_every_kind_are_what_the_schema_describes() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    let steps = row_validator("step_row");
    assert_eq!(assert_rows(&project, "diff", &steps), 1);
    evt(&project, "dump").exits(0);
    project.commit("order");
    project.edit("events/order_placed.yaml", "max_length: 100", "max_length: 200");
    assert_eq!(assert_rows(&project, "diff", &steps), 1);
    evt(&project, "dump").exits(0);
    project.remove("events/something_happened.yaml");
    assert_eq!(assert_rows(&project, "diff", &steps), 1);
    let (list, log) = (row_validator("list_row"), row_validator("log_row"));
    assert_eq!(assert_rows(&project, "list", &list), 2);
    assert_eq!(assert_rows(&project, "log order_placed", &log), 2);
    assert!(assert_rows(&project, "rules", &row_validator("rule_row")) > 50);
    let versions = row_validator("diff_row");
    assert_eq!(assert_rows(&project, "diff order_placed@1 order_placed@2", &versions), 1);
    assert_eq!(assert_rows(&project, "diff ref:HEAD", &versions), 1);
    assert_eq!(assert_rows(&project, "diff ref:HEAD~1 ref:HEAD", &versions), 1);
    assert_eq!(assert_rows(&project, "diff ref:HEAD ref:HEAD~1", &versions), 1);
    let written = row_validator("written_row");
    assert_eq!(assert_rows(&project, "export avro order_placed --directory out", &written), 2);
}

#[test]
fn reports_of_findings_and_failures_are_what_the_schema_describes() {
    let report = validator(&schema("report.json"));
    let assert_reports = |project: &Project, lines: &[&str]| {
        for line in lines {
            let run = evt(project, &format!("{line} --format json"));
            assert_valid(&report, &run.json(), line);
            assert!(!run.rules().is_empty(), "{line}");
        }
    };
    let broken = newcomer()
        .file("events/broken.yaml", "event_name: [\n")
        .file("events/twice.yaml", "event_name: something_happened\nevent_type: domain\n")
        .file("events/loose.yaml", "subjects:   { Cow: {} }\n");
    assert_reports(&broken, &["verify", "dump", "lint", "fmt --check", "fmt", "diff"]);
    let drifted = Project::farm();
    assert_reports(&drifted, &["verify", "list", "diff cow_fed", "catalog", "show a", "log a"]);
    evt(&drifted, "dump").exits(0);
    drifted.edit("events/cow_fed.yaml", "type: float", "type: int");
    assert_reports(&drifted, &["verify", "show a", "explain a", "man a", "fmt a", "new event cow_fed"]);
    assert_reports(&drifted, &["verify --against HEAD", "diff ref:HEAD", "diff cow_fed ref:HEAD"]);
    let lost = newcomer();
    lost.write("schemas/events.json", "{}");
    assert_reports(&lost, &["verify --against HEAD", "dump", "merge-driver a b c d"]);
    assert_reports(
        &Project::farm().file("evt.toml", "shema = 1"),
        &["verify", "dump", "lint", "fmt", "list"],
    );
}
