use redis::Cmd;

use super::super::cloud_event::{self, Attribute};
use super::session::Session;
use crate::relay::{Message, Outcome};

/// A message as an entry of a stream.
pub(super) struct Entry<'m> {
    pub(super) stream: String,
    attributes: Vec<Attribute<'m>>,
    payload: &'m str,
}

impl<'m> Entry<'m> {
    /// An entry that the server takes: it ends the connection over a larger value, which would stop all others.
    pub(super) fn new(stream: String, message: &'m Message, session: &Session) -> Result<Self, Outcome> {
        let attributes = cloud_event::attributes(message);
        let values = attributes.iter().map(|(_, value)| value.len());
        let longest = values.chain([stream.len(), message.payload.len()]).max().unwrap_or_default();
        let most = session.longest_value();
        if longest > most {
            let text = format!("{longest} bytes, and the server's `proto-max-bulk-len` is {most}");
            return Err(Outcome::refused("too_large", text));
        }
        Ok(Self { stream, attributes, payload: &message.payload })
    }

    /// The command that adds it, and cuts the stream to about `most` entries.
    pub(super) fn command(&self, most: Option<u64>) -> Cmd {
        let mut command = redis::cmd("XADD");
        command.arg(&self.stream);
        if let Some(most) = most {
            command.arg("MAXLEN").arg("~").arg(most);
        }
        command.arg("*").arg("content-type").arg(cloud_event::CONTENT_TYPE);
        for (name, value) in &self.attributes {
            command.arg(format!("ce-{name}")).arg(value.as_ref());
        }
        command.arg("data").arg(self.payload);
        command
    }
}
