//! The JSON Schemas with a project's names, as `evt schema --project` prints them for editors.

use jsonschema::Validator;
use serde_json::Value;

use crate::newcomer::{evt, newcomer};
use crate::project::Project;
use crate::schemas::{assert_valid, documents, dumped, files_below, read, toml_value, validator};

/// A schema with the names of a project.
fn schema(project: &Project, name: &str) -> Value {
    let schema = evt(project, &format!("schema {name} --project")).exits(0).json();
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
    schema
}

fn definition_validator(project: &Project) -> Validator {
    validator(&schema(project, "definition"))
}

/// Whether every document of a text is what a schema describes.
fn takes(validator: &Validator, text: &str) -> bool {
    documents(text).expect(text).iter().all(|document| validator.is_valid(document))
}

#[test]
fn every_definition_of_a_project_is_what_its_own_schema_describes() {
    for name in ["farm", "shop"] {
        dumped(name, |project| {
            let validator = definition_validator(project);
            for path in files_below(&project.path("events"), &[".yaml", ".yml"]) {
                let place = path.display().to_string();
                for document in documents(&read(&path)).expect(&place) {
                    assert_valid(&validator, &document, &place);
                }
            }
        });
    }
}

#[test]
fn a_name_that_the_project_does_not_have_is_refused() {
    let project =
        Project::farm().file("events/types.yaml", "types: { Sku: { type: string, max_length: 8 } }\n");
    evt(&project, "dump").exits(0);
    let validator = definition_validator(&project);
    let event = |keys: &str| format!("event_name: cow_milked\nevent_type: domain\n{keys}\n");
    for (right, wrong) in [
        ("subject: cow", "subject: cwo"),
        ("renamed_from: cow_fed", "renamed_from: cow_fedd"),
        ("payload: { sku: { type: Sku, from: cow.sku } }", "payload: { sku: { type: Sku2, from: cow.sku } }"),
        (
            "payload: { skus: { type: list<Sku>, from: a } }",
            "payload: { skus: { type: list<Sku2>, from: a } }",
        ),
        (
            "allow: [{ rule: pii-unclassified, reason: none is }]",
            "allow: [{ rule: pii-unclassifid, reason: none is }]",
        ),
        (
            "accepts: [{ rule: field-removed-from-sealed, path: a, reason: b }]",
            "accepts: [{ rule: pii-unclassified, path: a, reason: b }]",
        ),
    ] {
        assert!(takes(&validator, &event(right)), "{right}");
        assert!(!takes(&validator, &event(wrong)), "{wrong}");
    }
    assert!(takes(&validator, "removed: { cow_fed: { reason: Cows graze. } }\n"));
    assert!(!takes(&validator, "removed: { cow_feed: { reason: Cows graze. } }\n"));
}

#[test]
fn a_new_name_is_taken_where_new_ones_are_right() {
    let validator = definition_validator(&Project::farm());
    let text = "event_name: cow_milked\nevent_type: news\ndomain: dairy\nsubject: cow\nowner: team-milk\n\
                inputs: { cow: required }\npayload: { milk: { type: float, unit: litre, from: cow.milk } }\n\
                aggregate: { type: Udder, id: cow.id }\n";
    assert!(takes(&validator, text));
    assert!(takes(&validator, "subjects: { udder: { owner: team-milk } }\ntypes: { Litre: float }\n"));
}

#[test]
fn an_editor_is_offered_the_names_of_the_project() {
    let schema = schema(&Project::farm(), "definition");
    assert_eq!(schema["$defs"]["subject_name"]["enum"], serde_json::json!(["cow"]));
    let offered = |key: &str| schema["properties"][key]["anyOf"][0]["enum"].to_string();
    assert_eq!(offered("domain"), r#"["farm"]"#);
    assert_eq!(offered("owner"), r#"["team-barn"]"#);
}

#[test]
fn evt_toml_is_completed_with_every_rule_and_domain() {
    let project = Project::farm();
    let validator = validator(&schema(&project, "config"));
    let takes = |text: &str| validator.is_valid(&toml_value(text).expect(text));
    assert!(takes(&project.read("evt.toml")));
    assert!(takes("[rules]\ntimestamp-name = \"warn\"\n"));
    assert!(!takes("[rules]\ntimestamp-nam = \"warn\"\n"));
    assert!(!takes("[rules]\nyaml-syntax = \"warn\"\n"));
    assert!(takes("[compat]\ndomain = { farm = \"none\", dairy = \"full\" }\n"));
}

#[test]
fn names_of_a_project_with_mistakes_are_filled_in_as_far_as_they_can_be_read() {
    let project = Project::farm().file("events/broken.yaml", "event_name: [\n");
    let run = evt(&project, "schema definition --project").exits(0).tells("names may be missing");
    assert_eq!(run.json()["$defs"]["subject_name"]["enum"], serde_json::json!(["cow"]));
}

#[test]
fn a_format_without_names_of_a_project_says_so() {
    for name in ["schema-file", "report", "outbox"] {
        evt(&newcomer(), &format!("schema {name} --project")).exits(2).tells("`definition` and `config`");
    }
    evt(&Project::empty(), "schema definition --project").exits(3).tells("evt init");
}
