//! What a relay publishes, as an `AsyncAPI` document: <https://www.asyncapi.com/docs/reference/specification/v3.0.0>.
//!
//! Payloads are JSON Schemas of draft 7, the one that all tools for `AsyncAPI` must know; they say the same as those of
//! 2020-12.

mod address;
mod manner;
mod message;

use std::collections::BTreeMap;

pub(crate) use address::Topic;
pub(crate) use manner::{Envelope, Manner};

use self::address::Address;
use super::cloudevents::deprecation;
use super::id::{Ids, pointer_part};
use super::json::{Json, Object};
use super::unique::Unique;
use crate::event::ProcessType;
use crate::schema::{Schema, Version};

/// What the schema does not say.
#[derive(Clone, Debug)]
pub(crate) struct Settings<'s> {
    /// The `CloudEvents` source.
    pub(crate) source: Option<&'s str>,
    /// Where messages go.
    pub(crate) topic: Topic,
    /// In which form.
    pub(crate) manner: Manner,
    /// What the document is called.
    pub(crate) title: Option<&'s str>,
    /// Its version.
    pub(crate) version: Option<&'s str>,
    /// Which messages it holds.
    pub(crate) coverage: Coverage,
}

/// Which events have a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coverage {
    /// Those that a relay publishes.
    Published,
    /// The others too, though they go nowhere.
    All,
}

/// A document, and what could not stand in it.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) json: Object,
    /// How many events are not published by a relay.
    pub(crate) internal: usize,
    /// Published events that lack what their topic is made of: the event and the field.
    pub(crate) without_topic: Vec<(String, &'static str)>,
}

/// An event in its latest version, with what it is called in the document.
struct Entry<'s> {
    version: &'s Version,
    key: String,
}

/// The document of a schema. It tells of the latest versions of events that are not retired.
pub(crate) fn document(schema: &Schema, settings: &Settings<'_>) -> Document {
    let mut keys = Unique::default();
    let live = schema.events.values().filter_map(|versions| versions.last()).filter(|latest| !latest.retired);
    let entries: Vec<Entry<'_>> = live
        .map(|version| Entry { version, key: keys.claim(&identifier(&version.contract.event_name)) })
        .collect();
    let (published, internal): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_published);
    let (channels, without_topic) = by_address(&published, settings);
    let (channels, operations) = channels_and_operations(channels);
    let others = match settings.coverage {
        Coverage::Published => &[][..],
        Coverage::All => &internal,
    };
    let messages: Object = published
        .iter()
        .chain(others)
        .map(|entry| (entry.key.clone(), message::message(entry.version, settings).into()))
        .collect();
    let json = Object::new()
        .with("asyncapi", "3.0.0")
        .maybe("id", settings.source.map(|source| Ids::of(Some(source)).project().to_owned()))
        .with("info", info(schema, settings))
        .with("defaultContentType", settings.manner.content_type())
        .with("channels", channels)
        .with("operations", operations)
        .with("components", Object::new().with("messages", messages));
    Document { json, internal: internal.len(), without_topic }
}

fn is_published(entry: &Entry<'_>) -> bool {
    entry.version.metadata.process_type == ProcessType::Broker
}

/// The minor number grows with every version of an event.
fn info(schema: &Schema, settings: &Settings<'_>) -> Object {
    let title = match (settings.title, settings.source) {
        (Some(title), _) => title.to_owned(),
        (None, Some(source)) => format!("Events of {source}"),
        (None, None) => "Events".to_owned(),
    };
    let version =
        settings.version.map_or_else(|| format!("1.{}.0", schema.versions().count()), str::to_owned);
    Object::new().with("title", title).with("version", version)
}

/// The events that go to one address; none for what lies beyond topics.
type Channels<'e, 's> = BTreeMap<Option<Address>, Vec<&'e Entry<'s>>>;

fn by_address<'e, 's>(
    published: &'e [Entry<'s>],
    settings: &Settings<'_>,
) -> (Channels<'e, 's>, Vec<(String, &'static str)>) {
    let (mut channels, mut without_topic) = (Channels::new(), Vec::new());
    for entry in published {
        let has_topics = settings.manner.has_topics();
        let address = if has_topics { settings.topic.address(entry.version).map(Some) } else { Ok(None) };
        match address {
            Ok(address) => channels.entry(address).or_default().push(entry),
            Err(field) => without_topic.push((entry.version.contract.event_name.clone(), field)),
        }
    }
    (channels, without_topic)
}

fn channels_and_operations(channels: Channels<'_, '_>) -> (Object, Object) {
    let (mut keys, mut all) = (Unique::default(), Object::new());
    let mut operations: Vec<(String, Json)> = Vec::new();
    for (address, entries) in channels {
        let key =
            keys.claim(&address.as_ref().map_or_else(|| "events".to_owned(), |it| identifier(it.text())));
        for entry in &entries {
            operations.push((format!("send_{}", entry.key), operation(&key, entry).into()));
        }
        all.add(key, channel(address, &entries));
    }
    operations.sort_by(|(one, _), (other, _)| one.cmp(other));
    (all, operations.into_iter().collect())
}

fn channel(address: Option<Address>, entries: &[&Entry<'_>]) -> Object {
    let messages: Object = entries
        .iter()
        .map(|entry| (entry.key.clone(), reference(&["components", "messages", &entry.key]).into()))
        .collect();
    let parameters = address.as_ref().and_then(Address::parameters);
    let address = address.map_or(serde_json::Value::Null, |address| address.text().into());
    Object::new().with("address", address).with("messages", messages).maybe("parameters", parameters)
}

fn operation(channel: &str, entry: &Entry<'_>) -> Object {
    let message = reference(&["channels", channel, "messages", &entry.key]);
    let operation = Object::new().with("action", "send").with("channel", reference(&["channels", channel]));
    described(operation, entry.version).with("messages", vec![message])
}

/// What is said for people, of a message and of an operation alike.
fn described(object: Object, version: &Version) -> Object {
    let metadata = &version.metadata;
    let description = metadata.description.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let summary = description.and_then(|text| text.lines().next());
    let longer = description.filter(|text| text.lines().count() > 1);
    let tag = |domain: &String| vec![Object::new().with("name", domain)];
    object
        .maybe("summary", summary)
        .maybe("description", longer)
        .maybe("tags", metadata.domain.as_ref().map(tag))
        .maybe("x-owner", metadata.owner.as_ref())
        .maybe("x-deprecated", deprecation(version))
}

fn reference(path: &[&str]) -> Object {
    let parts: Vec<String> = path.iter().map(|part| pointer_part(part)).collect();
    Object::new().with("$ref", format!("#/{}", parts.join("/")))
}

/// A key that `AsyncAPI` takes: letters, digits, `.`, `_` and `-`; all else is `_`.
fn identifier(text: &str) -> String {
    let sign = |c: char| if c.is_ascii_alphanumeric() || ".-".contains(c) { c } else { '_' };
    text.chars().map(sign).collect()
}

#[cfg(test)]
mod tests;
