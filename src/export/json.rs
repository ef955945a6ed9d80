//! JSON whose objects keep the order in which they are written, so that people read first what matters first.

use serde_json::Value;

use crate::fingerprint::{compact_json, json_string};
use crate::visible::visible_json;

/// How many columns an array of single values may take before each stands on a line of its own.
const ROOM: usize = 80;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// One in which no order was chosen: keys are sorted.
    Plain(Value),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

/// An object whose keys stand in the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Object(Vec<(String, Json)>);

impl Object {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    pub(crate) fn with(mut self, key: impl Into<String>, value: impl Into<Json>) -> Self {
        self.add(key, value);
        self
    }

    /// Adds a member, or leaves it out.
    pub(crate) fn maybe<T: Into<Json>>(self, key: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds a member that is true, or leaves it out.
    pub(crate) fn mark(self, key: &str, holds: bool) -> Self {
        self.maybe(key, holds.then_some(true))
    }

    /// Adds a member.
    pub(crate) fn add(&mut self, key: impl Into<String>, value: impl Into<Json>) {
        self.0.push((key.into(), value.into()));
    }

    /// The object over several lines, with a line break at its end.
    pub(crate) fn text(self) -> String {
        Json::from(self).text()
    }
}

impl FromIterator<(String, Json)> for Object {
    fn from_iter<T: IntoIterator<Item = (String, Json)>>(members: T) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Json {
    /// The value over several lines, with a line break at its end. What would steer a terminal is escaped.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        write(&mut out, Part::Ours(self), 0);
        out.push('\n');
        visible_json(&out)
    }

    /// The same value, without an order.
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Plain(value) => value,
            Self::List(items) => Value::Array(items.into_iter().map(Self::into_value).collect()),
            Self::Object(Object(members)) => {
                Value::Object(members.into_iter().map(|(key, value)| (key, value.into_value())).collect())
            }
        }
    }
}

macro_rules! from {
    ($($source:ty),*) => {
        $(
            impl From<$source> for Json {
                fn from(value: $source) -> Self {
                    Self::Plain(Value::from(value))
                }
            }
        )*
    };
}

from!(&str, String, bool, i64, u64, u32, f64, Value);

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// A value that is written: of ours, or of a user, whose keys are sorted.
#[derive(Clone, Copy)]
enum Part<'j> {
    Ours(&'j Json),
    Users(&'j Value),
}

impl Part<'_> {
    /// Its text, where it is a single value.
    fn single(self) -> Option<String> {
        match self {
            Self::Ours(Json::Plain(value)) => Part::Users(value).single(),
            Self::Ours(Json::List(_) | Json::Object(_)) | Self::Users(Value::Array(_) | Value::Object(_)) => {
                None
            }
            Self::Users(value) => Some(compact_json(value)),
        }
    }
}

fn write(out: &mut String, part: Part<'_>, depth: usize) {
    match part {
        Part::Ours(Json::Plain(value)) => write(out, Part::Users(value), depth),
        Part::Ours(Json::List(items)) => {
            write_list(out, &items.iter().map(Part::Ours).collect::<Vec<_>>(), depth);
        }
        Part::Ours(Json::Object(Object(members))) => {
            let members = members.iter().map(|(key, value)| (Some(key.as_str()), Part::Ours(value)));
            write_lines(out, ['{', '}'], members.collect(), depth);
        }
        Part::Users(Value::Array(items)) => {
            write_list(out, &items.iter().map(Part::Users).collect::<Vec<_>>(), depth);
        }
        Part::Users(Value::Object(members)) => {
            let members = members.iter().map(|(key, value)| (Some(key.as_str()), Part::Users(value)));
            let mut members: Vec<_> = members.collect();
            members.sort_by_key(|(key, _)| *key);
            write_lines(out, ['{', '}'], members, depth);
        }
        Part::Users(single) => out.push_str(&compact_json(single)),
    }
}

fn write_list(out: &mut String, items: &[Part<'_>], depth: usize) {
    let singles: Option<Vec<String>> = items.iter().map(|item| item.single()).collect();
    match singles.map(|singles| singles.join(", ")).filter(|line| line.len() <= ROOM) {
        Some(line) => {
            out.push('[');
            out.push_str(&line);
            out.push(']');
        }
        None => write_lines(out, ['[', ']'], items.iter().map(|item| (None, *item)).collect(), depth),
    }
}

fn write_lines(
    out: &mut String,
    [open, close]: [char; 2],
    lines: Vec<(Option<&str>, Part<'_>)>,
    depth: usize,
) {
    out.push(open);
    if lines.is_empty() {
        return out.push(close);
    }
    for (index, (key, value)) in lines.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        indent(out, depth + 1);
        if let Some(key) = key {
            json_string(out, key);
            out.push_str(": ");
        }
        write(out, value, depth + 1);
    }
    out.push('\n');
    indent(out, depth);
    out.push(close);
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keys_keep_their_order_and_those_of_users_are_sorted() {
        let inner = json!({ "b": [1, { "z": null, "a": 1.5 }], "a": "\u{1b}\u{9b}\"" });
        let object = Object::new().with("z", inner).with("a", vec!["x", "y"]).with("m", Object::new());
        insta::assert_snapshot!(object.clone().text(), @r#"
        {
          "z": {
            "a": "\u001b\u009b\"",
            "b": [
              1,
              {
                "a": 1.5,
                "z": null
              }
            ]
          },
          "a": ["x", "y"],
          "m": {}
        }
        "#);
        let value = Json::from(object.clone()).into_value();
        assert_eq!(serde_json::from_str::<Value>(&object.text()).expect("it is JSON"), value);
    }

    #[test]
    fn long_lists_stand_below_each_other() {
        let words = vec!["a word of some length"; 5];
        let lines = Json::from(words).text().lines().count();
        assert_eq!((lines, Json::from(Vec::<Json>::new()).text().as_str()), (7, "[]\n"));
    }
}
