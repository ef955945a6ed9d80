use crate::finding::Finding;
use crate::rule;
use crate::schema::Version;

/// What Avro itself calls types: no record may have such a name.
const RESERVED: [&str; 16] = [
    "null", "boolean", "int", "long", "float", "double", "bytes", "string", "record", "error", "enum",
    "array", "map", "union", "fixed", "request",
];

/// Two names that come out equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameCollision {
    /// The name in Avro.
    pub name: String,
    /// The event.
    pub event: String,
    /// Its version.
    pub version: u32,
    /// The object that both fields stand in, empty for the payload; `None` where events collide.
    pub path: Option<String>,
    /// What had the name first.
    pub first: String,
    /// What has it too.
    pub second: String,
}

impl NameCollision {
    pub(super) fn of_events(name: String, first: &Version, second: &Version) -> Self {
        let event = |version: &Version| version.contract.event_name.clone();
        Self {
            name,
            event: event(second),
            version: second.number,
            path: None,
            first: event(first),
            second: event(second),
        }
    }
}

/// What is told of a collision.
///
/// ```
/// use evt::export::avro::{NameCollision, finding};
///
/// let collision = NameCollision {
///     name: "cow_id".to_owned(),
///     event: "cow_fed".to_owned(),
///     version: 1,
///     path: Some(String::new()),
///     first: "cow-id".to_owned(),
///     second: "cow_id".to_owned(),
/// };
/// assert_eq!(finding(&collision).message, "the fields `cow-id` and `cow_id` are both `cow_id` in Avro");
/// ```
#[must_use]
pub fn finding(collision: &NameCollision) -> Finding {
    let NameCollision { name, event, version, path, first, second } = collision;
    let what = if path.is_some() { "fields" } else { "events" };
    let message = format!("the {what} `{first}` and `{second}` are both `{name}` in Avro");
    let finding = Finding::new(&rule::AVRO_NAME_COLLISION, message)
        .event(event)
        .version(*version)
        .help("an Avro name holds letters of ASCII, digits and `_`: all else becomes `_`");
    match path {
        Some(path) if !path.is_empty() => finding.path(path),
        Some(_) | None => finding,
    }
}

/// A name as Avro takes it for a record or a type: what is no letter of ASCII, no digit and no `_` becomes `_`; before a
/// first digit, and behind a name of Avro's own, stands `_`.
pub(super) fn valid(name: &str) -> String {
    let name = valid_field(name);
    if RESERVED.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// The same for a field, which may be called as types are.
pub(super) fn valid_field(name: &str) -> String {
    let sign = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = name.chars().map(sign).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) || name.is_empty() {
        return format!("_{name}");
    }
    name
}

/// Whether a text is a name as it is.
pub(super) fn is_valid(name: &str) -> bool {
    !name.is_empty() && valid_field(name) == name
}

/// The words of a source, its scheme aside, and the domain: `urn:evt:shop` and `sales` give `evt.shop.sales`.
pub(super) fn namespace(source: Option<&str>, domain: Option<&str>) -> String {
    let source = source.unwrap_or_default();
    let source = source.split_once(':').map_or(source, |(_, behind)| behind);
    let parts = source.split(|c: char| c.is_ascii_punctuation() && !"_-".contains(c));
    let words = parts.chain(domain).map(str::trim).filter(|word| !word.is_empty());
    words.map(valid_field).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_avro_refuses_are_changed() {
        let known =
            [("cow_fed", "cow_fed"), ("Cow fed!", "Cow_fed_"), ("1st", "_1st"), ("é", "_"), ("", "_")];
        for (name, wanted) in known {
            assert_eq!(valid(name), wanted, "{name}");
        }
        assert_eq!([valid("record"), valid_field("record")], ["record_", "record"]);
    }

    #[test]
    fn a_namespace_is_made_of_source_and_domain() {
        let known = [
            (Some("urn:evt:shop"), Some("sales"), "evt.shop.sales"),
            (Some("https://farm.example/events/"), None, "farm.example.events"),
            (Some("/farm/my-barn"), Some("2nd floor"), "farm.my_barn._2nd_floor"),
            (Some("farm"), None, "farm"),
            (None, None, ""),
        ];
        for (source, domain, wanted) in known {
            assert_eq!(namespace(source, domain), wanted, "{source:?} {domain:?}");
        }
    }
}
