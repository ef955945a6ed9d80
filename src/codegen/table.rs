//! Rows of the tables that `evt-runtime` reads and writes by.

use std::fmt::Write as _;

use super::layout::{Expr, new_line};
use super::module::Module;
use super::text::string;
use crate::field_type::{FieldType, Flags, Item, Number, ScalarType};
use crate::rare::Rare;

/// The word of a scalar in `shape::Kind`.
pub(super) fn kind(scalar: ScalarType) -> &'static str {
    match scalar {
        ScalarType::String => "String",
        ScalarType::Int => "Int",
        ScalarType::Float => "Float",
        ScalarType::Bool => "Bool",
        ScalarType::Decimal => "Decimal",
        ScalarType::Uuid => "Uuid",
        ScalarType::Timestamp => "Timestamp",
        ScalarType::Date => "Date",
        ScalarType::Bytes => "Bytes",
        ScalarType::Json => "Json",
    }
}

/// `shape::Item::of(kind)`, narrowed by `flags`.
pub(super) fn item(module: &mut Module<'_>, kind: Expr, flags: &Rare<Flags>) -> Expr {
    let plain = Expr::call("shape::Item::of", vec![kind]);
    if flags.is_common() {
        return plain;
    }
    let mut calls = Vec::new();
    if flags.nullable {
        calls.push(("nullable", Vec::new()));
    }
    if let Some(bounds) = bounds(module, flags) {
        calls.push(("bounded", vec![Expr::atom(bounds).reference()]));
    }
    if calls.is_empty() { plain } else { Expr::Chain(Box::new(plain), calls) }
}

/// A list or a map of `inner`. What is more than a scalar becomes a static of its own.
pub(super) fn holding(module: &mut Module<'_>, kind: &str, inner: &Item, row: Expr) -> Expr {
    let is_scalar = matches!(inner.field_type, FieldType::Scalar(_)) && matches!(row, Expr::Call(..));
    if is_scalar {
        return Expr::call(kind, vec![row.reference()]);
    }
    let name = module.numbered("ITEM");
    module.add_static(&name, "Item", &row);
    Expr::call(kind, vec![Expr::atom(name).reference()])
}

/// The static that holds the bounds, if there are any.
fn bounds(module: &mut Module<'_>, flags: &Flags) -> Option<String> {
    let mut fields = Vec::new();
    let some = |value: Expr| Expr::call("::core::option::Option::Some", vec![value]);
    for (name, bound) in [("min", flags.min), ("max", flags.max)] {
        fields.extend(bound.map(|bound| (name, some(number(bound)))));
    }
    for (name, length) in [("min_length", flags.min_length), ("max_length", flags.max_length)] {
        let length = length.filter(|length| *length > 0 || name == "max_length");
        fields.extend(length.map(|length| (name, some(Expr::atom(length.to_string())))));
    }
    if let Some(pattern) = &flags.pattern {
        let name = module.numbered("PATTERN");
        let value = Expr::call("shape::Pattern::new", vec![Expr::atom(string(pattern))]);
        module.add_static(&name, "Pattern", &value);
        fields.push(("pattern", some(Expr::atom(name).reference())));
    }
    if fields.is_empty() {
        return None;
    }
    let mut text = "shape::Bounds {".to_owned();
    let indent = module.indent + 4;
    for (field, expr) in fields {
        new_line(&mut text, indent);
        let value = expr.behind(indent, indent + field.len() + 2, 1);
        let _ = write!(text, "{field}: {value},");
    }
    new_line(&mut text, indent);
    text.push_str("..shape::Bounds::NONE");
    new_line(&mut text, module.indent);
    text.push('}');
    let name = module.numbered("BOUNDS");
    module.add_static(&name, "Bounds", &Expr::atom(text));
    Some(name)
}

fn number(number: Number) -> Expr {
    match number {
        Number::Int(_) => Expr::call("shape::Number::Int", vec![Expr::atom(number.to_string())]),
        Number::Float(float) => Expr::call("shape::Number::Float", vec![Expr::atom(float_literal(float))]),
        Number::Decimal(_) => {
            Expr::call("shape::Number::Decimal", vec![Expr::atom(string(&number.to_string()))])
        }
    }
}

/// A float as a literal of Rust: one with a point or an exponent.
fn float_literal(float: f64) -> String {
    format!("{:?}", if float == 0.0 { 0.0 } else { float })
}
