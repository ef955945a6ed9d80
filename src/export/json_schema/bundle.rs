//! All schemas of a project in one document.

use super::{DIALECT, any_json, holds_json, part};
use crate::export::id::{Ids, pointer_part};
use crate::export::json::{Json, Object};
use crate::schema::Version;

/// One document in whose `$defs` every version stands, as `cow_fed@2`; whatever one of them takes, it takes.
///
/// Each is known by its `$id` too. References are JSON pointers, for programs that look at no `$id`; what those refer to
/// inside of a version stands at the root once more.
pub(crate) fn bundle(versions: &[&Version], source: Option<&str>) -> Object {
    let ids = Ids::of(source);
    let title = source.map_or_else(|| "Events".to_owned(), |source| format!("Events of {source}"));
    let document = Object::new().with("$schema", DIALECT).with("$id", ids.bundle()).with("title", title);
    let mut definitions: Object = versions
        .iter()
        .map(|version| (key(version), Json::from(part(version, &ids.version(version)))))
        .collect();
    if versions.iter().any(|version| holds_json(&version.contract.payload_fields)) {
        definitions.add("json", any_json());
    }
    let references: Vec<Object> = versions.iter().map(|version| reference(version)).collect();
    // No list of alternatives may be empty.
    let references = (!references.is_empty()).then_some(references);
    document.maybe("anyOf", references).with("$defs", definitions)
}

/// What a version is called; `@` keeps it apart from `json`.
fn key(version: &Version) -> String {
    format!("{}@{}", version.contract.event_name, version.number)
}

fn reference(version: &Version) -> Object {
    Object::new().with("$ref", format!("#/$defs/{}", pointer_part(&key(version))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{farm, history};

    #[test]
    fn a_bundle_holds_every_version_under_its_own_id() {
        let schema = farm();
        let versions: Vec<&Version> = schema.events["cow_fed"].iter().collect();
        let bundle = Json::from(bundle(&versions, Some("urn:evt:farm"))).into_value();
        assert_eq!(bundle["$id"], "urn:evt:farm:events");
        assert_eq!(bundle["$defs"]["cow_fed@2"]["$id"], "urn:evt:farm:cow_fed:2");
        assert_eq!(bundle["anyOf"][1]["$ref"], "#/$defs/cow_fed@2");
        assert!(bundle["$defs"].get("json").is_none());
    }

    #[test]
    fn a_project_without_events_has_a_bundle() {
        insta::assert_snapshot!(bundle(&[], None).text(), @r#"
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "urn:evt:events",
          "title": "Events",
          "$defs": {}
        }
        "#);
    }

    #[test]
    fn what_versions_refer_to_stands_at_the_root_too() {
        let definition = "event_name: cow_fed\nevent_type: domain\ninputs: { cow: required }\npayload:\n  \
                          note: { from: cow.note }\n";
        let schema = history(&[definition]);
        let versions: Vec<&Version> = schema.versions().collect();
        let bundle = Json::from(bundle(&versions, None)).into_value();
        assert_eq!(bundle["$defs"]["json"], bundle["$defs"]["cow_fed@1"]["$defs"]["json"]);
    }
}
