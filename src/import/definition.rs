use std::fmt::Write as _;

use crate::definition::is_snake_case;
use crate::event::ProcessType;
use crate::field_type::Field;
use crate::fingerprint::json_string;
use crate::format::format;
use crate::schema::Version;

/// The definition of an event that says what the gem says of its version, formatted.
#[must_use]
pub fn definition_text(version: &Version) -> String {
    let (contract, metadata) = (&version.contract, &version.metadata);
    let mut text = String::new();
    let mut line = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            _ = writeln!(text, "{key}: {}", scalar(value));
        }
    };
    let process_type = Some(metadata.process_type).filter(|kind| *kind != ProcessType::default());
    line("event_name", Some(&contract.event_name));
    line("event_type", Some(&contract.event_type));
    line("process_type", process_type.map(ProcessType::as_str));
    line("domain", metadata.domain.as_deref());
    line("subject", metadata.subject.as_deref());
    let required = contract.required_inputs.iter().map(|input| (input, "required"));
    let inputs: Vec<_> =
        required.chain(contract.optional_inputs.iter().map(|input| (input, "optional"))).collect();
    block(&mut text, "inputs", &inputs, |text, (input, need)| {
        _ = writeln!(text, "  {}: {need}", scalar(input));
    });
    block(&mut text, "payload", &contract.payload_fields, payload_field);
    format(&text).unwrap_or(text)
}

/// The subjects, registered.
pub(super) fn subjects_text<'s>(subjects: impl IntoIterator<Item = &'s str>) -> String {
    let lines = subjects.into_iter().map(|subject| format!("  {}: {{}}\n", scalar(subject)));
    let text = format!("subjects:\n{}", lines.collect::<String>());
    format(&text).unwrap_or(text)
}

fn block<T>(text: &mut String, key: &str, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    if items.is_empty() {
        return;
    }
    _ = writeln!(text, "{key}:");
    for item in items {
        write(text, item);
    }
}

fn payload_field(text: &mut String, field: &Field) {
    _ = writeln!(text, "  {}:", scalar(&field.name));
    let from = field.from.as_deref().unwrap_or_default();
    match &field.attr {
        None => _ = writeln!(text, "    from: {}", scalar(from)),
        Some(attr) if is_snake_case(from) && is_snake_case(attr) => {
            _ = writeln!(text, "    from: {from}.{attr}");
        }
        Some(attr) => _ = writeln!(text, "    from: {}\n    attr: {}", scalar(from), scalar(attr)),
    }
    if !field.required {
        text.push_str("    required: false\n");
    }
}

/// A text as YAML reads it: quoted unless it is a plain word.
fn scalar(text: &str) -> String {
    if is_snake_case(text) && !["null", "true", "false"].contains(&text) {
        return text.to_owned();
    }
    let mut quoted = String::new();
    json_string(&mut quoted, text);
    quoted
}
