use super::*;
use crate::example::history;

fn told(schema: &Schema, topic: &str) -> serde_json::Value {
    let settings = Settings {
        source: None,
        topic: Topic::parse(topic).unwrap(),
        manner: Manner::of(None, Envelope::Binary).unwrap(),
        title: None,
        version: None,
        coverage: Coverage::Published,
    };
    super::super::json::Json::from(document(schema, &settings).json).into_value()
}

fn farm() -> Schema {
    history(&["
subjects: { cow: {} }
---
event_name: cow_fed
event_type: domain
subject: cow
---
event_name: cow_sold
event_type: domain
subject: cow
---
event_name: cow_seen
event_type: domain
process_type: inline
subject: cow
"])
}

#[test]
fn events_that_share_a_topic_share_a_channel() {
    let document = told(&farm(), "all/{subject}");
    let channels = document["channels"].as_object().unwrap();
    assert_eq!(channels.keys().collect::<Vec<_>>(), ["all_cow"]);
    assert_eq!(channels["all_cow"]["address"], "all/cow");
    let messages = channels["all_cow"]["messages"].as_object().unwrap();
    assert_eq!(messages.keys().collect::<Vec<_>>(), ["cow_fed", "cow_sold"]);
    let operations = document["operations"].as_object().unwrap();
    assert_eq!(operations.keys().collect::<Vec<_>>(), ["send_cow_fed", "send_cow_sold"]);
    let message = &operations["send_cow_sold"]["messages"][0]["$ref"];
    assert_eq!(message, "#/channels/all_cow/messages/cow_sold");
}

#[test]
fn a_document_counts_the_versions_of_its_schema() {
    let document = told(&farm(), "all");
    assert_eq!(
        (&document["info"]["title"], &document["info"]["version"]),
        (&"Events".into(), &"1.3.0".into())
    );
    assert!(document.get("id").is_none());
}
