/// In what form a transport sends a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    protocol: Protocol,
    /// Whether the whole envelope is the message.
    pub(super) envelope: Envelope,
}

/// Where the attributes of `CloudEvents` are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// In headers, with the payload as the message.
    Binary,
    /// In the message, around the payload.
    Structured,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protocol {
    Http,
    Nats,
    Redis,
    Amqp,
    Kafka,
    Lines,
}

const SCHEMES: [(&str, Protocol); 13] = [
    ("http", Protocol::Http),
    ("https", Protocol::Http),
    ("nats", Protocol::Nats),
    ("tls", Protocol::Nats),
    ("redis", Protocol::Redis),
    ("rediss", Protocol::Redis),
    ("amqp", Protocol::Amqp),
    ("amqps", Protocol::Amqp),
    ("kafka", Protocol::Kafka),
    ("kafkas", Protocol::Kafka),
    ("capture", Protocol::Kafka),
    ("stdout", Protocol::Lines),
    ("file", Protocol::Lines),
];

impl Manner {
    /// That of a destination of `evt outbox publish`; where none is known, that of NATS, Redis and webhooks.
    ///
    /// # Errors
    /// What is wrong with the destination, without the destination itself, which may hold a password.
    pub(crate) fn of(to: Option<&str>, envelope: Envelope) -> Result<Self, String> {
        let protocol = match to {
            None => Protocol::Nats,
            Some(to) => {
                let scheme = to.split_once(':').map(|(scheme, _)| scheme);
                let scheme = scheme.filter(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
                let scheme = scheme.ok_or("the destination has no scheme, such as `https:`")?;
                let known = SCHEMES.iter().find(|(known, _)| *known == scheme);
                known
                    .map(|(_, protocol)| *protocol)
                    .ok_or_else(|| format!("the destination begins with `{scheme}:`, which is not known"))?
            }
        };
        let envelope = if protocol == Protocol::Lines { Envelope::Structured } else { envelope };
        Ok(Self { protocol, envelope })
    }

    /// What stands before the names of attributes in headers.
    pub(super) fn prefix(self) -> &'static str {
        match self.protocol {
            Protocol::Http | Protocol::Nats | Protocol::Redis => "ce-",
            Protocol::Amqp => "cloudEvents_",
            Protocol::Kafka => "ce_",
            Protocol::Lines => "",
        }
    }

    /// Whether each message goes to a topic, rather than all to one place.
    pub(super) fn has_topics(self) -> bool {
        match self.protocol {
            Protocol::Nats | Protocol::Redis | Protocol::Amqp | Protocol::Kafka => true,
            Protocol::Http | Protocol::Lines => false,
        }
    }

    /// Whether a message has headers at all.
    pub(super) fn has_headers(self) -> bool {
        self.protocol != Protocol::Lines
    }

    /// Whether the key of a message stands outside of headers and message.
    pub(super) fn has_key(self) -> bool {
        self.protocol == Protocol::Kafka
    }

    /// The media type of messages.
    pub(super) fn content_type(self) -> &'static str {
        match self.envelope {
            Envelope::Binary => "application/json",
            Envelope::Structured => "application/cloudevents+json",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_named_as_the_destination_has_them() {
        let prefix = |to| Manner::of(to, Envelope::Binary).map(Manner::prefix);
        let known = [
            (None, "ce-"),
            (Some("https://u:p@hooks.farm/x"), "ce-"),
            (Some("tls://nats.farm"), "ce-"),
            (Some("rediss://redis.farm"), "ce-"),
            (Some("amqp://rabbit.farm"), "cloudEvents_"),
            (Some("kafka://one,two"), "ce_"),
            (Some("capture:farm"), "ce_"),
        ];
        for (to, wanted) in known {
            assert_eq!(prefix(to).as_deref(), Ok(wanted), "{to:?}");
        }
        let lines = Manner::of(Some("stdout:"), Envelope::Binary).unwrap();
        assert_eq!((lines.envelope, lines.has_topics()), (Envelope::Structured, false));
    }

    #[test]
    fn a_destination_that_no_relay_knows_is_refused_without_its_password() {
        let refused = |to| Manner::of(Some(to), Envelope::Binary).unwrap_err();
        assert_eq!(
            refused("pigeon://u:secret@barn"),
            "the destination begins with `pigeon:`, which is not known"
        );
        assert_eq!(refused("u/secret@barn"), "the destination has no scheme, such as `https:`");
    }
}
