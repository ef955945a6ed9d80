use serde_json::{Value, json};

use super::{grown, live, payload};
use crate::newcomer::evt;
use crate::project::Project;

fn described() -> jsonschema::Validator {
    let schema: Value = evt(&Project::empty(), "schema cloudevents").exits(0).json();
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("it is a JSON Schema")
}

#[test]
fn every_catalogue_is_what_its_schema_describes() {
    let validator = described();
    for name in ["farm", "shop"] {
        let (project, schema) = grown(name);
        for (line, count) in [
            ("export cloudevents", live(&schema).count()),
            ("export cloudevents --retired", schema.versions().count()),
        ] {
            let catalogue = evt(&project, line).exits(0).json();
            let wrong: Vec<String> =
                validator.iter_errors(&catalogue).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{name} {line}: {wrong:?}");
            assert_eq!(catalogue["events"].as_array().map(Vec::len), Some(count), "{name} {line}");
        }
    }
}

#[test]
fn a_message_is_looked_up_by_its_type_and_version() {
    let (project, schema) = grown("shop");
    let catalogue = evt(&project, "export cloudevents --retired").exits(0).json();
    let events = catalogue["events"].as_array().expect("events");
    for version in schema.versions() {
        let (name, number) = (&version.contract.event_name, version.number.to_string());
        let mut found = events.iter().filter(|it| it["type"] == **name && it["evtversion"] == *number);
        let (entry, second) = (found.next().expect("it is there"), found.next());
        assert!(second.is_none(), "{name}@{number} is there once");
        assert_eq!(entry["evtfingerprint"], version.fingerprint.to_string());
        assert_eq!(entry["source"], "urn:evt:shop");
        assert_eq!(entry["schema"]["$id"], entry["dataschema"]);
        let validator = jsonschema::draft202012::new(&entry["schema"]).expect("it is a schema");
        assert!(payload(version).is_none_or(|payload| validator.is_valid(&payload)), "{name}@{number}");
    }
}

#[cfg(feature = "db")]
#[test]
fn a_published_event_says_what_the_catalogue_says() {
    let project = crate::newcomer::newcomer();
    project.edit("events/something_happened.yaml", "process_type: durable", "process_type: broker");
    evt(&project, "dump").exits(0);
    evt(&project, "outbox migrate").exits(0);
    evt(&project, r#"outbox enqueue something_happened --payload '{"name":"Bella"}'"#).exits(0);
    let line = evt(&project, "outbox publish --to stdout: --once").exits(0).stdout;
    let message: Value = serde_json::from_str(line.lines().next().expect("a line")).expect("it is JSON");
    let catalogue = evt(&project, "export cloudevents").exits(0).json();
    let entry = &catalogue["events"][0];
    for attribute in ["type", "source", "evtversion", "evtfingerprint", "datacontenttype"] {
        assert_eq!(entry.get(attribute), message.get(attribute), "{attribute}");
    }
    let asyncapi = evt(&project, "export asyncapi --to stdout:").exits(0).json();
    let payload = &asyncapi["components"]["messages"]["something_happened"]["payload"];
    assert_eq!(payload["schemaFormat"], json!("application/schema+json;version=draft-07"));
    let validator = jsonschema::draft7::new(&payload["schema"]).expect("it is a schema");
    assert!(validator.is_valid(&message), "{message:#}\n{payload:#}");
}
