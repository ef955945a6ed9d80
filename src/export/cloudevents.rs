//! A catalogue for consumers of `CloudEvents`: what the `type` and `evtversion` of a message say about its data.

use super::id::Ids;
use super::json::{Json, Object};
use super::json_schema;
use crate::schema::{Schema, Version};

/// The number of the catalogue's format.
const FORMAT: u64 = 1;
/// What every payload is.
const CONTENT_TYPE: &str = "application/json";

/// The catalogue of some versions of a schema. Its shape is that of `schemas/cloudevents.json`.
pub(crate) fn catalogue(schema: &Schema, versions: &[&Version], source: Option<&str>) -> Object {
    let ids = Ids::of(source);
    let entries: Vec<Object> = versions.iter().map(|version| entry(schema, version, &ids, source)).collect();
    Object::new().with("evt", FORMAT).with("specversion", "1.0").with("events", entries)
}

fn entry(schema: &Schema, version: &Version, ids: &Ids, source: Option<&str>) -> Object {
    let name = &version.contract.event_name;
    let latest = schema.latest(name).unwrap_or(version);
    let metadata = &version.metadata;
    let id = ids.version(version);
    Object::new()
        .with("type", name)
        .maybe("source", source.filter(|source| !source.is_empty()))
        .with("evtversion", version.number.to_string())
        .with("evtfingerprint", version.fingerprint.to_string())
        .with("dataschema", id.as_str())
        .with("datacontenttype", CONTENT_TYPE)
        .with("latest", version.number == latest.number)
        .mark("retired", latest.retired)
        .maybe("renamed_to", latest.renamed_to.as_ref())
        .maybe("description", metadata.description.as_ref())
        .maybe("domain", metadata.domain.as_ref())
        .maybe("owner", metadata.owner.as_ref())
        .maybe("deprecated", deprecation(version))
        .with("schema", json_schema::document(version, Some(&id)))
}

/// Why, and until when.
pub(crate) fn deprecation(version: &Version) -> Option<Json> {
    let deprecated = version.metadata.deprecated.as_ref()?;
    let said = Object::new()
        .maybe("reason", deprecated.reason.as_ref())
        .maybe("sunset", deprecated.sunset.map(|day| day.to_string()));
    Some(said.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    #[test]
    fn a_version_is_found_by_what_a_message_says() {
        let schema = farm();
        let versions: Vec<&Version> = schema.versions().collect();
        let catalogue = Json::from(catalogue(&schema, &versions, Some("urn:evt:farm"))).into_value();
        let events = catalogue["events"].as_array().unwrap();
        let found = events.iter().find(|event| event["type"] == "cow_fed" && event["evtversion"] == "2");
        let found = found.unwrap();
        assert_eq!(found["dataschema"], "urn:evt:farm:cow_fed:2");
        assert_eq!(found["schema"]["$id"], found["dataschema"]);
        assert_eq!(
            found["deprecated"],
            serde_json::json!({ "reason": "Use cow_given.", "sunset": "2027-01-31" })
        );
        let sold = events.iter().find(|event| event["type"] == "cow_sold").unwrap();
        assert_eq!((&sold["retired"], &sold["renamed_to"]), (&true.into(), &"cow_given".into()));
        assert_eq!(events.iter().filter(|event| event["latest"] == false).count(), 1);
    }
}
