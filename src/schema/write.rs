use std::io;

use rayon::prelude::*;

use super::json::{Block, Inline, deprecation, field, input_notes, line, lines, texts};
use super::{FORMAT, Schema, Version};
use crate::event::{
    Acceptance, Aggregate, Allowance, CompatMode, Metadata, OnDeadLetter, Ordering, UnknownFields,
};

/// Where the keys of an entry stand.
const INDENT: usize = 6;

/// How many entries are written at a time.
const CHUNK: usize = 256;

impl Schema {
    /// The bytes of the schema file: a function of the content alone.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(|chunk| {
            out.push_str(chunk);
            true
        });
        out
    }

    /// Writes the bytes of [`text`](Self::text) to `out`, without holding them all.
    ///
    /// # Errors
    /// What `out` gives.
    pub fn write_to(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut written = Ok(());
        self.write(|chunk| {
            written = out.write_all(chunk.as_bytes());
            written.is_ok()
        });
        written
    }

    /// Writes the file chunk by chunk, as long as `take` wants more; says whether it took all.
    fn write(&self, mut take: impl FnMut(&str) -> bool) -> bool {
        let versions: Vec<&Version> = self.versions().collect();
        let mut goes_on = take(&format!("{{\n  \"evt\": {FORMAT},\n  \"events\": ["));
        let mut ready: Vec<String> = Vec::new();
        // While one window is taken, the next one is made.
        for window in versions.chunks(CHUNK * rayon::current_num_threads()) {
            let mut next: Vec<String> = Vec::new();
            rayon::in_place_scope(|scope| {
                scope.spawn(|_| window.par_chunks(CHUNK).map(entries_text).collect_into_vec(&mut next));
                goes_on = goes_on && ready.iter().all(|chunk| take(chunk));
            });
            // The first entry has no comma before it.
            if ready.is_empty() {
                next[0].remove(0);
            }
            ready = next;
        }
        goes_on = goes_on && ready.iter().all(|chunk| take(chunk));
        goes_on && take(if versions.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" })
    }
}

/// Entries with a comma before each.
fn entries_text(versions: &[&Version]) -> String {
    let mut out = String::with_capacity(versions.len() * 2048);
    for version in versions {
        out.push(',');
        line(&mut out, INDENT - 2);
        write_entry(&mut out, version);
    }
    out
}

/// One entry of the file, from `{` to `}`, as it stands in it.
#[must_use]
pub fn entry_text(version: &Version) -> String {
    let mut out = String::with_capacity(2048);
    write_entry(&mut out, version);
    out
}

fn write_entry(out: &mut String, version: &Version) {
    let contract = &version.contract;
    let mut block = Block::open(out, INDENT);
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
            input_notes(inputs.named(name), notes);
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
