//! What `CloudEvents` attributes the messages of a version carry: those that `evt_runtime::transport::cloud_event` writes.

use super::json::Object;
use crate::schema::Version;

/// An attribute.
#[derive(Clone, Debug)]
pub(crate) struct Attribute {
    pub(crate) name: &'static str,
    pub(crate) presence: Presence,
    /// The JSON Schema of its value, which is a text.
    pub(crate) schema: Object,
}

/// Whether every message has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    Always,
    Sometimes,
}

use Presence::{Always, Sometimes};

/// The attributes of the messages of a version, in the order in which they are sent.
pub(crate) fn attributes(version: &Version, source: Option<&str>) -> Vec<Attribute> {
    let metadata = &version.metadata;
    let source = source.filter(|source| !source.is_empty());
    let when = |holds: bool| if holds { Always } else { Sometimes };
    let has_key = metadata.aggregate.is_some() || metadata.partition_key.is_some();
    vec![
        of("specversion", Always, text("The version of CloudEvents.").with("const", "1.0")),
        of("id", Always, formatted("What comes twice has the same.", "uuid")),
        of("type", Always, said("The event.", &version.contract.event_name)),
        of(
            "source",
            when(source.is_some()),
            match source {
                Some(source) => said("Where events come from.", source),
                None => text("Where events come from."),
            },
        ),
        of("time", Always, formatted("When it happened.", "date-time")),
        of("subject", when(metadata.aggregate.is_some()), text("The id of the aggregate.")),
        of("evtversion", Always, said("The version of the event.", &version.number.to_string())),
        of("evtfingerprint", Always, said("The SHA-256 of its contract.", &version.fingerprint.to_string())),
        of("sequence", Always, text("Its place in the outbox.").with("pattern", "^[0-9]{1,20}$")),
        of("partitionkey", when(has_key), text("What keeps events in order: those of one key.")),
        of("idempotencykey", Sometimes, text("What its writer wrote but once.")),
        of("replaces", Sometimes, formatted("The id of the dead letter that it was mended from.", "uuid")),
        of("traceparent", Sometimes, text("The trace that it belongs to (W3C).")),
        of("tracestate", Sometimes, text("What goes with the trace (W3C).")),
        of("evtmetadata", Sometimes, text("The metadata that its writer gave: a JSON text.")),
    ]
}

fn of(name: &'static str, presence: Presence, schema: Object) -> Attribute {
    Attribute { name, presence, schema }
}

fn text(description: &str) -> Object {
    Object::new().with("description", description).with("type", "string")
}

fn formatted(description: &str, format: &str) -> Object {
    text(description).with("format", format)
}

/// A value that is the same in every message; headers cannot hold each as it is.
fn said(description: &str, value: &str) -> Object {
    let is_plain = value.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"' && byte != b'%');
    text(description).maybe("const", is_plain.then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    #[cfg(feature = "db")]
    #[test]
    fn every_attribute_of_a_message_is_told_in_the_order_of_the_message() {
        let schema = farm();
        let told = attributes(schema.latest("cow_fed").unwrap(), Some("urn:evt:farm"));
        let told: Vec<&str> = told.iter().map(|attribute| attribute.name).collect();
        let sent = include_str!("../../runtime/src/transport/cloud_event.rs");
        let sent = sent.split("let all = [").nth(1).and_then(|rest| rest.split("];").next()).unwrap();
        let names = sent.lines().filter_map(|line| line.trim().strip_prefix("(\"")?.split('"').next());
        assert_eq!(told, names.collect::<Vec<_>>());
    }

    #[test]
    fn what_every_message_has_is_required() {
        let schema = farm();
        let optional = |name: &str, source| -> Vec<&str> {
            let told = attributes(schema.latest(name).unwrap(), source);
            told.iter().filter(|it| it.presence == Sometimes).map(|it| it.name).collect()
        };
        let always = ["idempotencykey", "replaces", "traceparent", "tracestate", "evtmetadata"];
        assert_eq!(optional("cow_fed", Some("urn:evt:farm")), always);
        let more = [&["source", "subject", "partitionkey"][..], &always].concat();
        assert_eq!(optional("tank_emptied", Some("")), more);
    }
}
