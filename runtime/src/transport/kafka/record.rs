use rdkafka::message::{Header, OwnedHeaders};
use rdkafka::producer::BaseRecord;

use super::super::mode::Form;
use super::ear::Told;
use crate::relay::Message;

/// A message as Kafka has it:
/// <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md>.
///
/// Its timestamp is the time of sending: brokers delete by it, and an event may have occurred long ago.
pub(super) struct Record<'m> {
    topic: String,
    key: Option<&'m str>,
    form: Form<'m>,
}

impl<'m> Record<'m> {
    pub(super) fn new(topic: String, message: &'m Message, form: Form<'m>) -> Self {
        Self { topic, key: message.partition_key.as_deref(), form }
    }

    /// What librdkafka is given, which tells by `told` what became of it.
    pub(super) fn told(&self, told: Told) -> BaseRecord<'_, str, str, Told> {
        let record = BaseRecord::with_opaque_to(&self.topic, told).payload(self.form.body.as_ref());
        let record = record.headers(self.headers());
        match self.key {
            Some(key) => record.key(key),
            None => record,
        }
    }

    fn headers(&self) -> OwnedHeaders {
        let Form { attributes, trace, content_type, .. } = &self.form;
        let attributes = attributes.iter().map(|(name, value)| (format!("ce_{name}"), value.as_ref()));
        let trace = trace.iter().map(|(name, value)| ((*name).to_owned(), value.as_ref()));
        let all = std::iter::once(("content-type".to_owned(), *content_type)).chain(trace).chain(attributes);
        all.fold(OwnedHeaders::new(), |headers, (key, value)| {
            headers.insert(Header { key: &key, value: Some(value) })
        })
    }
}
