//! Entries that say just what a definition says: known by their text, without being parsed.
//!
//! Most entries of a schema file are the latest versions of events that have not changed. What `evt dump` would write
//! for them is known, and where it is what stands there, parsing could find nothing else. Their fingerprints are
//! computed and checked like all others.

use std::sync::Arc;

use memchr::memmem;

use super::{Version, entry_text};
use crate::event::{Contract, Metadata};
use crate::fingerprint::Fingerprint;

/// What a definition says of an event.
#[derive(Clone, Copy, Debug)]
pub struct Said<'d> {
    /// Its contract.
    pub contract: &'d Arc<Contract>,
    /// The rest.
    pub metadata: &'d Arc<Metadata>,
}

/// The version that an entry describes, if `said` is what it says.
pub(super) fn recognise(text: &str, said: Said<'_>) -> Option<Version> {
    let version = Version {
        number: value(text, "\n      \"event_version\": ")?.parse().ok()?,
        contract: Arc::clone(said.contract),
        fingerprint: Fingerprint::parse(quoted(text, "\n      \"fingerprint\": ")?)?,
        previous: match value(text, "\n      \"previous\": ")? {
            "null" => None,
            _ => Some(Fingerprint::parse(quoted(text, "\n      \"previous\": ")?)?),
        },
        metadata: Arc::clone(said.metadata),
        renamed_to: None,
        retired: false,
    };
    (entry_text(&version) == text).then_some(version)
}

/// The name of the event of an entry that is laid out as `evt dump` lays it out.
pub(super) fn event_name(text: &str) -> Option<&str> {
    quoted(text, "{\n      \"event_name\": ").filter(|_| text.starts_with("{\n      \"event_name\": "))
}

/// What stands on the line of a key, up to the comma.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let rest = &text[memmem::find(text.as_bytes(), key.as_bytes())? + key.len()..];
    rest.lines().next()?.strip_suffix(',')
}

fn quoted<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    value(text, key)?.strip_prefix('"')?.strip_suffix('"')
}
