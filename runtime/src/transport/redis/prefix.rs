use std::collections::BTreeMap;

use super::entry::Entry;
use super::session::Session;
use super::{Mode, Topic};
use crate::relay::{Message, Outcome};

/// What can be added at once.
pub(super) struct Prefix<'m> {
    pub(super) entries: Vec<Entry<'m>>,
    /// What the next message was refused for.
    pub(super) refusal: Option<Outcome>,
}

/// The longest run of messages that go together. A transaction is written whole or not at all, but for a stream's name
/// that holds something else: what goes there fails, all else is written. So all messages of a key must go to one stream,
/// or a later one of that key would be written without an earlier one.
pub(super) fn of<'m>(messages: &'m [Message], topic: &Topic, mode: Mode, session: &Session) -> Prefix<'m> {
    let mut stream_of: BTreeMap<&str, String> = BTreeMap::new();
    let mut entries = Vec::with_capacity(messages.len());
    for message in messages {
        let stream = match topic.of(message) {
            Ok(stream) => stream,
            Err(refusal) => return Prefix { entries, refusal: Some(refusal) },
        };
        if let Some(key) = &message.partition_key
            && *stream_of.entry(key).or_insert_with(|| stream.clone()) != stream
        {
            break;
        }
        match Entry::new(stream, mode.form(message), session) {
            Ok(entry) => entries.push(entry),
            Err(refusal) => return Prefix { entries, refusal: Some(refusal) },
        }
    }
    Prefix { entries, refusal: None }
}
