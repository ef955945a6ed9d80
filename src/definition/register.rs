use std::sync::Arc;

use super::read::check_name;
use super::type_expression::{is_type_name, read_item};
use super::{Definitions, ItemDefinition};
use crate::rule;
use crate::source::{Entry, Fields, Reporter, SourceFile, Spanned};

/// A named type.
#[derive(Clone, Debug)]
pub struct TypeDefinition {
    /// The file that it stands in.
    pub file: Arc<SourceFile>,
    /// Its name.
    pub name: Spanned<String>,
    /// What it stands for.
    pub item: ItemDefinition,
}

/// A registered subject.
#[derive(Clone, Debug)]
pub struct SubjectDefinition {
    /// The file that it stands in.
    pub file: Arc<SourceFile>,
    /// Its name.
    pub name: Spanned<String>,
    /// What it is.
    pub description: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
}

/// An event that is gone on purpose.
#[derive(Clone, Debug)]
pub struct RemovedDefinition {
    /// The file that it stands in.
    pub file: Arc<SourceFile>,
    /// The event's name.
    pub name: Spanned<String>,
    /// Why it is gone.
    pub reason: String,
}

/// Reads a document with `types`, `subjects` or `removed`.
pub(super) fn read_register(
    mut fields: Fields<'_, '_>,
    definitions: &mut Definitions,
    reporter: &mut Reporter<'_>,
) {
    for entry in fields.mapping("types", reporter) {
        match read_named_type(entry, reporter) {
            Some(definition) => definitions.types.push(definition),
            None => definitions.broken_types.push(entry.key.value.to_string()),
        }
    }
    for entry in fields.mapping("subjects", reporter) {
        definitions.subjects.extend(read_subject(entry, reporter));
    }
    for entry in fields.mapping("removed", reporter) {
        definitions.removed.extend(read_removed(entry, reporter));
    }
    fields.finish(reporter);
}

fn read_named_type(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<TypeDefinition> {
    let name = name_of(entry);
    if !is_type_name(&name.value) {
        let message = format!("the name `{}` of a type is not `UpperCamelCase`", name.value);
        reporter.add(
            reporter
                .finding(&rule::INVALID_NAME, name.span, message)
                .label("expected a name such as `Money`"),
        );
    }
    let item = read_item(&entry.value, 0, reporter)?;
    Some(TypeDefinition { file: Arc::clone(reporter.file()), name, item })
}

fn read_subject(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<SubjectDefinition> {
    let name = name_of(entry);
    check_name(&name, "subject", reporter);
    let file = Arc::clone(reporter.file());
    let Some(mut keys) = Fields::of(&entry.value, "a subject", reporter) else {
        return Some(SubjectDefinition { file, name, description: None, owner: None });
    };
    let description = keys.text("description", reporter).map(|text| text.value);
    let owner = keys.text("owner", reporter).map(|text| text.value);
    keys.finish(reporter);
    Some(SubjectDefinition { file, name, description, owner })
}

fn read_removed(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<RemovedDefinition> {
    let name = name_of(entry);
    check_name(&name, "event", reporter);
    let mut keys = Fields::of(&entry.value, "a removed event", reporter)?;
    let reason = keys.required_text("reason", reporter);
    keys.finish(reporter);
    Some(RemovedDefinition { file: Arc::clone(reporter.file()), name, reason: reason?.value })
}

fn name_of(entry: &Entry<'_>) -> Spanned<String> {
    Spanned::new(entry.key.value.to_string(), entry.key.span)
}
