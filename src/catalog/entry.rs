use std::fmt::Write as _;

use super::{deprecated, payload};
use crate::event::{Aggregate, CompatMode, Contract, OnDeadLetter, Ordering, UnknownFields};
use crate::markdown::{anchor, code, fenced, line, link, paragraphs, row};
use crate::sample::sample_text;
use crate::schema::{Schema, Version};

/// Writes all about the latest version of an event.
pub(super) fn write(out: &mut String, schema: &Schema, latest: &Version, renamed_from: &[&str]) {
    let name = &latest.contract.event_name;
    let _ = writeln!(out, "\n<a id=\"{}\"></a>\n\n## {}", anchor(name), line(name));
    out.push_str(&paragraphs(latest.metadata.description.as_deref().unwrap_or_default(), line));
    warnings(out, schema, latest, renamed_from);
    let _ = writeln!(out, "\n{}", facts(latest).join(" · "));
    inputs(out, latest);
    payload::write(out, &latest.contract);
    sample(out, &latest.contract);
}

fn warnings(out: &mut String, schema: &Schema, latest: &Version, renamed_from: &[&str]) {
    if let Some(deprecation) = &latest.metadata.deprecated {
        let _ = writeln!(out, "\n{}", deprecated(deprecation));
    }
    let linked = |name: &str| if schema.events.contains_key(name) { link(name) } else { code(name) };
    match (&latest.renamed_to, latest.retired) {
        (Some(new), _) => {
            let _ = writeln!(out, "\n**Renamed** to {}; kept so that old rows stay readable.", linked(new));
        }
        (None, true) => {
            out.push_str("\n**Retired**: it has no definition any more; old rows stay readable.\n");
        }
        (None, false) => {}
    }
    for old in renamed_from {
        let _ = writeln!(out, "\nRenamed from {}.", linked(old));
    }
}

fn facts(latest: &Version) -> Vec<String> {
    let metadata = &latest.metadata;
    let fact = |name: &str, value: Option<&str>| value.map(|value| format!("{name} {}", code(value)));
    let facts = [
        Some(format!("Version {}", latest.number)),
        fact("type", Some(&latest.contract.event_type)),
        fact("process type", Some(metadata.process_type.as_str())),
        fact("subject", metadata.subject.as_deref()),
        fact("owner", metadata.owner.as_deref()),
        metadata.aggregate.as_deref().map(aggregate),
        fact("partition key", metadata.partition_key.as_deref()),
        fact("ordering", metadata.ordering.map(Ordering::as_str)),
        match metadata.on_dead_letter {
            OnDeadLetter::Continue => None,
            OnDeadLetter::Halt => Some("halts its key on a dead letter".to_owned()),
        },
        match metadata.unknown_fields {
            UnknownFields::Ignore => None,
            UnknownFields::Reject => Some("refuses unknown fields".to_owned()),
        },
        fact("compatibility", metadata.compat.map(CompatMode::as_str)),
    ];
    facts.into_iter().flatten().collect()
}

fn aggregate(aggregate: &Aggregate) -> String {
    let version =
        aggregate.version.as_ref().map_or_else(String::new, |version| format!(" at {}", code(version)));
    format!("aggregate {} by {}{version}", code(&aggregate.aggregate_type), code(&aggregate.id))
}

fn inputs(out: &mut String, latest: &Version) {
    let contract = &latest.contract;
    let required = contract.required_inputs.iter().map(|name| (name, "required"));
    let all: Vec<_> =
        required.chain(contract.optional_inputs.iter().map(|name| (name, "optional"))).collect();
    if all.is_empty() {
        return;
    }
    out.push_str("\n### Inputs\n\n| Input | Presence | Description |\n| --- | --- | --- |\n");
    for (name, presence) in all {
        let notes = latest.metadata.inputs.get(name);
        let description = notes.and_then(|notes| notes.description.as_deref()).map(line).unwrap_or_default();
        out.push_str(&row(&[code(name), presence.to_owned(), description]));
    }
}

fn sample(out: &mut String, contract: &Contract) {
    if !contract.payload_fields.is_empty() {
        out.push_str("\n### Sample payload\n");
        out.push_str(&fenced("json", &sample_text(contract)));
    }
}
