//! A topic as Debezium's outbox router makes it: of one column, by a regular expression.

use std::fmt;

use evt_runtime::transport::Topic;

/// Why the router cannot make a topic.
///
/// ```
/// use evt::export::debezium::BadRoute;
///
/// let error = BadRoute::Number { field: "event_version" };
/// assert_eq!(error.to_string(), "`{event_version}` is a number, and Debezium's outbox router makes topics of texts");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadRoute {
    /// It names several columns.
    Several {
        /// The topic.
        topic: String,
        /// Its columns.
        fields: Vec<&'static str>,
    },
    /// It names a column that holds no text.
    Number {
        /// The column.
        field: &'static str,
    },
    /// It holds what no topic of Kafka does.
    Sign {
        /// The topic.
        topic: String,
        /// The sign.
        sign: char,
    },
}

impl std::error::Error for BadRoute {}

impl fmt::Display for BadRoute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Several { topic, fields } => {
                let fields = fields.join(" and ");
                write!(
                    f,
                    "`{topic}` names {fields}, and Debezium's outbox router makes a topic of one column"
                )
            }
            Self::Number { field } => {
                write!(f, "`{{{field}}}` is a number, and Debezium's outbox router makes topics of texts")
            }
            Self::Sign { topic, sign } => {
                write!(
                    f,
                    "`{topic}` holds `{sign}`: a topic of Kafka is of letters, digits, `.`, `_` and `-`"
                )
            }
        }
    }
}

/// The column that the router looks at where the topic names none.
const ANY: &str = "event_name";

/// The column of a topic, and what is put in its place.
pub(super) fn of(topic: &Topic) -> Result<(&'static str, String), BadRoute> {
    let mut fields: Vec<_> = topic.fields().collect();
    fields.sort_unstable();
    fields.dedup();
    let template = topic.to_string();
    let hole = |field: &str| format!("{{{field}}}");
    let bare = fields.iter().fold(template.clone(), |bare, field| bare.replace(&hole(field), ""));
    if let Some(sign) = bare.chars().find(|sign| !sign.is_ascii_alphanumeric() && !"._-".contains(*sign)) {
        return Err(BadRoute::Sign { topic: template, sign });
    }
    match fields[..] {
        [] => Ok((ANY, template)),
        [field @ "event_version"] => Err(BadRoute::Number { field }),
        [field] => Ok((field, template.replace(&hole(field), "${routedByValue}"))),
        _ => Err(BadRoute::Several { topic: template, fields }),
    }
}

/// Whether an event may have nothing in a field of a topic.
///
/// ```
/// use evt::export::debezium::may_be_absent;
///
/// assert!(may_be_absent("domain") && !may_be_absent("event_name"));
/// ```
#[must_use]
pub fn may_be_absent(field: &str) -> bool {
    !["event_name", "event_version"].contains(&field)
}
