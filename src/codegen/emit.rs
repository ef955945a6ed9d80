//! The emit helper of an event: its inputs, and the function that takes them.

use std::collections::BTreeMap;

use super::event::EventNames;
use super::layout::{Expr, Type, assignment, literal, signature, typed};
use super::name::{camel, escaped, snake};
use super::record::Member;
use super::rust_type::{Prefixes, Presence, presence};
use super::scope::{Claim, Collision, Remedy, Scope, Taken};
use super::text::{Code, string};
use super::uses::{Input, Uses, Way, key};
use crate::fingerprint::compact_json;
use crate::schema::Version;

/// What the helper of a live event is made of.
pub(super) struct Helper<'h, 's> {
    pub(super) version: &'s Version,
    pub(super) names: &'h EventNames,
    pub(super) members: &'h [Member<'s>],
    pub(super) uses: &'h Uses<'s>,
}

impl Helper<'_, '_> {
    /// `In` and the traits of its inputs, as they stand in the module of the event.
    pub(super) fn inputs(&self, code: &mut Code, reserved: &[String], collisions: &mut Vec<Collision>) {
        let traits = self.traits(reserved, collisions);
        let event = &self.version.contract.event_name;
        code.line(format_args!("/// What `{event}` is made of."));
        if self.uses.inputs.is_empty() {
            code.line("pub struct In {}");
            return;
        }
        code.open(format_args!("pub struct In{} {{", self.lifetime("'a")));
        let notes = &self.version.metadata.inputs;
        for input in &self.uses.inputs {
            let description = notes.get(input.name).and_then(|notes| notes.description.as_deref());
            code.doc(description, &format!("The input `{}`.", input.name));
            if input.is_optional && matches!(input.way, Way::Read(_)) {
                code.line("///");
                code.line("/// Optional: an `Option<&T>` is given by `.map(|it| it as _)`.");
            }
            let of = self.input_type(input, traits.get(input.name).map_or("", String::as_str));
            let prefix = format!("pub {}:", escaped(snake(input.name)));
            code.line(format_args!("{},", typed(&prefix, code.indent(), &of)));
        }
        code.close("}");
        for input in &self.uses.inputs {
            if let (Way::Read(_), Some(name)) = (&input.way, traits.get(input.name)) {
                code.line("");
                self.input_trait(code, input, name);
            }
        }
    }

    fn traits(&self, reserved: &[String], collisions: &mut Vec<Collision>) -> BTreeMap<&str, String> {
        let reserved = reserved.iter().map(String::as_str).chain(["In"]);
        let mut scope = Scope::new(Taken::Refuse).reserving(reserved);
        let mut traits = BTreeMap::new();
        for input in self.uses.inputs.iter().filter(|input| matches!(input.way, Way::Read(_))) {
            let (event, version) = (self.version.contract.event_name.as_str(), self.version.number);
            let claim = Claim {
                event,
                version,
                path: None,
                kind: "the input",
                of: input.name,
                remedy: Remedy::OtherName,
            };
            traits.insert(input.name, scope.claim(escaped(camel(input.name)), &claim, collisions));
        }
        traits
    }

    fn lifetime(&self, name: &str) -> String {
        let borrows = self.uses.inputs.iter().any(|input| matches!(input.way, Way::Read(_)));
        if borrows { format!("<{name}>") } else { String::new() }
    }

    fn input_type(&self, input: &Input<'_>, name: &str) -> Type {
        match (&input.way, input.is_optional) {
            (Way::Passed { rust, .. }, _) => rust.at(&in_event(&self.version_prefix())),
            (Way::Read(_), false) => Type::plain(format!("&'a dyn {name}")),
            (Way::Read(_), true) => {
                Type::of("::core::option::Option", vec![Type::plain(format!("&'a dyn {name}"))])
            }
        }
    }

    fn version_prefix(&self) -> String {
        format!("v{}::", self.version.number)
    }

    /// A trait for whatever has all attributes that are read.
    fn input_trait(&self, code: &mut Code, input: &Input<'_>, name: &str) {
        let Way::Read(attributes) = &input.way else { return };
        let event = &self.version.contract.event_name;
        code.line(format_args!("/// Whatever has what `{event}` reads of its input `{}`.", input.name));
        if attributes.is_empty() {
            code.line(format_args!("pub trait {name} {{}}"));
            code.line("");
            code.line(format_args!("impl<T_: ?::core::marker::Sized> self::{name} for T_ {{}}"));
            return;
        }
        let version = self.version_prefix();
        let place = in_event(&version);
        let module = escaped(snake(input.name));
        let bounds: Vec<Type> = attributes
            .iter()
            .map(|attribute| {
                let path = format!("super::inputs::{module}::{}", escaped(camel(attribute.name)));
                Type::of(path, vec![attribute.rust().at(&place)])
            })
            .collect();
        // rustfmt keeps `where` on the line of a very short head.
        let is_short = name.len() == 1;
        code.line(format_args!("pub trait {name}{}", if is_short { " where" } else { "" }));
        if !is_short {
            code.line("where");
        }
        where_clause(code, "Self", &bounds);
        code.line("");
        code.line(format_args!("impl<T_> self::{name} for T_"));
        code.line("where");
        let sized = [Type::plain("?::core::marker::Sized")];
        where_clause(code, "T_", &[bounds, sized.to_vec()].concat());
    }

    /// The function, as it stands in the root.
    pub(super) fn function(&self, code: &mut Code) {
        let metadata = &self.version.metadata;
        let (function, payload) = (&self.names.function, &self.names.payload);
        let event = &self.version.contract.event_name;
        code.doc(metadata.description.as_deref(), &format!("Makes an event `{event}`."));
        code.deprecated(metadata.deprecated.as_deref());
        code.line("#[must_use = \"an event is emitted by `.emit(…)`\"]");
        let reads_nothing =
            self.members.is_empty() && metadata.aggregate.is_none() && metadata.partition_key.is_none();
        let name = if reads_nothing { "_inputs" } else { "inputs" };
        let params = [format!("{name}: {function}::In{}", self.lifetime("'_"))];
        let result = Type::of("::evt_runtime::Emission", vec![Type::plain(payload.as_str())]);
        code.line(signature(&format!("pub fn {function}"), &params, &result, code.indent(), " {"));
        code.indent_in();
        let calls = self.keys(code);
        let fields = self.fields();
        let value = literal(payload, &fields, code.indent());
        code.line(format_args!("let payload = {value};"));
        let emission = Expr::call("::evt_runtime::Emission::new", vec![Expr::atom("payload")]);
        let emission = if calls.is_empty() { emission } else { Expr::Chain(Box::new(emission), calls) };
        code.line(emission.own_line(code.indent(), 0));
        code.close("}");
    }

    /// Reads what the aggregate and the partition key are made of, and gives the calls that set them.
    fn keys(&self, code: &mut Code) -> Vec<(&'static str, Vec<Expr>)> {
        let metadata = &self.version.metadata;
        let mut calls = Vec::new();
        if let Some(aggregate) = &metadata.aggregate {
            self.key(code, "aggregate_id", &aggregate.id);
            let id = Expr::atom("aggregate_id").reference();
            calls.push(("aggregate_of", vec![Expr::atom(string(&aggregate.aggregate_type)), id]));
            if let Some(version) = &aggregate.version {
                self.key(code, "aggregate_version", version);
                calls.push(("aggregate_version_of", vec![Expr::atom("aggregate_version")]));
            }
        }
        if let Some(path) = &metadata.partition_key {
            self.key(code, "partition_key", path);
            calls.push(("partition_key_of", vec![Expr::atom("partition_key").reference()]));
        }
        calls
    }

    fn key(&self, code: &mut Code, local: &str, path: &str) {
        let (input, attr) = key(path);
        let found = self.uses.input(input).and_then(|input| Some((input, input.attribute(attr, None)?)));
        let Some((input, attribute)) = found else { return };
        let version = format!("{}::{}", self.names.function, self.version_prefix());
        let place = Prefixes { version: &version, types: "types::", primitives: "::core::primitive::" };
        let of = attribute.rust().at(&place).flat();
        let value = Expr::call(method(input.name, attr), vec![Expr::atom(given(input.name))]);
        code.line(assignment(&format!("let {local}: {of} ="), code.indent(), &value));
    }

    fn fields(&self) -> Vec<(String, Expr)> {
        let mut left: BTreeMap<&str, usize> = BTreeMap::new();
        for input in &self.uses.inputs {
            if let Way::Passed { left: count, .. } = &input.way {
                left.insert(input.name, *count);
            }
        }
        let mut fields = Vec::with_capacity(self.members.len());
        for member in self.members {
            let from = member.field.from.as_deref().unwrap_or_default();
            let Some(input) = self.uses.input(from) else { continue };
            let value = match (&input.way, member.field.attr.as_deref()) {
                (Way::Passed { is_plain, .. }, _) => {
                    let count = left.entry(input.name).or_default();
                    *count -= 1;
                    passed(member, input, *is_plain, *count > 0)
                }
                (Way::Read(_), attr) => read(member, input, attr.unwrap_or_default()),
            };
            fields.push((member.name.clone(), value));
        }
        fields
    }
}

/// How the module of an event names types.
fn in_event(version: &str) -> Prefixes<'_> {
    Prefixes { version, types: "super::types::", primitives: "" }
}

/// The bounds of a `where`, and an empty body.
fn where_clause(code: &mut Code, name: &str, bounds: &[Type]) {
    let indent = code.indent() + 4;
    for bound in bounds {
        code.line(format_args!("    {},", typed(&format!("{name}:"), indent, bound)));
    }
    code.line("{");
    code.line("}");
}

/// `inputs.cow`
fn given(input: &str) -> String {
    format!("inputs.{}", escaped(snake(input)))
}

/// `inputs::cow::Weight::weight`
fn method(input: &str, attr: &str) -> String {
    format!("inputs::{}::{}::{}", escaped(snake(input)), escaped(camel(attr)), escaped(snake(attr)))
}

fn some(value: Expr) -> Expr {
    Expr::call("::core::option::Option::Some", vec![value])
}

/// A value or what stands for it where it is absent.
fn or_default(value: Expr, member: &Member<'_>) -> Expr {
    let default = member.field.item.flags.default.as_deref().map(compact_json).unwrap_or_default();
    Expr::call("::evt_runtime::or_default", vec![value, Expr::atom(string(&default))])
}

/// The value of a field that is an input itself.
fn passed(member: &Member<'_>, input: &Input<'_>, is_plain: bool, is_used_again: bool) -> Expr {
    let value = Expr::atom(given(input.name));
    let value = if is_used_again {
        Expr::call("::core::clone::Clone::clone", vec![value.reference()])
    } else {
        value
    };
    match (presence(member.field), is_plain) {
        (Presence::Optional, true) => some(value),
        (Presence::Required | Presence::Defaulted, false) => or_default(value, member),
        (Presence::Required | Presence::Defaulted, true) | (Presence::Optional, false) => value,
    }
}

/// The value of a field that is an attribute of an input.
fn read(member: &Member<'_>, input: &Input<'_>, attr: &str) -> Expr {
    let is_plain = input.attribute(attr, Some(&member.value)).is_some_and(|attribute| attribute.is_plain);
    let is_optional = presence(member.field) == Presence::Optional;
    let (of, path) = (Expr::atom(given(input.name)), method(input.name, attr));
    match (input.is_optional, is_plain, is_optional) {
        (false, true, true) => some(Expr::call(path, vec![of])),
        (false, _, _) => Expr::call(path, vec![of]),
        (true, false, _) => Expr::call("::core::option::Option::and_then", vec![of, Expr::atom(path)]),
        (true, true, true) => Expr::call("::core::option::Option::map", vec![of, Expr::atom(path)]),
        (true, true, false) => {
            or_default(Expr::call("::core::option::Option::map", vec![of, Expr::atom(path)]), member)
        }
    }
}
