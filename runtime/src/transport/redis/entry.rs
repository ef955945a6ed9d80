use redis::Cmd;

use super::super::mode::Form;
use super::session::Session;
use crate::relay::Outcome;

/// A message as an entry of a stream.
pub(super) struct Entry<'m> {
    pub(super) stream: String,
    form: Form<'m>,
}

impl<'m> Entry<'m> {
    /// An entry that the server takes: it ends the connection over a larger value, which would stop all others.
    pub(super) fn new(stream: String, form: Form<'m>, session: &Session) -> Result<Self, Outcome> {
        let values = form.attributes.iter().chain(&form.trace).map(|(_, value)| value.len());
        let longest = values.chain([stream.len(), form.body.len()]).max().unwrap_or_default();
        let most = session.longest_value();
        if longest > most {
            let text = format!("{longest} bytes, and the server's `proto-max-bulk-len` is {most}");
            return Err(Outcome::refused("too_large", text));
        }
        Ok(Self { stream, form })
    }

    /// The command that adds it, and cuts the stream to about `most` entries.
    pub(super) fn command(&self, most: Option<u64>) -> Cmd {
        let mut command = redis::cmd("XADD");
        command.arg(&self.stream);
        if let Some(most) = most {
            command.arg("MAXLEN").arg("~").arg(most);
        }
        command.arg("*").arg("content-type").arg(self.form.content_type);
        for (name, value) in &self.form.trace {
            command.arg(*name).arg(value.as_ref());
        }
        for (name, value) in &self.form.attributes {
            command.arg(format!("ce-{name}")).arg(value.as_ref());
        }
        command.arg("data").arg(self.form.body.as_ref());
        command
    }
}
