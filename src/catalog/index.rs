use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::marks;
use crate::markdown::{line, link};
use crate::schema::{Schema, Version};

/// Writes how much there is, and a link to each event under its domain; events without one come last.
pub(super) fn write(out: &mut String, schema: &Schema) {
    let latest = schema.events.values().filter_map(|versions| versions.last());
    let mut domains: BTreeMap<&str, Vec<&Version>> = BTreeMap::new();
    let mut without = Vec::new();
    for version in latest {
        match &version.metadata.domain {
            Some(domain) => domains.entry(domain).or_default().push(version),
            None => without.push(version),
        }
    }
    let events = counted(schema.events.len(), "event");
    let _ = match domains.len() {
        0 => writeln!(out, "\n{events}."),
        count => writeln!(out, "\n{events} in {}.", counted(count, "domain")),
    };
    out.push_str("\n## Events by domain\n");
    for (domain, versions) in domains {
        section(out, &line(domain), &versions);
    }
    if !without.is_empty() {
        section(out, "Without a domain", &without);
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn section(out: &mut String, heading: &str, versions: &[&Version]) {
    let _ = writeln!(out, "\n### {heading}\n");
    for version in versions {
        let _ =
            writeln!(out, "- {}{}{}", link(&version.contract.event_name), marked(version), summary(version));
    }
}

fn marked(version: &Version) -> String {
    let marks = marks(version);
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) }
}

/// The first paragraph of the description.
fn summary(version: &Version) -> String {
    let description = version.metadata.description.as_deref().unwrap_or_default();
    let first = line(description.trim().split("\n\n").next().unwrap_or_default());
    if first.is_empty() { first } else { format!(": {first}") }
}
