//! The attributes of all inputs: one trait each, shared by all events.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::layout::{Expr, Type, signature};
use super::name::{camel, escaped, snake};
use super::scope::{Claim, Collision, Remedy, Scope, Taken};
use super::text::Code;
use crate::event::{Access, RustType};

/// One attribute that an event reads.
#[derive(Debug)]
pub(super) struct Reading<'s> {
    pub(super) event: &'s str,
    pub(super) version: u32,
    pub(super) input: &'s str,
    pub(super) attr: &'s str,
    /// The user's own type that has it, where the definition names one, and the type that it is read at, as the root
    /// names it.
    pub(super) provider: Option<(&'s RustType, Type)>,
}

/// What all events read.
#[derive(Debug, Default)]
pub(super) struct Readings<'s> {
    /// The first event that reads each attribute, by input and attribute.
    attributes: BTreeMap<&'s str, BTreeMap<&'s str, (&'s str, u32)>>,
    provided: Vec<Reading<'s>>,
}

impl<'s> Readings<'s> {
    /// Adds what one more event reads.
    pub(super) fn add(&mut self, readings: Vec<Reading<'s>>) {
        for reading in readings {
            let attributes = self.attributes.entry(reading.input).or_default();
            attributes.entry(reading.attr).or_insert((reading.event, reading.version));
            if reading.provider.is_some() {
                self.provided.push(reading);
            }
        }
    }
}

/// The module `inputs`, and the implementations for users' types, in pieces.
pub(super) struct InputsModule {
    pub(super) texts: Vec<String>,
    pub(super) collisions: Vec<Collision>,
}

/// Writes the traits of all readings.
pub(super) fn write(readings: &Readings<'_>) -> InputsModule {
    let implementations = implementations(&readings.provided);
    if readings.attributes.is_empty() {
        return InputsModule { texts: vec![implementations], collisions: Vec::new() };
    }
    let inputs: Vec<_> = readings.attributes.iter().collect();
    let modules: Vec<(String, Vec<Collision>)> =
        inputs.into_par_iter().map(|(input, attributes)| module(input, attributes)).collect();
    let head =
        "\n/// What events read of their inputs: one trait for each input and attribute.\npub mod inputs {\n";
    let mut texts = vec![head.to_owned()];
    let mut collisions = Vec::new();
    for (index, (text, mut wrong)) in modules.into_iter().enumerate() {
        if index > 0 {
            texts.push("\n".to_owned());
        }
        texts.push(text);
        collisions.append(&mut wrong);
    }
    texts.push("}\n".to_owned());
    texts.push(implementations);
    InputsModule { texts, collisions }
}

fn module(input: &str, attributes: &BTreeMap<&str, (&str, u32)>) -> (String, Vec<Collision>) {
    let mut scope = Scope::new(Taken::Refuse);
    let mut collisions = Vec::new();
    let mut code = Code::new(4);
    code.line(format_args!("/// What events read of their inputs `{input}`."));
    code.open(format_args!("pub mod {} {{", escaped(snake(input))));
    for (index, (attr, (event, version))) in attributes.iter().enumerate() {
        if index > 0 {
            code.line("");
        }
        let of = format!("{input}.{attr}");
        let claim = Claim {
            event,
            version: *version,
            path: None,
            kind: "the attribute",
            of: &of,
            remedy: Remedy::OtherName,
        };
        let name = scope.claim(escaped(camel(attr)), &claim, &mut collisions);
        code.line(format_args!("/// The attribute `{input}.{attr}`."));
        code.open(format_args!("pub trait {name}<T> {{"));
        code.line("/// Reads it.");
        code.line(format_args!("fn {}(&self) -> T;", escaped(snake(attr))));
        code.close("}");
    }
    code.close("}");
    (code.into_text(), collisions)
}

/// One implementation for each of the users' types and each type that it is read at.
fn implementations(readings: &[Reading<'_>]) -> String {
    let mut seen = BTreeSet::new();
    let mut code = Code::new(0);
    for reading in readings {
        let Some((provider, rust)) = &reading.provider else { continue };
        if seen.insert((provider.path.as_str(), reading.input, reading.attr, rust.flat())) {
            code.line("");
            implementation(&mut code, reading, provider, rust);
        }
    }
    code.into_text()
}

fn implementation(code: &mut Code, reading: &Reading<'_>, provider: &RustType, rust: &Type) {
    let path = format!("inputs::{}::{}", escaped(snake(reading.input)), escaped(camel(reading.attr)));
    let of = Type::of(path, vec![rust.clone()]);
    let flat = of.flat();
    let one_line = format!("impl {flat} for {} {{", provider.path);
    if one_line.len() <= super::layout::MAX_WIDTH {
        code.line(one_line);
    } else if "impl ".len() + flat.len() <= super::layout::MAX_WIDTH {
        code.line(format_args!("impl {flat}"));
        code.line(format_args!("    for {}", provider.path));
        code.line("{");
    } else {
        code.line("impl");
        code.line(format_args!("    {} for {}", of.behind(4, 4, 0), provider.path));
        code.line("{");
    }
    code.indent_in();
    let method = escaped(snake(reading.attr));
    let head = signature(&format!("fn {method}"), &["&self".to_owned()], rust, code.indent(), " {");
    code.line(head);
    code.indent_in();
    let name = escaped(reading.attr.to_owned());
    let value = match provider.access {
        Access::Field => {
            Expr::call("::core::clone::Clone::clone", vec![Expr::atom(format!("self.{name}")).reference()])
        }
        Access::Method => Expr::atom(format!("self.{name}()")),
    };
    code.line(Expr::call("::evt_runtime::convert", vec![value]).own_line(code.indent(), 0));
    code.close("}");
    code.close("}");
}
