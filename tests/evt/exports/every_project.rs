//! Whatever a project holds, an export ends with a document or with a reason.

use std::path::PathBuf;

use super::{fixtures, holding, with_fields};
use crate::newcomer::evt;
use crate::project::Project;

const LINES: [&str; 8] = [
    "export json-schema",
    "export json-schema --retired",
    "export asyncapi --all",
    "export asyncapi --structured --to kafka://broker --topic {domain}.{subject}.{aggregate_type}.{event_version}",
    "export avro",
    "export avro --retired --namespace a.b",
    "export cloudevents",
    "export cloudevents --retired",
];

/// Every folder of the fixtures that is a project.
fn projects() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(fixtures()).into_iter().map(|entry| entry.expect("it can be read"));
    let configs = entries.filter(|entry| entry.file_name() == "evt.toml");
    configs.filter_map(|config| config.path().parent().map(PathBuf::from)).collect()
}

#[test]
fn every_project_of_the_fixtures_is_exported_or_told_why_not() {
    let projects = projects();
    assert!(projects.len() > 20, "{projects:?}");
    let nowhere = Project::empty();
    for folder in projects {
        let folder = folder.to_string_lossy();
        for line in LINES {
            let arguments: Vec<&str> = ["-C", &folder].into_iter().chain(line.split(' ')).collect();
            let run = nowhere.evt(&arguments);
            assert!([0, 1, 3].contains(&run.code), "{folder} {line}: {}\n{}", run.code, run.stderr);
            assert_eq!(run.code == 0, !run.stdout.is_empty(), "{folder} {line}");
            if run.code == 0 {
                run.json();
            } else {
                assert!(!run.stderr.is_empty(), "{folder} {line}");
            }
        }
    }
}

#[test]
fn a_project_without_events_has_every_export() {
    let project = holding(&[]);
    for line in LINES {
        evt(&project, line).exits(0).json();
    }
}

#[test]
fn the_same_schema_file_gives_the_same_bytes() {
    let (shop, _) = super::grown("shop");
    for line in LINES {
        assert_eq!(evt(&shop, line).stdout, evt(&shop, line).stdout, "{line}");
    }
}

#[test]
fn names_that_were_imported_are_exported() {
    let events = ["Cow/fed", "~cow", "é😀", "...", "a b", "string", "1st", "\u{1b}[31m"];
    let project = holding(&events.map(|event| with_fields(event, &["Name of cow", "1st", "ä", "type"])));
    for line in LINES {
        let run = evt(&project, line).exits(0);
        assert!(!run.stdout.contains('\u{1b}'), "{line}");
        run.json();
    }
}

#[test]
fn what_is_not_there_is_told() {
    let project = Project::farm();
    for format in ["json-schema", "asyncapi", "avro", "cloudevents"] {
        evt(&project, &format!("export {format}")).exits(3).tells("evt dump");
    }
    evt(&project, "dump").exits(0);
    for format in ["json-schema", "avro"] {
        evt(&project, &format!("export {format} cow_feed")).exits(1).tells("did you mean `cow_fed`");
        evt(&project, &format!("export {format} cow_fed@2")).exits(1).tells("its versions are 1 to 1");
        evt(&project, &format!("export {format} cow_fed --retired")).exits(2);
    }
    evt(&project, "export asyncapi --topic {name}").exits(2).tells("`{name}` is none of event_name");
    evt(&project, "export asyncapi --to pigeon://u:secret@barn").exits(2).tells("`pigeon:`");
    evt(&project, "export avro --namespace 1st.farm").exits(2).tells("with dots between");
}
