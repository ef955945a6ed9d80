//! Structs: payloads, and objects in them.

use super::layout::{Expr, MAX_WIDTH, assignment, typed};
use super::module::{Module, Own};
use super::name::{escaped, snake};
use super::pool::word;
use super::rust_type::{Home, Prefixes, Presence, RustType, presence};
use super::scope::{Claim, Remedy, Scope};
use super::text::{Code, doc_lines, string};
use crate::event::UnknownFields;
use crate::field_type::Field;
use crate::fingerprint::compact_json;

/// A field of a generated struct.
pub(super) struct Member<'s> {
    /// The field of the definition.
    pub(super) field: &'s Field,
    /// Its name in Rust.
    pub(super) name: String,
    /// What it holds when it is there.
    pub(super) value: RustType,
    /// Its type in the struct.
    pub(super) rust: RustType,
}

/// How a struct is introduced.
pub(super) struct Head<'h> {
    pub(super) description: Option<&'h str>,
    pub(super) otherwise: String,
    pub(super) unknown: UnknownFields,
    /// How its table is seen.
    pub(super) visibility: &'static str,
}

/// Lowers fields, and gives their rows; `rust` and `json` are the paths of what holds them.
pub(super) fn members<'s>(
    module: &mut Module<'s>,
    fields: &'s [Field],
    rust: &str,
    json: &str,
    is_named: bool,
) -> (Vec<Member<'s>>, Vec<Expr>) {
    let mut names = Scope::new(module.taken);
    let mut members = Vec::with_capacity(fields.len());
    let mut rows = Vec::with_capacity(fields.len());
    for field in fields {
        let written = field.item.notes.rust_name.as_deref().unwrap_or(&field.name);
        let path = if json.is_empty() { field.name.clone() } else { format!("{json}.{}", field.name) };
        let (event, version) = (module.event, module.version);
        let claim = Claim {
            event,
            version,
            path: Some(&path),
            kind: "the field",
            of: &path,
            remedy: Remedy::RustName,
        };
        let name = names.claim(escaped(snake(written)), &claim, &mut module.collisions);
        // A scalar has no type of its own, so nothing is called after it.
        let is_scalar = field.item.field_type.scalar().is_some();
        let type_name = if is_scalar { String::new() } else { format!("{rust}{}", word(field)) };
        let lowered = module.field_item(&field.item, &type_name, &path, is_named);
        let is_optional = presence(field) == Presence::Optional;
        let value = lowered.rust;
        let rust = if is_optional { value.clone().optional() } else { value.clone() };
        members.push(Member { field, name, value, rust });
        rows.push(row(field, lowered.item));
    }
    (members, rows)
}

fn row(field: &Field, item: Expr) -> Expr {
    let name = Expr::atom(string(&field.name));
    match (presence(field), &field.item.flags.default) {
        (Presence::Defaulted, Some(default)) => {
            let default = Expr::atom(string(&compact_json(default)));
            Expr::call("shape::Field::defaulted", vec![name, default, item])
        }
        (Presence::Optional, _) => Expr::call("shape::Field::optional", vec![name, item]),
        _ => Expr::call("shape::Field::required", vec![name, item]),
    }
}

/// Writes an object inside of a payload or of a named type.
pub(super) fn define_nested<'s>(
    module: &mut Module<'s>,
    own: &Own,
    fields: &'s [Field],
    rust: &str,
    json: &str,
    is_named: bool,
) {
    let place = module.reserve_block();
    let (members, rows) = members(module, fields, rust, json, is_named);
    let otherwise = match module.home {
        Home::Types => format!("The named type `{json}`."),
        Home::Version => format!("What `{json}` holds."),
    };
    // A sealed payload is sealed all the way down.
    let visibility = "pub(super) ";
    let head = Head { description: None, otherwise, unknown: UnknownFields::Ignore, visibility };
    let mut code = Code::new(module.indent);
    write(&mut code, module, own, (&members, rows), &head, |_| {});
    module.fill_block(place, code);
}

/// Writes a struct with its table; `more` adds what stands behind its declaration.
pub(super) fn write(
    code: &mut Code,
    module: &Module<'_>,
    own: &Own,
    (members, rows): (&[Member<'_>], Vec<Expr>),
    head: &Head<'_>,
    more: impl FnOnce(&mut Code),
) {
    code.doc(head.description, &head.otherwise);
    code.line("#[derive(Debug, Clone, PartialEq)]");
    code.line("#[non_exhaustive]");
    declaration(code, module, own, members);
    code.line("");
    more(code);
    code.open("::evt_runtime::record! {");
    code.line(format_args!("{}, {};", own.name, own.table));
    for line in filled(members, MAX_WIDTH - code.indent()) {
        code.line(line);
    }
    code.close("}");
    code.line("");
    let open = match head.unknown {
        UnknownFields::Ignore => "open",
        UnknownFields::Reject => "sealed",
    };
    let prefix = format!("{}static {}: shape::Object =", head.visibility, own.table);
    let table = Expr::call(format!("shape::Object::{open}"), vec![Expr::Array(rows).reference()]);
    code.line(assignment(&prefix, module.indent, &table));
}

fn declaration(code: &mut Code, module: &Module<'_>, own: &Own, members: &[Member<'_>]) {
    if members.is_empty() {
        code.line(format_args!("pub struct {} {{}}", own.name));
        return;
    }
    code.open(format_args!("pub struct {} {{", own.name));
    let types = match module.home {
        Home::Version => "super::super::types::",
        Home::Types => "",
    };
    let place = Prefixes { version: "", types, primitives: "" };
    for member in members {
        document(code, member.field);
        code.deprecated(member.field.item.notes.deprecated.as_deref());
        let rust = member.rust.at(&place);
        code.line(format_args!("{},", typed(&format!("pub {}:", member.name), code.indent(), &rust)));
    }
    code.close("}");
}

/// What is said of a field: its description and its unit.
fn document(code: &mut Code, field: &Field) {
    let notes = &field.item.notes;
    let is_twice_optional = presence(field) == Presence::Optional && field.item.flags.nullable;
    code.doc(notes.description.as_deref(), &format!("The field `{}`.", field.name));
    if is_twice_optional {
        code.line("///");
        code.line("/// `None` is absent, `Some(None)` is null.");
    }
    if let Some(unit) = &field.item.flags.unit {
        code.line("///");
        for line in doc_lines(&format!("Unit: {unit}"), 100) {
            code.line(format_args!("/// {line}"));
        }
    }
}

/// The names of the fields, as many on a line as fit; rustfmt leaves what stands in the braces of a macro alone.
fn filled(members: &[Member<'_>], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for Member { name, .. } in members {
        match lines.last_mut().filter(|line| line.len() + name.len() + ", ,".len() <= width) {
            Some(line) => {
                line.push(' ');
                line.push_str(name);
                line.push(',');
            }
            None => lines.push(format!("{name},")),
        }
    }
    lines
}
