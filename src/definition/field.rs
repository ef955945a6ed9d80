use super::foreign::refuse_pair;
use super::notes::read_deprecation;
use super::read::{check_name, is_identifier, rust_name};
use super::shorthand::{payload_help, refuse_shorthand};
use super::{TypeExpression, type_expression};
use crate::event::Deprecation;
use crate::rare::{Common, Rare};
use crate::rule;
use crate::source::{Entry, Fields, Node, Reporter, Scalar, Span, Spanned, refuse_list};

/// A field of a payload or of an object.
#[derive(Clone, Debug)]
pub struct FieldDefinition {
    /// Its name.
    pub name: Spanned<String>,
    /// `required`, default true.
    pub required: bool,
    /// `from`, up to the dot; none in objects.
    pub from: Option<Spanned<String>>,
    /// `attr`, or what stands behind the dot of `from`.
    pub attr: Option<Spanned<String>>,
    /// `rust_name`.
    pub rust_name: Option<String>,
    /// Its type, with what narrows it.
    pub item: ItemDefinition,
}

/// A type with all that is said about its values.
#[derive(Clone, Debug)]
pub struct ItemDefinition {
    /// `type`.
    pub type_expression: TypeExpression,
    /// All that stands beside it.
    pub flags: Rare<FlagsDefinition>,
}

/// What stands beside a type; absent is not the same as switched off, since a field's word wins over its named
/// type's.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagsDefinition {
    /// `nullable`.
    pub nullable: Option<Box<Flag<bool>>>,
    /// `default`.
    pub default: Option<Box<Flag<Node<'static>>>>,
    /// `min`.
    pub min: Option<Box<Flag<Node<'static>>>>,
    /// `max`.
    pub max: Option<Box<Flag<Node<'static>>>>,
    /// `min_length`.
    pub min_length: Option<Box<Flag<u64>>>,
    /// `max_length`.
    pub max_length: Option<Box<Flag<u64>>>,
    /// `pattern`.
    pub pattern: Option<Box<Flag<String>>>,
    /// `unit`.
    pub unit: Option<Box<Flag<String>>>,
    /// `description`.
    pub description: Option<String>,
    /// `pii`.
    pub pii: Option<bool>,
    /// `deprecated`.
    pub deprecated: Option<Box<Deprecation>>,
    /// `examples`.
    pub examples: Option<Vec<Node<'static>>>,
}

/// A flag, with the places of its key and of its value; boxed, since most fields have one or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Flag<T> {
    /// Where the key stands.
    pub key: Span,
    /// Where the value stands.
    pub span: Span,
    /// The value.
    pub value: T,
}

impl Common for FlagsDefinition {
    const COMMON: &'static Self = &Self {
        nullable: None,
        default: None,
        min: None,
        max: None,
        min_length: None,
        max_length: None,
        pattern: None,
        unit: None,
        description: None,
        pii: None,
        deprecated: None,
        examples: None,
    };
}

/// `payload`, as far as it could be read.
#[derive(Clone, Debug)]
pub struct Payload {
    /// Its fields.
    pub fields: Vec<FieldDefinition>,
    /// Whether these are all.
    pub completeness: Completeness,
}

/// Whether all of something could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// All of it.
    Whole,
    /// Something was wrong, which has been reported, and is left out.
    Partial,
}

/// Names of the envelope and of the outbox, which no payload field may take.
const RESERVED: &[&str] = &[
    "event_name",
    "event_type",
    "event_version",
    "occurred_at",
    "created_at",
    "updated_at",
    "published_at",
    "metadata",
    "idempotency_key",
    "attempts",
    "dead_lettered_at",
    "aggregate_type",
    "aggregate_id",
    "aggregate_version",
];

/// Reads `payload`.
pub(super) fn read_payload(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Payload {
    if refuse_list(fields, "payload", payload_help, reporter) {
        return Payload { fields: Vec::new(), completeness: Completeness::Partial };
    }
    let entries = fields.mapping("payload", reporter);
    let mut payload =
        Payload { fields: Vec::with_capacity(entries.len()), completeness: Completeness::Whole };
    for entry in entries {
        match read_payload_field(entry, reporter) {
            Some(field) => payload.fields.push(field),
            None => payload.completeness = Completeness::Partial,
        }
    }
    payload
}

fn read_payload_field(entry: &Entry<'_>, reporter: &mut Reporter<'_>) -> Option<FieldDefinition> {
    if RESERVED.contains(&entry.key.value.as_ref()) {
        let message = format!("a payload field cannot be called `{}`", entry.key.value);
        let finding = reporter.finding(&rule::RESERVED_NAME, entry.key.span, message);
        reporter
            .add(finding.label("a column of the outbox").help("call it after what it means in the event"));
    }
    if refuse_shorthand(entry, ", from: input.attr", reporter) {
        return None;
    }
    let mut keys = Fields::of(&entry.value, "a payload field", reporter)?;
    let from = keys.text("from", reporter);
    if keys.find("from").is_none() {
        keys.missing("from");
    }
    let attr = keys.text("attr", reporter);
    let (from, attr) = split_from(from, attr, reporter);
    if let Some(attr) = attr.as_ref().filter(|attr| !is_identifier(&attr.value)) {
        let message = format!("`{}` is no name of an attribute", crate::finding::shorten(&attr.value));
        let finding = reporter.finding(&rule::INVALID_NAME, attr.span, message);
        reporter.add(finding.label("expected letters, digits and `_`"));
    }
    let mut field = read_field(entry, keys, 0, reporter)?;
    (field.from, field.attr) = (from, attr);
    Some(field)
}

/// Reads a field of an object, which reads from no input.
pub(super) fn read_object_field(
    entry: &Entry<'_>,
    depth: usize,
    reporter: &mut Reporter<'_>,
) -> Option<FieldDefinition> {
    if refuse_shorthand(entry, "", reporter) {
        return None;
    }
    let keys = Fields::of(&entry.value, "a field of an object", reporter)?;
    read_field(entry, keys, depth, reporter)
}

fn read_field(
    entry: &Entry<'_>,
    mut keys: Fields<'_, '_>,
    depth: usize,
    reporter: &mut Reporter<'_>,
) -> Option<FieldDefinition> {
    let name = Spanned::new(entry.key.value.to_string(), entry.key.span);
    check_name(&name, "field", reporter);
    let required = keys.boolean("required", reporter).is_none_or(|required| required.value);
    let rust_name = rust_name(&mut keys, reporter);
    let is_refused = refuse_pair(&mut keys, reporter);
    let type_expression = match keys.take("type") {
        _ if is_refused => None,
        Some(entry) => type_expression::read_type(&entry.value, depth, reporter),
        None => Some(TypeExpression::json(entry.key.span)),
    };
    let flags = FlagsDefinition::read(&mut keys, reporter);
    keys.finish(reporter);
    let item = ItemDefinition { type_expression: type_expression?, flags };
    Some(FieldDefinition { name, required, from: None, attr: None, rust_name, item })
}

type Source = (Option<Spanned<String>>, Option<Spanned<String>>);

/// Takes `from: cow.weight` apart.
fn split_from(
    from: Option<Spanned<String>>,
    attr: Option<Spanned<String>>,
    reporter: &mut Reporter<'_>,
) -> Source {
    let Some(from) = from else { return (None, attr) };
    let Some((input, tail)) = from.value.split_once('.') else { return (Some(from), attr) };
    if let Some(attr) = &attr {
        let finding = reporter
            .finding(
                &rule::CONFLICTING_KEYS,
                attr.span,
                "`attr` stands beside a `from` that names an attribute already",
            )
            .label("the attribute again")
            .related(reporter.file(), from.span, "the attribute is in here")
            .help(format!("write either `from: {}` or `from: {input}` with `attr`", from.value));
        reporter.add(finding);
    }
    if input.is_empty() || tail.is_empty() || tail.contains('.') {
        let message = format!("`from` is an input or `input.attr`, `{}` is neither", from.value);
        let finding =
            reporter.finding(&rule::WRONG_KIND, from.span, message).label("expected exactly one dot");
        reporter.add(finding.help("an attribute of an attribute is read by a method of the input"));
        return (None, None);
    }
    let input = Spanned::new(input.to_owned(), from.span);
    (Some(input), Some(Spanned::new(tail.to_owned(), from.span)))
}

impl FlagsDefinition {
    /// Reads all keys that stand beside `type`.
    pub(super) fn read(keys: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Rare<Self> {
        if keys.is_exhausted() {
            return Rare::default();
        }
        Rare::new(Self {
            nullable: flag(keys, "nullable", |keys, key| keys.boolean(key, reporter)),
            default: node_flag(keys, "default", reporter),
            min: node_flag(keys, "min", reporter),
            max: node_flag(keys, "max", reporter),
            min_length: flag(keys, "min_length", |keys, key| keys.count(key, reporter)),
            max_length: flag(keys, "max_length", |keys, key| keys.count(key, reporter)),
            pattern: flag(keys, "pattern", |keys, key| keys.text(key, reporter)),
            unit: flag(keys, "unit", |keys, key| keys.text(key, reporter)),
            description: keys.text("description", reporter).map(|text| text.value),
            pii: keys.boolean("pii", reporter).map(|pii| pii.value),
            deprecated: read_deprecation(keys, reporter),
            examples: keys
                .list("examples", reporter)
                .map(|items| items.iter().map(Node::to_owned_node).collect()),
        })
    }
}

fn flag<'n, 't, T>(
    keys: &mut Fields<'n, 't>,
    key: &'static str,
    read: impl FnOnce(&mut Fields<'n, 't>, &'static str) -> Option<Spanned<T>>,
) -> Option<Box<Flag<T>>> {
    let Some(written) = keys.find(key).map(|entry| entry.key.span) else {
        keys.take(key);
        return None;
    };
    let value = read(keys, key)?;
    Some(Box::new(Flag { key: written, span: value.span, value: value.value }))
}

fn node_flag(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<Box<Flag<Node<'static>>>> {
    let entry = keys.take(key)?;
    if entry.value.scalar().is_some_and(Scalar::is_absent) {
        let finding = reporter.finding(&rule::WRONG_KIND, entry.key.span, format!("`{key}` is empty"));
        reporter.add(finding.label("expected a value after this key"));
        return None;
    }
    let value = entry.value.to_owned_node();
    Some(Box::new(Flag { key: entry.key.span, span: entry.value.span, value }))
}
