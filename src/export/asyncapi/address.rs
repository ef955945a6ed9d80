use std::fmt;

use crate::event::words;
use crate::export::json::Object;
use crate::schema::Version;

/// What a topic is called if nobody says otherwise, as `evt outbox publish` has it.
const DEFAULT: &str = "events.{event_name}";

words! {
    /// What a topic can be made of.
    Field {
        /// The event.
        EventName = "event_name",
        /// Its bounded context.
        Domain = "domain",
        /// What it is about.
        Subject = "subject",
        /// Its version.
        EventVersion = "event_version",
        /// The type of its aggregate.
        AggregateType = "aggregate_type",
    }
}

/// The template of topics, as `evt_runtime::transport::Topic` reads it, which not every build of evt has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Topic(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
}

/// Why a text names no topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadTopic {
    UnknownField(String),
    Brace(String),
    Empty,
}

impl fmt::Display for BadTopic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField(name) => write!(
                f,
                "`{{{name}}}` is none of event_name, domain, subject, event_version and aggregate_type"
            ),
            Self::Brace(text) => write!(f, "a brace in `{text}` stands alone"),
            Self::Empty => f.write_str("it is empty"),
        }
    }
}

/// Where messages go, with `{aggregate_type}` where each message has its own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    text: String,
    has_parameter: bool,
}

impl Default for Topic {
    fn default() -> Self {
        Self::parse(DEFAULT).expect("it names a field")
    }
}

impl Topic {
    /// Reads a template: text with fields in braces.
    pub(crate) fn parse(text: &str) -> Result<Self, BadTopic> {
        let brace = || BadTopic::Brace(text.to_owned());
        let (mut parts, mut rest) = (Vec::new(), text);
        while !rest.is_empty() {
            let (before, behind) = match rest.split_once('{') {
                None => (rest, None),
                Some((before, behind)) => (before, Some(behind)),
            };
            if before.contains('}') {
                return Err(brace());
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            let Some(behind) = behind else { break };
            let (name, behind) = behind.split_once('}').ok_or_else(brace)?;
            let field = Field::parse(name).ok_or_else(|| BadTopic::UnknownField(name.to_owned()))?;
            parts.push(Part::Field(field));
            rest = behind;
        }
        if parts.is_empty() { Err(BadTopic::Empty) } else { Ok(Self(parts)) }
    }

    /// Where the messages of a version go.
    ///
    /// # Errors
    /// The field of the topic that its messages do not have: a relay refuses them.
    pub(crate) fn address(&self, version: &Version) -> Result<Address, &'static str> {
        let mut address = Address { text: String::new(), has_parameter: false };
        for part in &self.0 {
            match part {
                Part::Text(text) => address.text.push_str(text),
                Part::Field(field) => match value(*field, version).filter(|value| !value.is_empty()) {
                    Some(value) => address.text.push_str(&value),
                    // An event that declares no aggregate may be given one by its writer.
                    None if *field == Field::AggregateType => {
                        address.text.push_str("{aggregate_type}");
                        address.has_parameter = true;
                    }
                    None => return Err(field.as_str()),
                },
            }
        }
        Ok(address)
    }
}

fn value(field: Field, version: &Version) -> Option<String> {
    let metadata = &version.metadata;
    match field {
        Field::EventName => Some(version.contract.event_name.clone()),
        Field::Domain => metadata.domain.clone(),
        Field::Subject => metadata.subject.clone(),
        Field::EventVersion => Some(version.number.to_string()),
        Field::AggregateType => metadata.aggregate.as_ref().map(|it| it.aggregate_type.clone()),
    }
}

impl Address {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// What stands in braces in it.
    pub(crate) fn parameters(&self) -> Option<Object> {
        let parameter = Object::new().with("description", "The type of the aggregate.");
        self.has_parameter.then(|| Object::new().with("aggregate_type", parameter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    #[cfg(feature = "db")]
    #[test]
    fn a_topic_is_what_relays_take_for_one() {
        let texts = [
            "events.{event_name}",
            "farm",
            "",
            "{",
            "}",
            "a}b",
            "a{",
            "a{domain",
            "{name}",
            "{domain}{subject}.",
            "{event_name}{",
            "{{domain}}",
            "{event_version}}",
            "{aggregate_type}/{}",
        ];
        for text in texts {
            let ours = Topic::parse(text).map(|_| ()).map_err(|error| error.to_string());
            let theirs = text.parse::<evt_runtime::transport::Topic>();
            assert_eq!(ours, theirs.map(|_| ()).map_err(|error| error.to_string()), "{text}");
        }
        assert_eq!(DEFAULT, evt_runtime::transport::Topic::default().to_string());
    }

    #[test]
    fn a_topic_is_filled_with_what_the_event_says() {
        let schema = farm();
        let address = |text: &str, event: &str| {
            Topic::parse(text).unwrap().address(schema.latest(event).unwrap()).map(|address| address.text)
        };
        let all = "{domain}.{subject}.{aggregate_type}.{event_name}.v{event_version}";
        assert_eq!(address(all, "cow_fed").as_deref(), Ok("farm.cow.Cow.cow_fed.v2"));
        assert_eq!(
            address(all, "tank_emptied").as_deref(),
            Ok("dairy.tank.{aggregate_type}.tank_emptied.v1")
        );
        assert_eq!(address(all, "cow_given"), Err("domain"));
    }
}
