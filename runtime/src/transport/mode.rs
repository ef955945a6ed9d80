#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
use std::borrow::Cow;

#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
use super::cloud_event::{Attribute, CONTENT_TYPE, STRUCTURED, attributes, structured, trace_context};
#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
use crate::relay::Message;

/// How an envelope travels with its payload: <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md#message>.
///
/// ```
/// use evt_runtime::transport::{Mode, Options};
///
/// let options = Options { mode: Mode::Structured, ..Options::default() };
/// # assert_ne!(options.mode, Mode::default());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// The payload is the body, all else are headers.
    #[default]
    Binary,
    /// All of it is one JSON object.
    Structured,
}

/// A message in the form that a mode asks for.
#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
pub(crate) struct Form<'m> {
    pub(crate) content_type: &'static str,
    /// What stands beside the body; nothing where all is in it.
    pub(crate) attributes: Vec<Attribute<'m>>,
    /// What stands there in either mode, so that a trace goes on in the consumer.
    pub(crate) trace: Vec<Attribute<'m>>,
    pub(crate) body: Cow<'m, str>,
}

#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
impl Mode {
    pub(crate) fn form(self, message: &Message) -> Form<'_> {
        let attributes = attributes(message);
        let trace = trace_context(&attributes);
        match self {
            Self::Binary => {
                Form { content_type: CONTENT_TYPE, attributes, trace, body: Cow::Borrowed(&message.payload) }
            }
            Self::Structured => Form {
                content_type: STRUCTURED,
                attributes: Vec::new(),
                trace,
                body: Cow::Owned(structured(message)),
            },
        }
    }
}
