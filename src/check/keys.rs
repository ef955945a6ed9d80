//! What an event is ordered and identified by: its aggregate and its partition key.

use super::Sink;
use crate::definition::{AttributePath, Body, FieldDefinition};
use crate::event::ProcessType;
use crate::field_type::{FieldType, Item, ScalarType};
use crate::finding::{Finding, shorten};
use crate::outline::readable_type;
use crate::rule;
use crate::source::Spanned;

/// A path of the aggregate or the partition key.
pub(super) struct Key<'d> {
    pub(super) path: &'d Spanned<AttributePath>,
    /// What it is, such as "the id of the aggregate".
    pub(super) what: &'static str,
    role: Role,
}

/// What a key is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// To tell things apart, as a text.
    Name,
    /// To count.
    Version,
}

/// The aggregate's id and version, and the partition key.
pub(super) fn keys(body: &Body) -> Vec<Key<'_>> {
    let aggregate = body.aggregate.as_ref();
    let id = aggregate.map(|aggregate| (&aggregate.id, "the id of the aggregate", Role::Name));
    let version = aggregate.and_then(|aggregate| aggregate.version.as_ref());
    let version = version.map(|version| (version, "the version of the aggregate", Role::Version));
    let partition = body.partition_key.as_ref().map(|key| (key, "the partition key", Role::Name));
    let all = [id, version, partition].into_iter().flatten();
    all.map(|(path, what, role)| Key { path, what, role }).collect()
}

/// Holds the keys against the fields that read the same attributes, and against what needs a key.
pub(super) fn check_keys(body: &Body, items: &[Option<Item>], sink: &mut Sink<'_>) {
    for key in keys(body) {
        check_key(&key, &read_fields(body, items), sink);
    }
    check_sourced(body, sink);
    check_ordering(body, sink);
}

/// A field that reads an attribute of an input.
struct ReadField<'d> {
    definition: &'d FieldDefinition,
    item: &'d Item,
    input: &'d str,
    attr: &'d str,
}

fn read_fields<'d>(body: &'d Body, items: &'d [Option<Item>]) -> Vec<ReadField<'d>> {
    let fields = body.payload.fields.iter().zip(items);
    let read = fields.filter_map(|(definition, item)| {
        let (from, attr) = (definition.from.as_ref()?, definition.attr.as_ref()?);
        Some(ReadField { definition, item: item.as_ref()?, input: &from.value, attr: &attr.value })
    });
    read.collect()
}

/// A key has the type of the fields that read its attribute; where none does, generated code reads what fits.
fn check_key(key: &Key<'_>, fields: &[ReadField<'_>], sink: &mut Sink<'_>) {
    let AttributePath { input, attr } = &key.path.value;
    let same: Vec<_> = fields.iter().filter(|field| field.input == *input && field.attr == *attr).collect();
    let Some(first) = same.first() else { return };
    let (name, what) = (&first.definition.name, format!("{} is `{}`", key.what, key.path.value));
    let finding = if !key.role.fits(first.item) {
        let of_type = shorten(&readable_type(first.item));
        let wanted = key.role.wanted();
        let near =
            fields.iter().find(|field| field.input == *input && key.role.fits(field.item) && is_there(field));
        let finding = Finding::new(&rule::UNUSABLE_KEY, format!("{what}, which is `{of_type}`"))
            .label(format!("expected {wanted}"))
            .related(sink.file, first.definition.item.type_expression.span, format!("`{of_type}` here"));
        match near {
            Some(near) => finding.help(format!("did you mean `{}.{}`?", near.input, near.attr)),
            None => finding.help(format!("name an attribute that is {wanted}")),
        }
    } else if first.item.flags.nullable {
        Finding::new(&rule::UNUSABLE_KEY, format!("{what}, which may be null"))
            .label("may be null")
            .related(sink.file, name.span, "nullable here")
            .help(format!("remove `nullable` from the field `{}`, or name another attribute", name.value))
    } else if !same.iter().any(|field| is_there(field)) {
        Finding::new(&rule::UNUSABLE_KEY, format!("{what}, which may be absent"))
            .label("may be absent")
            .related(sink.file, name.span, "optional here")
            .help(format!("make the field `{}` required, or name another attribute", name.value))
    } else {
        return;
    };
    sink.add(finding.at(sink.file, key.path.span));
}

/// Whether the emit helper always has a value for a field.
fn is_there(field: &ReadField<'_>) -> bool {
    !field.item.flags.nullable && (field.definition.required || field.item.flags.default.is_some())
}

impl Role {
    fn wanted(self) -> &'static str {
        match self {
            Self::Name => "a text or a whole number",
            Self::Version => "an `int`",
        }
    }

    fn fits(self, item: &Item) -> bool {
        match self {
            Self::Name => is_name(&item.field_type),
            Self::Version => item.field_type.scalar() == Some(ScalarType::Int),
        }
    }
}

/// Whether a type names things: those of which JSON has a text that people read, and whole numbers.
fn is_name(field_type: &FieldType) -> bool {
    match field_type {
        FieldType::Scalar(scalar) => match scalar {
            ScalarType::String
            | ScalarType::Int
            | ScalarType::Decimal
            | ScalarType::Uuid
            | ScalarType::Timestamp
            | ScalarType::Date => true,
            ScalarType::Float | ScalarType::Bool | ScalarType::Bytes | ScalarType::Json => false,
        },
        FieldType::Enum(_) => true,
        FieldType::List(_) | FieldType::Map(_) | FieldType::Object(_) => false,
    }
}

/// Sourced events say which step they are.
fn check_sourced(body: &Body, sink: &mut Sink<'_>) {
    let has_version = body.aggregate.as_ref().is_some_and(|aggregate| aggregate.version.is_some());
    if body.process_type.value == ProcessType::Sourced && !has_version {
        let message = "a sourced event needs an aggregate with a version";
        let finding = Finding::new(&rule::SOURCED_WITHOUT_VERSION, message)
            .at(sink.file, body.process_type.span)
            .label("sourced here")
            .help("add `aggregate: { type: …, id: input.attr, version: input.attr }`");
        sink.add(finding);
    }
}

/// Strict ordering has a key to order by.
fn check_ordering(body: &Body, sink: &mut Sink<'_>) {
    let Some(ordering) = &body.policies.ordering else { return };
    if body.aggregate.is_none() && body.partition_key.is_none() {
        let message = "strict ordering needs an aggregate or a partition key";
        let finding = Finding::new(&rule::ORDERING_WITHOUT_KEY, message)
            .at(sink.file, ordering.span)
            .label("ordered by what?")
            .help("add `aggregate` or `partition_key`, or remove `ordering`");
        sink.add(finding);
    }
}
