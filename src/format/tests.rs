//! What the canonical form is, by example; `properties` holds what is true of every file.

mod comments;
mod fixtures;
mod layout;
mod properties;
mod refusals;

use super::format;
use serde::Deserialize as _;

/// Formats, and formats the result again.
#[track_caller]
fn formatted(text: &str) -> String {
    let once = format(text).expect("the text can be formatted");
    assert_eq!(format(&once).as_ref(), Ok(&once), "formatting twice differs from formatting once");
    once
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    assert_eq!(formatted(text), expected);
}

#[track_caller]
fn stays(text: &str) {
    becomes(text, text);
}

/// What another reader makes of a text. It refuses tabs where YAML allows them.
fn values(text: &str) -> Vec<serde_yaml::Value> {
    serde_yaml::Deserializer::from_str(&text.replace('\t', ""))
        .map(|document| serde_yaml::Value::deserialize(document).expect("the text is YAML"))
        .collect()
}
