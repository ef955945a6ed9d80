use std::sync::Arc;

use super::field::read_payload;
use super::inputs::read_inputs;
use super::notes::read_deprecation;
use super::read::{is_identifier, rust_name};
use super::{InputDefinition, Payload, Policies};
use crate::event::{Deprecation, ProcessType};
use crate::rule;
use crate::source::{Fields, Location, Node, Reporter, SourceFile, Span, Spanned};

/// An event as it was written, or one of a family.
#[derive(Clone, Debug)]
pub struct EventDefinition {
    /// The file that it stands in.
    pub file: Arc<SourceFile>,
    /// Its name; of a family's event, the verb's place.
    pub name: Spanned<String>,
    /// The event that it goes on from.
    pub renamed_from: Option<Spanned<String>>,
    /// Its name in Rust.
    pub rust_name: Option<String>,
    /// All that a family's events share.
    pub body: Body,
}

/// What an event says besides its name.
#[derive(Clone, Debug)]
pub struct Body {
    /// `event_type`.
    pub event_type: String,
    /// `process_type`, with its place if it was written.
    pub process_type: Spanned<ProcessType>,
    /// `domain`.
    pub domain: Option<Spanned<String>>,
    /// `subject`.
    pub subject: Option<Spanned<String>>,
    /// `description`.
    pub description: Option<String>,
    /// `owner`.
    pub owner: Option<String>,
    /// `deprecated`.
    pub deprecated: Option<Box<Deprecation>>,
    /// `inputs`.
    pub inputs: Vec<InputDefinition>,
    /// `payload`.
    pub payload: Payload,
    /// `aggregate`.
    pub aggregate: Option<AggregateDefinition>,
    /// `partition_key`.
    pub partition_key: Option<Spanned<AttributePath>>,
    /// `ordering`, `compat` and the like.
    pub policies: Policies,
}

/// `aggregate: { type, id, version }`.
#[derive(Clone, Debug)]
pub struct AggregateDefinition {
    /// Its type.
    pub aggregate_type: String,
    /// The attribute that identifies it.
    pub id: Spanned<AttributePath>,
    /// The attribute that holds its version.
    pub version: Option<Spanned<AttributePath>>,
}

/// `input.attr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributePath {
    /// The input.
    pub input: String,
    /// Its attribute.
    pub attr: String,
}

impl std::fmt::Display for AttributePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.input, self.attr)
    }
}

impl EventDefinition {
    /// A place in the file of the event.
    #[must_use]
    pub fn locate(&self, span: Span) -> Location {
        Location::new(&self.file, span)
    }
}

/// Reads a document with an `event_name`.
pub(super) fn read_event(node: &Node<'_>, reporter: &mut Reporter<'_>) -> Option<EventDefinition> {
    let mut fields = Fields::of(node, "an event", reporter)?;
    let name = fields.required_text("event_name", reporter);
    let renamed_from = fields.text("renamed_from", reporter);
    let rust_name = rust_name(&mut fields, reporter);
    let body = Body::read(&mut fields, reporter);
    fields.finish(reporter);
    if let Some(name) = &name {
        super::read::check_name(name, "event", reporter);
    }
    Some(EventDefinition {
        file: Arc::clone(reporter.file()),
        name: name?,
        renamed_from,
        rust_name,
        body: body?,
    })
}

impl Body {
    /// Reads the keys that a family and an event share.
    pub(super) fn read(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Option<Self> {
        let event_type = fields.required_text("event_type", reporter);
        let process_type = read_process_type(fields, reporter);
        let domain = read_named(fields, "domain", reporter);
        let subject = read_named(fields, "subject", reporter);
        let description = fields.text("description", reporter).map(|text| text.value);
        let owner = fields.text("owner", reporter).map(|text| text.value);
        let deprecated = read_deprecation(fields, reporter);
        let inputs = read_inputs(fields, reporter);
        let payload = read_payload(fields, reporter);
        let aggregate = read_aggregate(fields, reporter);
        let partition_key = read_path(fields, "partition_key", reporter);
        let policies = Policies::read(fields, reporter);
        Some(Self {
            event_type: event_type?.value,
            process_type,
            domain,
            subject,
            description,
            owner,
            deprecated,
            inputs,
            payload,
            aggregate,
            partition_key,
            policies,
        })
    }
}

fn read_named(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<Spanned<String>> {
    let name = fields.text(key, reporter)?;
    super::read::check_name(&name, key, reporter);
    Some(name)
}

fn read_process_type(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Spanned<ProcessType> {
    let head = fields.head();
    let process_type = fields.choice("process_type", ProcessType::ALL, reporter);
    let written = fields.find("process_type").map(|entry| entry.key.span);
    let Some(entry) = fields.take("event_level") else {
        return process_type.unwrap_or_else(|| Spanned::new(ProcessType::default(), head));
    };
    if let Some(written) = written {
        let finding = reporter
            .finding(
                &rule::CONFLICTING_KEYS,
                entry.key.span,
                "`event_level` and `process_type` say the same thing",
            )
            .label("the older spelling")
            .related(reporter.file(), written, "the newer spelling")
            .help("remove `event_level`");
        reporter.add(finding);
    }
    let level = entry.value.scalar().and_then(|scalar| scalar.text.parse().ok());
    let Some(of_level) = level.and_then(ProcessType::of_level) else {
        reporter.wrong_kind(&entry.value, "a level from 1 to 5");
        return Spanned::new(ProcessType::default(), entry.value.span);
    };
    process_type.unwrap_or_else(|| Spanned::new(of_level, entry.value.span))
}

fn read_aggregate(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Option<AggregateDefinition> {
    let entry = fields.take("aggregate")?;
    let mut keys = Fields::of(&entry.value, "`aggregate`", reporter)?;
    let aggregate_type = keys.required_text("type", reporter);
    let id = read_path(&mut keys, "id", reporter);
    if keys.find("id").is_none() {
        keys.missing("id");
    }
    let version = read_path(&mut keys, "version", reporter);
    keys.finish(reporter);
    Some(AggregateDefinition { aggregate_type: aggregate_type?.value, id: id?, version })
}

/// Reads `input.attr`.
fn read_path(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<Spanned<AttributePath>> {
    let text = fields.text(key, reporter)?;
    let path = text.value.split_once('.').filter(|(input, attr)| !input.is_empty() && is_identifier(attr));
    let Some((input, attr)) = path else {
        let message = format!("`{key}` is an input's attribute, `{}` is not", text.value);
        let finding = reporter.finding(&rule::WRONG_KIND, text.span, message);
        reporter.add(finding.label("expected `input.attr`"));
        return None;
    };
    let path = AttributePath { input: input.to_owned(), attr: attr.to_owned() };
    Some(Spanned::new(path, text.span))
}
