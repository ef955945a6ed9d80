use serde::Serialize;

use crate::event::{CompatMode, Deprecation, Metadata, OnDeadLetter, Ordering, UnknownFields};
use crate::listing::{acceptance_text, aggregate_text, allowance_text};
use crate::schema::Version;
use crate::visible::{visible, visible_text};

/// What a version says besides its payload, as the page's script reads it.
#[derive(Serialize)]
pub(super) struct About {
    #[serde(rename = "type")]
    event_type: String,
    process: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<Deprecated>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renamed: Option<String>,
    /// 1 where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    retired: Option<u8>,
    /// What is said of few events: a label and a text each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    facts: Vec<(&'static str, String)>,
    /// Name, presence and description of each input.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<(String, &'static str, String)>,
}

#[derive(Serialize)]
struct Deprecated {
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sunset: Option<String>,
}

impl About {
    /// All that a version says.
    pub(super) fn of(version: &Version) -> Self {
        let metadata = &version.metadata;
        let shown = |text: &Option<String>| text.as_deref().map(visible);
        Self {
            event_type: visible(&version.contract.event_type),
            process: metadata.process_type.as_str(),
            description: metadata.description.as_deref().map(|text| visible_text(text.trim())),
            domain: shown(&metadata.domain),
            subject: shown(&metadata.subject),
            owner: shown(&metadata.owner),
            deprecated: metadata.deprecated.as_deref().map(deprecated),
            renamed: shown(&version.renamed_to),
            retired: version.retired.then_some(1),
            facts: facts(metadata),
            inputs: inputs(version),
        }
    }

    /// The JSON of it.
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }
}

fn deprecated(deprecation: &Deprecation) -> Deprecated {
    Deprecated {
        reason: deprecation.reason.as_deref().map(visible),
        sunset: deprecation.sunset.map(|day| day.to_string()),
    }
}

fn facts(metadata: &Metadata) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("Aggregate", metadata.aggregate.as_deref().map(aggregate_text)),
        ("Partition key", metadata.partition_key.clone()),
        ("Ordering", metadata.ordering.map(|Ordering::Strict| "strict".to_owned())),
        ("Dead letters", halts(metadata.on_dead_letter)),
        ("Unknown fields", refuses(metadata.unknown_fields)),
        ("Compatibility", metadata.compat.map(CompatMode::as_str).map(str::to_owned)),
    ];
    facts.extend(metadata.allow.iter().map(|entry| ("Allows", Some(allowance_text(entry)))));
    facts.extend(metadata.accepts.iter().map(|entry| ("Accepts", Some(acceptance_text(entry)))));
    facts.into_iter().filter_map(|(label, text)| Some((label, visible(&text?)))).collect()
}

fn halts(on_dead_letter: OnDeadLetter) -> Option<String> {
    match on_dead_letter {
        OnDeadLetter::Continue => None,
        OnDeadLetter::Halt => Some("halt their key".to_owned()),
    }
}

fn refuses(unknown_fields: UnknownFields) -> Option<String> {
    match unknown_fields {
        UnknownFields::Ignore => None,
        UnknownFields::Reject => Some("are refused".to_owned()),
    }
}

fn inputs(version: &Version) -> Vec<(String, &'static str, String)> {
    let contract = &version.contract;
    let required = contract.required_inputs.iter().map(|name| (name, "required"));
    let all = required.chain(contract.optional_inputs.iter().map(|name| (name, "optional")));
    let described = |name: &String| {
        let notes = version.metadata.inputs.get(name);
        notes.and_then(|notes| notes.description.as_deref()).map(|text| visible_text(text.trim()))
    };
    all.map(|(name, presence)| (visible(name), presence, described(name).unwrap_or_default())).collect()
}
