use crate::relay::{Message, Outcome};

/// What a topic is called if nobody says otherwise.
const DEFAULT: &str = "events.{event_name}";

/// The name of the topic, subject or stream that a message goes to: text with fields in braces.
///
/// ```
/// use evt_runtime::transport::Topic;
///
/// let topic: Topic = "farm.{domain}.{event_name}.v{event_version}".parse()?;
/// assert_eq!(Topic::default().to_string(), "events.{event_name}");
/// # Ok::<(), evt_runtime::transport::BadTopic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    /// Its place in `FIELDS`.
    Field(usize),
}

/// A field of a message: its name and its value.
struct Field {
    name: &'static str,
    value: fn(&Message) -> Option<String>,
}

const FIELDS: [Field; 5] = [
    Field { name: "event_name", value: |message| Some(message.event_name.clone()) },
    Field { name: "domain", value: |message| message.domain.clone() },
    Field { name: "subject", value: |message| message.subject.clone() },
    Field { name: "event_version", value: |message| Some(message.event_version.to_string()) },
    Field { name: "aggregate_type", value: |message| message.aggregate_type.clone() },
];

/// Why a text names no topic.
///
/// ```
/// use evt_runtime::transport::Topic;
///
/// let error = "events.{name}".parse::<Topic>().unwrap_err();
/// let text = "`{name}` is none of event_name, domain, subject, event_version and aggregate_type";
/// assert_eq!(error.to_string(), text);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BadTopic {
    /// No such field.
    #[error("`{{{0}}}` is none of event_name, domain, subject, event_version and aggregate_type")]
    UnknownField(String),
    /// A brace without its other half.
    #[error("a brace in `{0}` stands alone")]
    Brace(String),
    /// There is nothing.
    #[error("it is empty")]
    Empty,
}

impl Default for Topic {
    fn default() -> Self {
        DEFAULT.parse().expect("it names a field")
    }
}

impl std::str::FromStr for Topic {
    type Err = BadTopic;

    fn from_str(text: &str) -> Result<Self, BadTopic> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (before, behind) = rest.split_once('{').unwrap_or((rest, ""));
            if before.contains('}') || (behind.is_empty() && rest.contains('{')) {
                return Err(BadTopic::Brace(text.to_owned()));
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_owned()));
            }
            if !rest.contains('{') {
                break;
            }
            let (name, behind) = behind.split_once('}').ok_or_else(|| BadTopic::Brace(text.to_owned()))?;
            let field = FIELDS.iter().position(|field| field.name == name);
            parts.push(Part::Field(field.ok_or_else(|| BadTopic::UnknownField(name.to_owned()))?));
            rest = behind;
        }
        if parts.is_empty() { Err(BadTopic::Empty) } else { Ok(Self(parts)) }
    }
}

impl std::fmt::Display for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Text(text) => f.write_str(text),
            Part::Field(field) => write!(f, "{{{}}}", FIELDS[*field].name),
        })
    }
}

impl Topic {
    /// The fields that it names, in their order, each as often as it is named.
    ///
    /// ```
    /// use evt_runtime::transport::Topic;
    ///
    /// assert!(Topic::default().fields().eq(["event_name"]));
    /// ```
    pub fn fields(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Field(field) => Some(FIELDS[*field].name),
        })
    }

    /// The topic of a message.
    ///
    /// # Errors
    /// [`Outcome::Refused`] where the message lacks a field that the topic names.
    ///
    /// ```
    /// use evt_runtime::relay::{Message, Outcome};
    /// use evt_runtime::transport::Topic;
    ///
    /// fn subject(topic: &Topic, message: &Message) -> Result<String, Outcome> {
    ///     topic.of(message)
    /// }
    /// ```
    pub fn of(&self, message: &Message) -> Result<String, Outcome> {
        let mut topic = String::new();
        for part in &self.0 {
            match part {
                Part::Text(text) => topic.push_str(text),
                Part::Field(field) => {
                    let Field { name, value } = &FIELDS[*field];
                    let value = value(message).filter(|value| !value.is_empty());
                    topic.push_str(&value.ok_or_else(|| self.lacks(name))?);
                }
            }
        }
        Ok(topic)
    }

    fn lacks(&self, name: &str) -> Outcome {
        Outcome::refused("topic", format!("the event has no {name}, which the topic `{self}` names"))
    }
}
