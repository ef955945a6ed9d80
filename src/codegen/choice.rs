//! Enums.

use super::layout::{Expr, assignment};
use super::module::{Module, Own};
use super::name::variant;
use super::scope::{Claim, Remedy, Scope, Taken};
use super::text::{Code, string};
use crate::field_type::{EnumType, Openness};

/// Writes the enum `own`; `path` is where it stands.
pub(super) fn define(module: &mut Module<'_>, own: &Own, words: &EnumType, path: &str) {
    let place = module.reserve_block();
    let variants = variants(module, words, path);
    let other = match words.openness {
        Openness::Closed => None,
        Openness::Open => Some(other(&variants)),
    };
    let mut code = Code::new(module.indent);
    declaration(&mut code, own, &variants, other.as_deref(), path);
    code.line("");
    choice(&mut code, own, &variants, other.as_deref());
    code.line("");
    code.line(format_args!("::evt_runtime::choice!({});", own.name));
    code.line("");
    let open = if other.is_some() { "open" } else { "closed" };
    let list = words.values.iter().map(|word| Expr::atom(string(word))).collect();
    let value = Expr::call(format!("shape::Words::{open}"), vec![Expr::Array(list).reference()]);
    let prefix = format!("pub(super) static {}: shape::Words =", own.table);
    code.line(assignment(&prefix, module.indent, &value));
    module.fill_block(place, code);
}

/// The words with the names of their variants.
fn variants<'w>(module: &mut Module<'_>, words: &'w EnumType, path: &str) -> Vec<(String, &'w str)> {
    let mut scope = Scope::new(module.taken);
    let mut variants = Vec::with_capacity(words.values.len());
    for (index, word) in words.values.iter().enumerate() {
        let (event, version) = (module.event, module.version);
        let claim = Claim {
            event,
            version,
            path: Some(path),
            kind: "the value",
            of: word,
            remedy: Remedy::OtherName,
        };
        let name = scope.claim(variant(word, index + 1), &claim, &mut module.collisions);
        variants.push((name, word.as_str()));
    }
    variants
}

/// The name of the variant for all other words.
fn other(variants: &[(String, &str)]) -> String {
    let mut scope = Scope::new(Taken::Evade);
    for (name, _) in variants {
        scope.own(name.clone());
    }
    scope.own("Other".to_owned())
}

fn declaration(code: &mut Code, own: &Own, variants: &[(String, &str)], other: Option<&str>, path: &str) {
    code.line(format_args!("/// One of the values of `{path}`."));
    code.line("#[derive(Debug, Clone, PartialEq)]");
    code.line("#[non_exhaustive]");
    code.open(format_args!("pub enum {} {{", own.name));
    for (name, word) in variants {
        code.doc(None, &format!("The value {}.", spoken(word)));
        code.line(format_args!("{name},"));
    }
    if let Some(other) = other {
        code.doc(None, "A value that was not declared when this was generated.");
        code.line(format_args!("{other}(::std::string::String),"));
    }
    code.close("}");
}

/// A word in a doc.
fn spoken(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !word.is_empty() && word.chars().all(is_plain) {
        format!("`{word}`")
    } else {
        crate::markdown::line(&string(word))
    }
}

fn choice(code: &mut Code, own: &Own, variants: &[(String, &str)], other: Option<&str>) {
    code.open(format_args!("impl ::evt_runtime::Choice for {} {{", own.name));
    code.line("#[inline]");
    code.open("fn as_str(&self) -> &str {");
    if variants.is_empty() && other.is_none() {
        code.line("match *self {}");
    } else {
        code.open("match self {");
        for (name, word) in variants {
            code.line(format_args!("Self::{name} => {},", string(word)));
        }
        if let Some(other) = other {
            code.line(format_args!("Self::{other}(text) => text,"));
        }
        code.close("}");
    }
    code.close("}");
    code.line("");
    from_text(code, variants, other);
    code.close("}");
}

fn from_text(code: &mut Code, variants: &[(String, &str)], other: Option<&str>) {
    if variants.is_empty() && other.is_none() {
        code.line("#[inline]");
        code.open("fn from_text(_: &str) -> ::core::option::Option<Self> {");
        code.line("::core::option::Option::None");
        code.close("}");
        return;
    }
    code.line("#[inline]");
    code.open("fn from_text(text: &str) -> ::core::option::Option<Self> {");
    if let (Some(other), true) = (other, variants.is_empty()) {
        let value = format!("Self::{other}(::std::string::String::from(text))");
        code.line(format_args!("::core::option::Option::Some({value})"));
        code.close("}");
        return;
    }
    code.open("::core::option::Option::Some(match text {");
    for (name, word) in variants {
        code.line(format_args!("{} => Self::{name},", string(word)));
    }
    match other {
        Some(other) => code.line(format_args!("_ => Self::{other}(::std::string::String::from(text)),")),
        None => code.line("_ => return ::core::option::Option::None,"),
    }
    code.close("})");
    code.close("}");
}
