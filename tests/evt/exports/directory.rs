//! `--directory`: a file for each version.

use std::collections::BTreeSet;

use super::{grown, holding, with_fields};
use crate::newcomer::evt;
use crate::project::{Project, Run};

fn files(project: &Project, folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(project.path(folder)).expect("the folder is there");
    entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
}

fn written(run: &Run) -> BTreeSet<String> {
    run.stdout.lines().filter_map(|line| line.strip_prefix("wrote ")).map(str::to_owned).collect()
}

#[test]
fn every_version_gets_a_file_and_nothing_else_is_touched() {
    for (format, extension) in [("json-schema", "json"), ("avro", "avsc")] {
        let (shop, schema) = grown("shop");
        shop.write("out/notes.txt", "mine");
        let line = format!("export {format} --directory out --retired");
        let run = evt(&shop, &line).exits(0);
        let names: BTreeSet<String> = schema
            .versions()
            .map(|version| format!("{}.v{}.{extension}", version.contract.event_name, version.number))
            .collect();
        assert_eq!(written(&run), names.iter().map(|name| format!("out/{name}")).collect());
        let mut there = files(&shop, "out");
        assert!(there.remove("notes.txt"));
        assert_eq!(there, names);
        assert_eq!(shop.read("out/notes.txt"), "mine");
        let again = evt(&shop, &line).exits(0);
        assert_eq!(again.stdout, "");
        assert_eq!(again.stderr, format!("{} files are up to date\n", names.len()));
        let event = schema.events.keys().next().expect("there are events");
        let alone = evt(&shop, &format!("export {format} {event}@1")).exits(0).stdout;
        assert_eq!(alone, shop.read(&format!("out/{event}.v1.{extension}")));
    }
}

#[test]
fn only_what_changed_is_written_again() {
    let (shop, schema) = grown("shop");
    let (event, versions) = schema.events.iter().find(|(_, it)| it.len() > 1).expect("there is one");
    let line = format!("export json-schema {event} --directory a/b");
    assert_eq!(written(&evt(&shop, &line).exits(0)).len(), versions.len());
    let path = format!("a/b/{event}.v1.json");
    shop.write(&path, "{}");
    assert_eq!(written(&evt(&shop, &line).exits(0)), BTreeSet::from([path]));
    let one = evt(&shop, &format!("export json-schema {event}@2 --directory c --format json")).exits(0);
    assert_eq!(one.json(), serde_json::json!({ "wrote": format!("c/{event}.v2.json") }));
    assert_eq!(files(&shop, "c").len(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told() {
    let (shop, _) = grown("shop");
    shop.write("out", "a file");
    evt(&shop, "export json-schema --directory out").exits(4).tells("out");
    assert_eq!(shop.read("out"), "a file");
}

#[test]
fn a_name_never_leaves_the_folder() {
    let project = holding(&["../up", "a/b", "..", "a b"].map(|event| with_fields(event, &["name"])));
    evt(&project, "export json-schema --directory out").exits(0);
    let names = ["%2E%2E%2Fup.v1.json", "%2E%2E.v1.json", "a%20b.v1.json", "a%2Fb.v1.json"];
    assert_eq!(files(&project, "out"), names.map(str::to_owned).into());
}
