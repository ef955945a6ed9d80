use super::Topic;
use crate::relay::{Message, Outcome};

/// The server closes the connection over a line of more than 4 KiB, which holds the subject and some more.
const LONGEST: usize = 1_024;

/// The subject that the topic names.
pub(super) fn of(topic: &Topic, message: &Message) -> Result<String, Outcome> {
    let subject = topic.of(message)?;
    match wrong_with(&subject) {
        None => Ok(subject),
        Some(what) => Err(Outcome::refused("topic", format!("`{subject}` is no subject: {what}"))),
    }
}

/// Why nothing can be published to a subject. Source: <https://docs.nats.io/nats-concepts/subjects>
fn wrong_with(subject: &str) -> Option<&'static str> {
    if subject.chars().any(|sign| sign.is_whitespace() || sign.is_control()) {
        return Some("it holds a space or a control character");
    }
    if subject.contains(['*', '>']) {
        return Some("it holds a wildcard");
    }
    if subject.split('.').any(str::is_empty) {
        return Some("there is nothing between two dots, before or behind one");
    }
    (subject.len() > LONGEST).then_some("it is longer than 1,024 bytes")
}

#[cfg(test)]
mod tests {
    use super::wrong_with;

    #[test]
    fn a_subject_is_made_of_tokens_without_wildcards() {
        assert_eq!(wrong_with("events.cow_fed.kühe"), None);
        for subject in ["cow fed", "cow\tfed", "cow\u{0}", "cow.*", "cow>", "", ".cow", "cow.", "cow..fed"] {
            assert!(wrong_with(subject).is_some(), "{subject:?}");
        }
        assert_eq!(wrong_with(&"c".repeat(1_024)), None);
        assert!(wrong_with(&"c".repeat(1_025)).is_some());
    }
}
