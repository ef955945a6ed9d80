//! One event: its contract and its metadata, and whether they hold together.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::expand::{Expander, Names, field_of};
use super::inputs::check_inputs;
use super::keys::check_keys;
use super::{DefinedEvent, Registers, Sink, Subject};
use crate::definition::{AggregateDefinition, Body, EventDefinition};
use crate::event::{Aggregate, Contract, Event, InputNotes, Metadata, RustType};
use crate::field_type::Item;
use crate::finding::Finding;
use crate::rule;
use crate::source::Spanned;
use crate::suggest;

/// What an event means, and what is wrong with it. Where something is wrong, the event may lack fields.
pub(super) fn check_event(
    definition: Box<EventDefinition>,
    registers: &Registers,
) -> (Box<DefinedEvent>, Vec<Finding>) {
    let mut sink = Sink::of_event(&definition);
    let mut names = &registers.named;
    let names: &mut dyn Names = &mut names;
    let mut expander = Expander::new(names);
    let fields = definition.body.payload.fields.iter();
    let items: Vec<Option<Item>> = fields.map(|field| expander.field_item(field, 0, &mut sink)).collect();
    check_inputs(&definition.body, &items, &mut sink);
    check_subject(&definition.body, &registers.subjects, &mut sink);
    check_keys(&definition.body, &items, &mut sink);
    let findings = sink.findings;
    (Box::new(defined_event(*definition, items)), findings)
}

fn check_subject(body: &Body, subjects: &BTreeMap<String, Subject>, sink: &mut Sink<'_>) {
    let Some(subject) = &body.subject else { return };
    if subjects.contains_key(&subject.value) {
        return;
    }
    let near = suggest::nearest(&subject.value, subjects.keys().map(String::as_str));
    let mut finding =
        Finding::new(&rule::UNREGISTERED_SUBJECT, format!("no subject is called `{}`", subject.value))
            .at(sink.file, subject.span)
            .label("registered nowhere")
            .suggest(near);
    match near.and_then(|near| subjects.get(near)) {
        Some(near) => finding = finding.related(&near.location.file, near.location.span, "the nearest one"),
        None => {
            let entry = format!("register it: `subjects: {{ {}: {{ description: … }} }}`", subject.value);
            finding = finding.help(entry);
        }
    }
    sink.add(finding);
}

fn defined_event(definition: EventDefinition, items: Vec<Option<Item>>) -> DefinedEvent {
    let location = definition.locate(definition.name.span);
    let renamed = definition.renamed_from.as_ref().map(|old| definition.locate(old.span));
    let EventDefinition { name, renamed_from, rust_name, mut body, .. } = definition;
    let written = std::mem::take(&mut body.payload.fields);
    let mut fields = Vec::with_capacity(written.len());
    let mut places = Vec::with_capacity(written.len());
    for (written, item) in written.into_iter().zip(items) {
        let Some(item) = item else { continue };
        places.push(written.name.span);
        fields.push(field_of(written, item));
    }
    let names = |required: bool| {
        let inputs = body.inputs.iter().filter(|input| input.required == required);
        let mut names = Vec::with_capacity(inputs.clone().count());
        names.extend(inputs.map(|input| input.name.value.clone()));
        names
    };
    let contract = Contract {
        event_name: name.value,
        event_type: body.event_type.clone(),
        required_inputs: names(true),
        optional_inputs: names(false),
        payload_fields: fields,
    };
    let event = Event {
        contract: Arc::new(contract),
        metadata: Arc::new(metadata(body, rust_name)),
        renamed_from: renamed_from.map(|old| old.value),
    };
    DefinedEvent { event, location, renamed_from: renamed, field_places: places.into() }
}

fn metadata(body: Body, rust_name: Option<String>) -> Metadata {
    let text = |text: Option<Spanned<String>>| text.map(|text| text.value);
    let inputs = body.inputs.into_iter().filter_map(|input| {
        let rust = input.rust.map(|rust| RustType { path: rust.path, access: rust.access });
        let notes = InputNotes { description: input.description, rust };
        (notes != InputNotes::default()).then_some((input.name.value, notes))
    });
    Metadata {
        process_type: body.process_type.value,
        domain: text(body.domain),
        subject: text(body.subject),
        description: body.description,
        owner: body.owner,
        deprecated: body.deprecated,
        aggregate: body.aggregate.map(|aggregate| {
            let AggregateDefinition { aggregate_type, id, version } = aggregate;
            let version = version.map(|version| version.value.to_string());
            Box::new(Aggregate { aggregate_type, id: id.value.to_string(), version })
        }),
        partition_key: body.partition_key.map(|key| key.value.to_string()),
        ordering: body.policies.ordering.map(|ordering| ordering.value),
        on_dead_letter: body.policies.on_dead_letter,
        unknown_fields: body.policies.unknown_fields,
        compat: body.policies.compat,
        allow: body.policies.allow,
        accepts: body.policies.accepts,
        rust_name,
        inputs: inputs.collect(),
    }
}
