use rayon::prelude::*;

use super::json::{Block, Inline, deprecation, field, input_notes, line, lines, texts};
use super::{FORMAT, Schema, Version};
use crate::event::{
    Acceptance, Aggregate, Allowance, CompatMode, Metadata, OnDeadLetter, Ordering, UnknownFields,
};

/// Where the keys of an entry stand.
const INDENT: usize = 6;

impl Schema {
    /// The bytes of the schema file: a function of the content alone.
    #[must_use]
    pub fn text(&self) -> String {
        let versions: Vec<&Version> = self.versions().collect();
        let entries: Vec<String> =
            versions.par_iter().with_min_len(64).map(|version| entry_text(version)).collect();
        let length: usize = entries.iter().map(|entry| entry.len() + 6).sum();
        let mut out = String::with_capacity(length + 64);
        out.push_str("{\n  \"evt\": ");
        out.push_str(&FORMAT.to_string());
        out.push_str(",\n  \"events\": [");
        for (index, entry) in entries.iter().enumerate() {
            out.push_str(if index > 0 { ",\n    " } else { "\n    " });
            out.push_str(entry);
        }
        if !entries.is_empty() {
            line(&mut out, 2);
        }
        out.push_str("]\n}\n");
        out
    }
}

/// One entry of the file, from `{` to `}`, as it stands in it.
#[must_use]
pub fn entry_text(version: &Version) -> String {
    let mut out = String::with_capacity(2048);
    let contract = &version.contract;
    let mut block = Block::open(&mut out, INDENT);
    block.text("event_name", &contract.event_name);
    block.key("event_version").push_str(&version.number.to_string());
    block.text("event_type", &contract.event_type);
    texts(block.key("required_inputs"), &contract.required_inputs);
    texts(block.key("optional_inputs"), &contract.optional_inputs);
    let fields = &contract.payload_fields;
    lines(block.key("payload_fields"), INDENT, fields, |out, written| field(out, INDENT + 2, written));
    block.text("fingerprint", &version.fingerprint.to_string());
    match version.previous {
        Some(previous) => block.text("previous", &previous.to_string()),
        None => block.key("previous").push_str("null"),
    }
    metadata(&mut block, &version.metadata);
    block.optional_text("renamed_to", version.renamed_to.as_deref());
    if version.retired {
        block.key("retired").push_str("true");
    }
    block.close();
    out
}

fn metadata(block: &mut Block<'_>, metadata: &Metadata) {
    block.text("process_type", metadata.process_type.as_str());
    block.optional_text("domain", metadata.domain.as_deref());
    block.optional_text("subject", metadata.subject.as_deref());
    block.optional_text("description", metadata.description.as_deref());
    block.optional_text("owner", metadata.owner.as_deref());
    if let Some(deprecated) = &metadata.deprecated {
        deprecation(block.key("deprecated"), deprecated);
    }
    if let Some(written) = &metadata.aggregate {
        aggregate(block.key("aggregate"), written);
    }
    block.optional_text("partition_key", metadata.partition_key.as_deref());
    block.optional_text("ordering", metadata.ordering.map(Ordering::as_str));
    if metadata.on_dead_letter != OnDeadLetter::Continue {
        block.text("on_dead_letter", metadata.on_dead_letter.as_str());
    }
    if metadata.unknown_fields != UnknownFields::Ignore {
        block.text("unknown_fields", metadata.unknown_fields.as_str());
    }
    block.optional_text("compat", metadata.compat.map(CompatMode::as_str));
    if !metadata.allow.is_empty() {
        lines(block.key("allow"), INDENT, &metadata.allow, allowance);
    }
    if !metadata.accepts.is_empty() {
        lines(block.key("accepts"), INDENT, &metadata.accepts, acceptance);
    }
    block.optional_text("rust_name", metadata.rust_name.as_deref());
    if !metadata.inputs.is_empty() {
        let mut inputs = Block::open(block.key("inputs"), INDENT + 2);
        for (name, notes) in &metadata.inputs {
            input_notes(inputs.key(name), notes);
        }
        inputs.close();
    }
}

fn aggregate(out: &mut String, aggregate: &Aggregate) {
    let mut object = Inline::open(out);
    object.text("type", &aggregate.aggregate_type);
    object.text("id", &aggregate.id);
    object.optional_text("version", aggregate.version.as_deref());
    object.close();
}

fn allowance(out: &mut String, allowance: &Allowance) {
    let mut object = Inline::open(out);
    object.text("rule", &allowance.rule);
    object.text("reason", &allowance.reason);
    if let Some(until) = allowance.until {
        object.text("until", &until.to_string());
    }
    object.close();
}

fn acceptance(out: &mut String, acceptance: &Acceptance) {
    let mut object = Inline::open(out);
    object.text("rule", &acceptance.rule);
    object.optional_text("path", acceptance.path.as_deref());
    object.text("reason", &acceptance.reason);
    object.close();
}
