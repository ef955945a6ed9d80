//! What is read from an event's inputs, and how.

use std::collections::BTreeMap;

use super::Sink;
use super::keys::{Key, keys};
use crate::definition::{Body, Completeness, FieldDefinition, InputDefinition};
use crate::field_type::Item;
use crate::finding::Finding;
use crate::fingerprint::type_text;
use crate::rule;
use crate::source::Span;
use crate::suggest;

/// The uses of the inputs of one event.
#[derive(Default)]
struct Uses<'d> {
    passed_through: BTreeMap<&'d str, Span>,
    read: BTreeMap<&'d str, Span>,
}

/// Holds every use of an input against its declaration.
pub(super) fn check_inputs(body: &Body, items: &[Option<Item>], sink: &mut Sink<'_>) {
    let mut uses = Uses::default();
    for field in &body.payload.fields {
        check_field(field, &body.inputs, &mut uses, sink);
    }
    for Key { path, what, .. } in keys(body) {
        if let Some(input) = declared(&path.value.input, path.span, &body.inputs, sink) {
            uses.read.entry(&path.value.input).or_insert(path.span);
            if !input.required {
                let message = format!("{what} is read from the optional input `{}`", path.value.input);
                let finding = Finding::new(&rule::OPTIONAL_INPUT, message)
                    .at(sink.file, path.span)
                    .label("may be absent")
                    .related(sink.file, input.name.span, "optional here")
                    .help(format!("make the input `{}` required", path.value.input));
                sink.add(finding);
            }
        }
    }
    check_ways(&uses, sink);
    // A field that could not be read, or that misspells its input, may be the one that reads it.
    let is_misspelt = sink.findings.iter().any(|finding| finding.rule.id == rule::UNKNOWN_INPUT.id);
    let is_whole = body.payload.completeness == Completeness::Whole
        && body.payload.fields.iter().all(|field| field.from.is_some());
    if is_whole && !is_misspelt {
        check_unused(body, &uses, sink);
    }
    check_types(body, items, sink);
}

fn check_field<'d>(
    field: &'d FieldDefinition,
    inputs: &'d [InputDefinition],
    uses: &mut Uses<'d>,
    sink: &mut Sink<'_>,
) {
    let Some(from) = &field.from else { return };
    let Some(input) = declared(&from.value, from.span, inputs, sink) else { return };
    let used = if field.attr.is_some() { &mut uses.read } else { &mut uses.passed_through };
    used.entry(&from.value).or_insert(from.span);
    if field.required && !input.required {
        let message =
            format!("the required field `{}` reads the optional input `{}`", field.name.value, from.value);
        let finding = Finding::new(&rule::OPTIONAL_INPUT, message)
            .at(sink.file, from.span)
            .label("may be absent")
            .related(sink.file, input.name.span, "optional here")
            .path(&field.name.value);
        let name = &field.name.value;
        sink.add(finding.help(format!(
            "make the input `{}` required, or the field `{name}` optional with `required: false`",
            from.value
        )));
    }
}

fn declared<'d>(
    name: &str,
    span: Span,
    inputs: &'d [InputDefinition],
    sink: &mut Sink<'_>,
) -> Option<&'d InputDefinition> {
    let input = inputs.iter().find(|input| input.name.value == name);
    if input.is_none() {
        let near = suggest::nearest(name, inputs.iter().map(|input| input.name.value.as_str()));
        let mut finding = Finding::new(&rule::UNKNOWN_INPUT, format!("no input is called `{name}`"))
            .at(sink.file, span)
            .label("not under `inputs`")
            .suggest(near);
        if let Some(input) = inputs.iter().find(|input| Some(input.name.value.as_str()) == near) {
            finding = finding.related(sink.file, input.name.span, "the nearest one");
        } else {
            finding = finding.help(format!("declare it: `inputs: {{ {name}: required }}`"));
        }
        sink.add(finding);
    }
    input
}

fn check_ways(uses: &Uses<'_>, sink: &mut Sink<'_>) {
    for (input, passed) in &uses.passed_through {
        if let Some(read) = uses.read.get(input) {
            let message = format!("the input `{input}` is both the value itself and read by attribute");
            let finding = Finding::new(&rule::INPUT_READ_TWO_WAYS, message)
                .at(sink.file, *passed)
                .label("the value itself here")
                .related(sink.file, *read, "an attribute of it here")
                .help("take the value as an input of its own");
            sink.add(finding);
        }
    }
}

fn check_unused(body: &Body, uses: &Uses<'_>, sink: &mut Sink<'_>) {
    for input in &body.inputs {
        let name = input.name.value.as_str();
        if !uses.read.contains_key(name) && !uses.passed_through.contains_key(name) {
            let finding = Finding::new(&rule::UNUSED_INPUT, format!("nothing reads the input `{name}`"))
                .at(sink.file, input.name.span)
                .label("every caller has to provide it")
                .help("read it in the payload, or remove it");
            sink.add(finding);
        }
    }
}

/// One attribute has one type, whichever fields read it.
fn check_types(body: &Body, items: &[Option<Item>], sink: &mut Sink<'_>) {
    let mut first: BTreeMap<(&str, &str), (Span, &Item)> = BTreeMap::new();
    for (definition, item) in body.payload.fields.iter().zip(items) {
        let (Some(from), Some(item)) = (&definition.from, item) else { continue };
        let attr = definition.attr.as_ref().map_or("", |attr| attr.value.as_str());
        let span = definition.item.type_expression.span;
        let Some((other, other_item)) = first.get(&(from.value.as_str(), attr)) else {
            first.insert((&from.value, attr), (span, item));
            continue;
        };
        let (text, other_text) = (read_as(item), read_as(other_item));
        if text != other_text {
            let read = if attr.is_empty() { from.value.clone() } else { format!("{}.{attr}", from.value) };
            let finding = Finding::new(&rule::ATTR_TYPE_CONFLICT, format!("`{read}` is read at two types"))
                .at(sink.file, span)
                .label(format!("`{}` here", crate::finding::shorten(&text)))
                .related(sink.file, *other, format!("`{}` here", crate::finding::shorten(&other_text)))
                .path(&definition.name.value);
            sink.add(finding.help("read it at one type, or read another attribute"));
        }
    }
}

/// The type at which an attribute is read, as far as it makes a difference to Rust.
fn read_as(item: &Item) -> String {
    let nullable = if item.flags.nullable { ", nullable" } else { "" };
    match &item.notes.named {
        Some(name) => format!("{name}{nullable}"),
        None => format!("{}{nullable}", type_text(&item.field_type)),
    }
}
