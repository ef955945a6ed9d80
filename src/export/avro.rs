//! Avro schemas of payloads: <https://avro.apache.org/docs/1.11.1/specification/>.
//!
//! A value keeps its meaning where Avro has a type of just that meaning, else its text: decimals have no scale of their
//! own, instants any number of digits, and `json` is anything. A union begins with the branch of its default, as Avro
//! 1.11 wants it.

mod default;
mod field;
mod name;
mod record;

use std::collections::BTreeMap;

pub use self::name::{NameCollision, finding};

use self::name::{namespace, valid};
use super::json::Json;
use crate::schema::Version;

/// What the schema does not say.
#[derive(Clone, Copy, Debug, Default)]
pub struct Settings<'s> {
    /// The `CloudEvents` source, of whose words the namespace is made, before the domain.
    pub source: Option<&'s str>,
    /// The namespace of all records instead.
    pub namespace: Option<&'s str>,
}

/// The schema of the payload of one version.
///
/// # Errors
/// Names that come out equal.
///
/// ```
/// use evt::export::avro::{Settings, schema_text};
/// use evt::schema::Version;
///
/// fn text(version: &Version) -> Option<String> {
///     schema_text(version, &Settings::default()).ok()
/// }
/// ```
pub fn schema_text(version: &Version, settings: &Settings<'_>) -> Result<String, Vec<NameCollision>> {
    let mut collisions = Vec::new();
    let record = record::record(version, &place(version, settings), &mut collisions);
    if collisions.is_empty() { Ok(Json::from(record).text()) } else { Err(collisions) }
}

/// The schemas of several events, one version of each: a union.
///
/// # Errors
/// Names that come out equal.
///
/// ```
/// use evt::export::avro::{Settings, union_text};
///
/// assert_eq!(union_text(&[], &Settings::default()).as_deref(), Ok("[]\n"));
/// ```
pub fn union_text(versions: &[&Version], settings: &Settings<'_>) -> Result<String, Vec<NameCollision>> {
    let (mut records, mut collisions) = (Vec::new(), Vec::new());
    let mut taken: BTreeMap<String, &Version> = BTreeMap::new();
    for version in versions {
        let place = place(version, settings);
        let name = place.full_name();
        if let Some(first) = taken.get(&name) {
            collisions.push(NameCollision::of_events(name.clone(), first, version));
        }
        records.push(record::record(version, &place, &mut collisions));
        taken.insert(name, version);
    }
    if collisions.is_empty() { Ok(Json::from(records).text()) } else { Err(collisions) }
}

/// Where the record of a version stands.
#[derive(Clone, Debug)]
struct Place {
    /// Nothing where there is no namespace.
    namespace: String,
    name: String,
}

impl Place {
    fn full_name(&self) -> String {
        joined(&self.namespace, &self.name)
    }

    /// The namespace of the types inside of the record, which no other record's types are in.
    fn of_types(&self) -> String {
        joined(&self.namespace, &format!("{}_types", self.name))
    }
}

fn place(version: &Version, settings: &Settings<'_>) -> Place {
    let namespace = match settings.namespace {
        Some(namespace) => namespace.to_owned(),
        None => namespace(settings.source, version.metadata.domain.as_deref()),
    };
    Place { namespace, name: valid(&version.contract.event_name) }
}

fn joined(namespace: &str, name: &str) -> String {
    if namespace.is_empty() { name.to_owned() } else { format!("{namespace}.{name}") }
}

#[cfg(test)]
mod tests;
