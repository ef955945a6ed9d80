//! What an event reads of its inputs, and at which types.

use super::record::Member;
use super::rust_type::{Presence, RustType, presence};
use crate::event::Metadata;
use crate::field_type::ScalarType;
use crate::schema::Version;

/// The inputs of an event, in declared order, required ones first.
pub(super) struct Uses<'s> {
    pub(super) inputs: Vec<Input<'s>>,
}

/// One input.
pub(super) struct Input<'s> {
    pub(super) name: &'s str,
    pub(super) is_optional: bool,
    pub(super) way: Way<'s>,
}

/// How an input is used.
pub(super) enum Way<'s> {
    /// By attributes; by none, if nothing reads it.
    Read(Vec<Attribute<'s>>),
    /// Its value is that of fields.
    Passed { rust: RustType, is_plain: bool, left: usize },
}

/// An attribute that is read.
pub(super) struct Attribute<'s> {
    pub(super) name: &'s str,
    /// Its value, when it is there.
    pub(super) value: RustType,
    /// Whether it always is.
    pub(super) is_plain: bool,
}

impl Attribute<'_> {
    /// The type that it is read at.
    pub(super) fn rust(&self) -> RustType {
        if self.is_plain { self.value.clone() } else { self.value.clone().optional() }
    }
}

/// The text `input.attr` of an aggregate or a partition key.
pub(super) fn key(text: &str) -> (&str, &str) {
    text.split_once('.').unwrap_or((text, ""))
}

impl<'s> Uses<'s> {
    pub(super) fn of(version: &'s Version, members: &[Member<'s>]) -> Self {
        let contract = &version.contract;
        let required = contract.required_inputs.iter().map(|name| (name, false));
        let optional = contract.optional_inputs.iter().map(|name| (name, true));
        let inputs = required.chain(optional).map(|(name, is_optional)| {
            let way =
                passed(name, members, is_optional).unwrap_or_else(|| Way::Read(read(name, version, members)));
            Input { name, is_optional, way }
        });
        Self { inputs: inputs.collect() }
    }

    pub(super) fn input(&self, name: &str) -> Option<&Input<'s>> {
        self.inputs.iter().find(|input| input.name == name)
    }
}

impl<'s> Input<'s> {
    /// The attribute `name`, as a value of type `value` where that matters.
    pub(super) fn attribute(&self, name: &str, value: Option<&RustType>) -> Option<&Attribute<'s>> {
        match &self.way {
            Way::Passed { .. } => None,
            Way::Read(attributes) => attributes
                .iter()
                .find(|known| known.name == name && value.is_none_or(|value| known.value == *value)),
        }
    }
}

fn passed<'s>(name: &str, members: &[Member<'s>], is_optional: bool) -> Option<Way<'s>> {
    let reads =
        |member: &&Member<'_>| member.field.from.as_deref() == Some(name) && member.field.attr.is_none();
    let readers: Vec<&Member<'_>> = members.iter().filter(reads).collect();
    let value = readers.first()?.value.clone();
    let is_plain = !is_optional && readers.iter().any(|member| presence(member.field) != Presence::Optional);
    let rust = if is_plain { value } else { value.optional() };
    Some(Way::Passed { rust, is_plain, left: readers.len() })
}

fn read<'s>(name: &str, version: &'s Version, members: &[Member<'s>]) -> Vec<Attribute<'s>> {
    let mut attributes: Vec<Attribute<'s>> = Vec::new();
    for member in members.iter().filter(|member| member.field.from.as_deref() == Some(name)) {
        let Some(attr) = member.field.attr.as_deref() else { continue };
        let is_plain = presence(member.field) != Presence::Optional;
        add(&mut attributes, attr, &member.value, is_plain);
    }
    for (input, attr, scalar) in keys(&version.metadata) {
        if input == name && attributes.iter().all(|known| known.name != attr) {
            add(&mut attributes, attr, &RustType::Scalar(scalar), true);
        }
    }
    attributes
}

/// The attributes of the aggregate and the partition key, at the types that they are read at where no field says.
fn keys(metadata: &Metadata) -> impl Iterator<Item = (&str, &str, ScalarType)> {
    let aggregate = metadata.aggregate.as_ref();
    let version = aggregate.and_then(|aggregate| aggregate.version.as_deref());
    let id = aggregate.map(|aggregate| aggregate.id.as_str());
    [id, version, metadata.partition_key.as_deref()].into_iter().flatten().map(move |path| {
        let (input, attr) = key(path);
        // A name may be a number, but a version is nothing else.
        let scalar = if version == Some(path) { ScalarType::Int } else { ScalarType::String };
        (input, attr, scalar)
    })
}

fn add<'s>(attributes: &mut Vec<Attribute<'s>>, name: &'s str, value: &RustType, is_plain: bool) {
    match attributes.iter_mut().find(|known| known.name == name && known.value == *value) {
        Some(known) => known.is_plain |= is_plain,
        None => attributes.push(Attribute { name, value: value.clone(), is_plain }),
    }
}
