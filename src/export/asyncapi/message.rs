use super::manner::Envelope;
use super::{Settings, described};
use crate::export::attribute::{Attribute, Presence, attributes};
use crate::export::json::{Json, Object};
use crate::export::json_schema;
use crate::schema::Version;

/// The dialect of schemas that every tool must know.
const FORMAT: &str = "application/schema+json;version=draft-07";

/// The message of a version.
pub(super) fn message(version: &Version, settings: &Settings<'_>) -> Object {
    let name = &version.contract.event_name;
    let all = attributes(version, settings.source);
    let manner = settings.manner;
    let (headers, payload) = match manner.envelope {
        Envelope::Binary => (headers(&all, manner.prefix()), json_schema::embedded(version)),
        Envelope::Structured => (trace(&all), envelope(&all, version)),
    };
    let message = Object::new()
        .with("name", name)
        .with("title", format!("{name}@{}", version.number))
        .with("contentType", manner.content_type());
    described(message, version)
        .mark("deprecated", version.metadata.deprecated.is_some())
        .with("x-event-version", version.number)
        .with("x-fingerprint", version.fingerprint.to_string())
        .with("x-process-type", version.metadata.process_type.as_str())
        .maybe("x-subject", version.metadata.subject.as_ref())
        .maybe("headers", manner.has_headers().then(|| formatted(headers)))
        .with("payload", formatted(payload))
        .maybe("bindings", manner.has_key().then(|| key(&all)).flatten())
}

fn formatted(schema: Object) -> Object {
    Object::new().with("schemaFormat", FORMAT).with("schema", schema)
}

/// The attributes under the names that headers have, and the trace, which stands under its own name.
fn headers(all: &[Attribute], prefix: &str) -> Object {
    let named = all.iter().map(|attribute| (format!("{prefix}{}", attribute.name), attribute));
    let trace = all.iter().filter(|it| is_trace(it)).map(|attribute| (attribute.name.to_owned(), attribute));
    object(named.chain(trace))
}

/// What stands beside an envelope.
fn trace(all: &[Attribute]) -> Object {
    let trace = all.iter().filter(|it| is_trace(it));
    object(trace.map(|attribute| (attribute.name.to_owned(), attribute)))
}

fn is_trace(attribute: &Attribute) -> bool {
    ["traceparent", "tracestate"].contains(&attribute.name)
}

/// The attributes and the payload in one object.
fn envelope(all: &[Attribute], version: &Version) -> Object {
    let content_type = Attribute {
        name: "datacontenttype",
        presence: Presence::Always,
        schema: Object::new().with("type", "string").with("const", "application/json"),
    };
    let data = Attribute { name: "data", presence: Presence::Always, schema: json_schema::embedded(version) };
    let all = all.iter().chain([&content_type, &data]);
    object(all.map(|attribute| (attribute.name.to_owned(), attribute)))
}

fn object<'a>(named: impl Iterator<Item = (String, &'a Attribute)>) -> Object {
    let (mut properties, mut required) = (Object::new(), Vec::new());
    for (name, attribute) in named {
        if attribute.presence == Presence::Always {
            required.push(name.clone());
        }
        properties.add(name, attribute.schema.clone());
    }
    let required = (!required.is_empty()).then(|| Json::from(required));
    Object::new().with("type", "object").with("properties", properties).maybe("required", required)
}

/// The key of a record of Kafka.
fn key(all: &[Attribute]) -> Option<Object> {
    let key = all.iter().find(|attribute| attribute.name == "partitionkey")?;
    let kafka = Object::new().with("key", key.schema.clone()).with("bindingVersion", "0.5.0");
    Some(Object::new().with("kafka", kafka))
}
