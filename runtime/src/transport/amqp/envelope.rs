use std::borrow::Cow;

use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, LongString, ShortString};

use super::super::mode::Form;
use super::LONGEST_NAME;
use crate::relay::{Message, Outcome};

/// A message as the protocol has it.
pub(super) struct Envelope<'m> {
    pub(super) exchange: ShortString,
    pub(super) key: ShortString,
    pub(super) properties: BasicProperties,
    pub(super) body: Cow<'m, str>,
    /// About how many bytes the properties are.
    head: usize,
}

/// The broker keeps a message on its disk, where the queue is durable.
const PERSISTENT: u8 = 2;
/// What a frame holds beside the headers, at most: names and lengths of all else.
const BESIDE: usize = 512;

impl<'m> Envelope<'m> {
    pub(super) fn new(
        exchange: &str,
        key: String,
        message: &Message,
        form: Form<'m>,
    ) -> Result<Self, Outcome> {
        let Form { content_type, attributes, trace, body } = form;
        // The prefix is that of the binding for those whose names can hold no colon.
        let header = |name: &str| short(format!("cloudEvents_{name}"));
        let value = |value: &str| AMQPValue::LongString(LongString::from(value));
        let mut headers = FieldTable::default();
        for (name, text) in &trace {
            headers.insert(short((*name).to_owned())?, value(text));
        }
        for (name, text) in &attributes {
            headers.insert(header(name)?, value(text));
        }
        let properties = BasicProperties::default()
            .with_content_type(short(content_type.to_owned())?)
            .with_delivery_mode(PERSISTENT)
            .with_message_id(short(message.id.to_string())?)
            .with_headers(headers);
        let texts = attributes.iter().chain(&trace);
        let head = texts.map(|(name, text)| name.len() + text.len() + 32).sum::<usize>() + BESIDE;
        Ok(Self { exchange: short(exchange.to_owned())?, key: short(key)?, properties, body, head })
    }

    /// Whether the headers go into one frame, as they must: the broker ends the connection over more, which would stop
    /// all others.
    pub(super) fn fits(&self, frame: usize) -> Result<(), Outcome> {
        if frame != 0 && self.head > frame {
            let text = format!("headers of {} bytes, and a frame of the broker holds {frame}", self.head);
            return Err(Outcome::refused("too_large", text));
        }
        Ok(())
    }
}

fn short(text: String) -> Result<ShortString, Outcome> {
    let length = text.len();
    ShortString::try_new(text).map_err(|_| {
        Outcome::refused("topic", format!("a routing key of {length} bytes, and {LONGEST_NAME} are possible"))
    })
}
