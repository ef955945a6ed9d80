//! Registers: subjects and named types that say what they are, and that somebody uses.

use std::collections::BTreeSet;

use crate::check::Catalogue;
use crate::field_type::{FieldType, Item};
use crate::finding::Finding;
use crate::rule;

/// Subjects are described, and events are about them.
pub(super) fn lint_subjects(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    let used: BTreeSet<&str> =
        catalogue.events.values().filter_map(|defined| defined.event.metadata.subject.as_deref()).collect();
    for (name, subject) in &catalogue.subjects {
        if subject.description.is_none() {
            let message = format!("the subject `{name}` has no description");
            let finding = Finding::new(&rule::SUBJECT_DESCRIPTION_REQUIRED, message)
                .located(subject.location.clone())
                .label("not described");
            findings.push(finding.help("add `description`: one sentence that says what it stands for"));
        }
        if !used.contains(name.as_str()) {
            let finding =
                Finding::new(&rule::SUBJECT_UNUSED, format!("no event is about the subject `{name}`"))
                    .located(subject.location.clone())
                    .label("not used");
            findings.push(finding.help("remove it, or name it as the `subject` of an event"));
        }
    }
}

/// Named types are carried by events.
pub(super) fn lint_types(catalogue: &Catalogue, findings: &mut Vec<Finding>) {
    let used = used_types(catalogue);
    for (name, named) in &catalogue.types {
        if !used.contains(name.as_str()) {
            let finding = Finding::new(&rule::TYPE_UNUSED, format!("no event carries the type `{name}`"))
                .located(named.location.clone())
                .label("not used");
            findings.push(finding.help("remove it, or use it as the `type` of a field"));
        }
    }
}

/// The names of all types that events carry, however deep.
fn used_types(catalogue: &Catalogue) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for defined in catalogue.events.values() {
        for field in &defined.event.contract.payload_fields {
            add_names(&field.item, catalogue, &mut used);
        }
    }
    used
}

fn add_names<'c>(item: &'c Item, catalogue: &'c Catalogue, used: &mut BTreeSet<&'c str>) {
    let mut name = item.notes.named.as_deref();
    while let Some(named) = name.filter(|named| used.insert(named)) {
        name = catalogue.types.get(named).and_then(|named| named.stands_for.as_deref());
    }
    match &item.field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => {}
        FieldType::List(item) | FieldType::Map(item) => add_names(item, catalogue, used),
        FieldType::Object(fields) => fields.iter().for_each(|field| add_names(&field.item, catalogue, used)),
    }
}
