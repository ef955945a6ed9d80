use std::collections::BTreeSet;

use jsonschema::Validator;
use serde_json::Value;

use super::{grown, holding, with_fields};
use crate::generations::assert_fresh;
use crate::newcomer::evt;
use crate::project::Project;
use crate::server::skip;

/// The ways to publish that make different documents.
const LINES: [&str; 8] = [
    "export asyncapi",
    "export asyncapi --all",
    "export asyncapi --to kafka://broker.farm",
    "export asyncapi --to amqps://u:secret@broker.farm",
    "export asyncapi --to https://hooks.farm/secret",
    "export asyncapi --to stdout:",
    "export asyncapi --structured --topic all",
    "export asyncapi --topic {aggregate_type}/{domain}/{event_version} --title Farm --api-version 2.0.0",
];

/// The JSON Schema that the makers of `AsyncAPI` publish: `schemas/3.0.0.json` of their package for npm.
fn official() -> Option<Validator> {
    let Ok(path) = std::env::var("EVT_TEST_ASYNCAPI") else {
        skip("EVT_TEST_ASYNCAPI names no JSON Schema of AsyncAPI 3.0.0 (of the npm package @asyncapi/specs)");
        return None;
    };
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let schema: Value = serde_json::from_str(&text).expect("it is JSON");
    Some(jsonschema::draft7::new(&schema).expect("it is a JSON Schema"))
}

fn assert_official(validator: &Validator, document: &Value, what: &str) {
    let wrong: Vec<String> = validator
        .iter_errors(document)
        .map(|error| {
            format!("{}: {}", error.instance_path(), error.to_string().chars().take(300).collect::<String>())
        })
        .collect();
    assert!(wrong.is_empty(), "{what}:\n{}", wrong.join("\n"));
}

#[test]
fn every_document_is_what_asyncapi_asks_for() {
    let Some(validator) = official() else { return };
    let names = ["Cow/fed", "~cow", "é😀", "..", "a b"];
    let odd = holding(&names.map(|event| with_fields(event, &["Name of cow", "type"])));
    let projects =
        [("farm", grown("farm").0), ("shop", grown("shop").0), ("odd", odd), ("none", holding(&[]))];
    for (name, project) in &projects {
        for line in LINES {
            assert_official(&validator, &evt(project, line).exits(0).json(), &format!("{name} {line}"));
        }
    }
}

/// Every `$ref` of a document.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().map(|members| members.keys().map(String::as_str).collect()).unwrap_or_default()
}

#[test]
fn every_reference_of_a_document_leads_somewhere() {
    for name in ["farm", "shop"] {
        let (project, _) = grown(name);
        for line in LINES {
            let document = evt(&project, line).exits(0).json();
            let mut found = Vec::new();
            references(&document, &mut found);
            assert!(found.len() >= 3, "{name} {line}");
            for reference in found {
                let pointer = reference.strip_prefix('#').expect("it stays in the document");
                assert!(document.pointer(pointer).is_some(), "{name} {line}: {reference}");
            }
        }
    }
}

#[test]
fn each_published_event_has_one_operation_that_sends_its_message() {
    let (farm, schema) = grown("farm");
    let document = evt(&farm, "export asyncapi").exits(0).json();
    let latest = schema.events.values().filter_map(|versions| versions.last()).filter(|it| !it.retired);
    let published: Vec<_> =
        latest.filter(|it| it.metadata.process_type == evt::event::ProcessType::Broker).collect();
    assert!(published.len() > 2);
    let messages = &document["components"]["messages"];
    assert_eq!(keys(messages), published.iter().map(|it| it.contract.event_name.as_str()).collect());
    for version in published.iter().filter(|it| it.metadata.domain.is_some()) {
        let name = &version.contract.event_name;
        let operation = &document["operations"][format!("send_{name}")];
        assert_eq!(operation["action"], "send", "{name}");
        let channel = operation["channel"]["$ref"].as_str().and_then(|it| document.pointer(&it[1..]));
        let domain = version.metadata.domain.as_deref().expect("it has one");
        assert_eq!(channel.expect("a channel")["address"], format!("farm.{domain}.{name}"));
        let message = &messages[name];
        assert_eq!(message["x-event-version"], version.number);
        assert_eq!(message["tags"][0]["name"], domain);
        assert_eq!(message["x-owner"].as_str(), version.metadata.owner.as_deref());
        let validator = jsonschema::draft7::new(&message["payload"]["schema"]).expect("it is a schema");
        assert!(super::payload(version).is_none_or(|payload| validator.is_valid(&payload)), "{name}");
    }
}

#[test]
fn what_no_relay_publishes_is_told_of_and_left_out_unless_it_is_asked_for() {
    let farm = Project::farm();
    evt(&farm, "dump").exits(0);
    let run = evt(&farm, "export asyncapi").exits(0).tells("1 event is not told of");
    assert!(keys(&run.json()["components"]["messages"]).is_empty());
    let all = evt(&farm, "export asyncapi --all").exits(0);
    assert_eq!(all.stderr, "");
    assert_eq!(all.json()["components"]["messages"]["cow_fed"]["x-process-type"], "durable");
    assert!(keys(&all.json()["channels"]).is_empty());
}

/// One event that is published, with all that can be said of it.
const COW_MILKED: &str = "\
event_name: cow_milked
event_type: domain
domain: dairy
subject: cow
description: |
  A cow was milked.

  Twice a day.
owner: team-dairy
deprecated: { reason: Use tank_filled., sunset: 2027-01-31 }
inputs: { cow: required }
payload:
  litres: { type: decimal, from: cow.litres, unit: l }
  milker: { type: string, from: cow.milker, pii: true }
aggregate: { type: Cow, id: cow.id }
";

fn dairy(settings: &str) -> Project {
    let project = Project::farm().file("evt.toml", settings).file("events/cow_milked.yaml", COW_MILKED);
    project.remove("events/cow_fed.yaml");
    evt(&project, "dump").exits(0);
    project
}

#[test]
fn the_document_of_what_is_sent_to_kafka_is_fresh() {
    let settings = "[project]\nsource = \"urn:evt:farm\"\n[relay]\nto = \"kafka://broker.farm\"\ntopic = \"farm.{subject}\"\n";
    assert_fresh("exports/kafka.json", &evt(&dairy(settings), "export asyncapi").exits(0).stdout);
}

#[test]
fn a_structured_message_is_the_whole_envelope() {
    let project = dairy("");
    let run = evt(&project, "export asyncapi --structured --to nats://broker.farm").exits(0);
    let document = run.json();
    let message = &document["components"]["messages"]["cow_milked"];
    assert_eq!(message["contentType"], "application/cloudevents+json");
    assert_eq!(
        keys(&message["headers"]["schema"]["properties"]),
        BTreeSet::from(["traceparent", "tracestate"])
    );
    let envelope = &message["payload"]["schema"];
    assert_eq!(envelope["properties"]["data"]["properties"]["milker"]["x-pii"], true);
    let required = envelope["required"].as_array().expect("a list");
    assert!(required.contains(&"data".into()) && !required.contains(&"source".into()), "{required:?}");
    assert_eq!(document["channels"]["events.cow_milked"]["address"], "events.cow_milked");
}

#[test]
fn an_event_without_what_its_topic_names_is_told() {
    let project = dairy("[relay]\ntopic = \"{domain}.{event_name}\"\n");
    project.edit("events/cow_milked.yaml", "domain: dairy\n", "");
    evt(&project, "dump").exits(0);
    let run = evt(&project, "export asyncapi").exits(0).tells("cow_milked has no channel");
    assert!(keys(&run.json()["channels"]).is_empty());
    let webhook = evt(&project, "export asyncapi --to https://hooks.farm/secret").exits(0);
    assert!(!webhook.stdout.contains("secret") && webhook.stderr.is_empty());
    assert_eq!(webhook.json()["channels"]["events"]["address"], Value::Null);
}
