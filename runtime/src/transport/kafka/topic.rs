use super::Topic;
use crate::relay::{Message, Outcome};

/// A topic's name is that of a folder, with the number of a partition behind it.
const LONGEST: usize = 249;

/// The topic that the template names.
pub(super) fn of(topic: &Topic, message: &Message) -> Result<String, Outcome> {
    let name = topic.of(message)?;
    match wrong_with(&name) {
        None => Ok(name),
        Some(what) => Err(Outcome::refused("topic", format!("`{name}` is no topic of Kafka: {what}"))),
    }
}

/// Why no topic can be called so. Source:
/// <https://github.com/apache/kafka/blob/trunk/clients/src/main/java/org/apache/kafka/common/internals/Topic.java>
fn wrong_with(name: &str) -> Option<&'static str> {
    if !name.chars().all(|sign| sign.is_ascii_alphanumeric() || ['.', '_', '-'].contains(&sign)) {
        return Some("it holds something else than a–z, A–Z, 0–9, `.`, `_` and `-`");
    }
    if ["", ".", ".."].contains(&name) {
        return Some("it is empty, `.` or `..`");
    }
    (name.len() > LONGEST).then_some("it is longer than 249 letters")
}

#[cfg(test)]
mod tests {
    use super::wrong_with;

    #[test]
    fn a_topic_is_made_of_few_letters() {
        assert_eq!(wrong_with("events.cow_fed-7.V2"), None);
        for name in ["", ".", "..", "cow fed", "cow/fed", "kühe", "cow\0", "cow*"] {
            assert!(wrong_with(name).is_some(), "{name:?}");
        }
        assert_eq!(wrong_with(&"c".repeat(249)), None);
        assert!(wrong_with(&"c".repeat(250)).is_some());
    }
}
