//! The attributes of all inputs: one trait each, shared by all events.

use std::collections::{BTreeMap, BTreeSet};

use super::layout::{Expr, Type, attribute, signature};
use super::name::{camel, escaped, snake};
use super::scope::{Claim, Collision, Remedy, Scope, Taken};
use super::text::{Code, string};
use crate::event::{Access, RustType};

/// One attribute that an event reads.
#[derive(Clone, Debug)]
pub(super) struct Reading<'s> {
    pub(super) event: &'s str,
    pub(super) version: u32,
    pub(super) input: &'s str,
    pub(super) attr: &'s str,
    /// The type that it is read at, as the root names it.
    pub(super) rust: Type,
    /// The user's own type that has it, where the definition names one.
    pub(super) provider: Option<&'s RustType>,
}

/// The module `inputs`, and the implementations for users' types.
pub(super) struct InputsModule {
    pub(super) text: String,
    pub(super) implementations: String,
    pub(super) collisions: Vec<Collision>,
}

/// Writes the traits of all readings, which come in the order of the events.
pub(super) fn write(readings: &[Reading<'_>]) -> InputsModule {
    let mut by_input: BTreeMap<&str, BTreeMap<&str, &Reading<'_>>> = BTreeMap::new();
    for reading in readings {
        by_input.entry(reading.input).or_default().entry(reading.attr).or_insert(reading);
    }
    let mut collisions = Vec::new();
    let mut code = Code::new(0);
    code.line("/// What events read of their inputs: one trait for each input and attribute.");
    code.open("pub mod inputs {");
    for (index, (input, attributes)) in by_input.iter().enumerate() {
        if index > 0 {
            code.line("");
        }
        module(&mut code, input, attributes, &mut collisions);
    }
    code.close("}");
    let text = if by_input.is_empty() { String::new() } else { code.into_text() };
    InputsModule { text, implementations: implementations(readings), collisions }
}

fn module(
    code: &mut Code,
    input: &str,
    attributes: &BTreeMap<&str, &Reading<'_>>,
    collisions: &mut Vec<Collision>,
) {
    let mut scope = Scope::new(Taken::Refuse);
    code.line(&format!("/// What events read of their inputs `{input}`."));
    code.open(&format!("pub mod {} {{", escaped(snake(input))));
    for (index, (attr, reading)) in attributes.iter().enumerate() {
        if index > 0 {
            code.line("");
        }
        let what = format!("the attribute `{input}.{attr}`");
        let (event, version) = (reading.event, reading.version);
        let claim = Claim { event, version, path: None, what: &what, remedy: Remedy::OtherName };
        let name = scope.claim(escaped(camel(attr)), &claim, collisions);
        code.line(&format!("/// The attribute `{input}.{attr}`."));
        let message =
            string(&format!("`{{Self}}` has no `{attr}` of type `{{T}}`, which is read of `{input}`"));
        let path = format!("inputs::{}::{name}", escaped(snake(input)));
        let label = string(&format!("implement `{path}<{{T}}>` for this type"));
        let args = [format!("message = {message}"), format!("label = {label}")];
        code.line(&attribute("diagnostic::on_unimplemented", &args, code.indent()));
        code.open(&format!("pub trait {name}<T> {{"));
        code.line("/// Reads it.");
        code.line(&format!("fn {}(&self) -> T;", escaped(snake(attr))));
        code.close("}");
    }
    code.close("}");
}

/// One implementation for each of the users' types and each type that it is read at.
fn implementations(readings: &[Reading<'_>]) -> String {
    let mut seen = BTreeSet::new();
    let mut code = Code::new(0);
    for reading in readings {
        let Some(provider) = reading.provider else { continue };
        let of = reading.rust.flat();
        if seen.insert((provider.path.as_str(), reading.input, reading.attr, of)) {
            code.line("");
            implementation(&mut code, reading, provider);
        }
    }
    code.into_text()
}

fn implementation(code: &mut Code, reading: &Reading<'_>, provider: &RustType) {
    let path = format!("inputs::{}::{}", escaped(snake(reading.input)), escaped(camel(reading.attr)));
    let of = Type::of(path, vec![reading.rust.clone()]);
    let flat = of.flat();
    let one_line = format!("impl {flat} for {} {{", provider.path);
    if one_line.len() <= super::layout::MAX_WIDTH {
        code.line(&one_line);
    } else if "impl ".len() + flat.len() <= super::layout::MAX_WIDTH {
        code.line(&format!("impl {flat}"));
        code.line(&format!("    for {}", provider.path));
        code.line("{");
    } else {
        code.line("impl");
        code.line(&format!("    {} for {}", of.behind(4, 4, 0), provider.path));
        code.line("{");
    }
    code.indent_in();
    let method = escaped(snake(reading.attr));
    let head = signature(&format!("fn {method}"), &["&self".to_owned()], &reading.rust, code.indent(), " {");
    code.line(&head);
    code.indent_in();
    let name = escaped(reading.attr.to_owned());
    let value = match provider.access {
        Access::Field => {
            Expr::call("::core::clone::Clone::clone", vec![Expr::atom(format!("self.{name}")).reference()])
        }
        Access::Method => Expr::atom(format!("self.{name}()")),
    };
    code.line(&Expr::call("::evt_runtime::convert", vec![value]).own_line(code.indent(), 0));
    code.close("}");
    code.close("}");
}
