//! What stands beside a type: bounds, defaults and examples that belong to it and agree with each other.

use super::Sink;
use super::expand::merge_notes;
use super::literal::{Mismatch, exact_whole, value_of};
use crate::definition::{Flag, FlagsDefinition};
use crate::field_type::{FieldType, Item, Number, ScalarType};
use crate::finding::Finding;
use crate::rare::Rare;
use crate::rule::{self, Rule};
use crate::source::{Node, Resolved, Span, resolve};
use crate::value::decimal;

/// Adds to a type what is said beside it. What is wrong is reported and left out.
pub(super) fn apply_flags(mut item: Item, flags: &Rare<FlagsDefinition>, sink: &mut Sink<'_>) -> Item {
    if flags.is_common() {
        return item;
    }
    merge_notes(&mut item.notes, flags);
    apply_nullable(&mut item, flags, sink);
    if let Some(min) = number(flags.min.as_deref(), "min", &item, sink) {
        item.flags.min = Some(min);
    }
    if let Some(max) = number(flags.max.as_deref(), "max", &item, sink) {
        item.flags.max = Some(max);
    }
    if let Some(length) = length(flags.min_length.as_deref(), "min_length", &item, sink) {
        item.flags.min_length = Some(length).filter(|length| *length > 0);
    }
    if let Some(length) = length(flags.max_length.as_deref(), "max_length", &item, sink) {
        item.flags.max_length = Some(length);
    }
    if let Some(pattern) = pattern(flags.pattern.as_deref(), &item, sink) {
        item.flags.pattern = Some(pattern);
    }
    if let Some(unit) = &flags.unit {
        item.flags.unit = Some(unit.value.as_str().into());
    }
    check_ranges(&item, flags, sink);
    apply_default(&mut item, flags, sink);
    apply_examples(&mut item, flags, sink);
    item.settle();
    item
}

fn apply_nullable(item: &mut Item, flags: &FlagsDefinition, sink: &mut Sink<'_>) {
    let Some(nullable) = &flags.nullable else { return };
    if nullable.value && item.field_type.scalar() == Some(ScalarType::Json) {
        let finding =
            Finding::new(&rule::NULLABLE_JSON, "`json` admits null already").at(sink.file, nullable.key);
        sink.add(finding.label("says nothing").help("remove `nullable`, or give the field a type"));
        return;
    }
    item.flags.nullable = nullable.value;
}

fn number(flag: Option<&Flag<Node<'static>>>, key: &str, item: &Item, sink: &mut Sink<'_>) -> Option<Number> {
    let flag = flag?;
    let scalar = item.field_type.scalar();
    let kinds = [ScalarType::Int, ScalarType::Float, ScalarType::Decimal];
    let Some(scalar) = scalar.filter(|scalar| kinds.contains(scalar)) else {
        wrong_kind(key, flag.key, "`int`, `float` and `decimal`", item, sink);
        return None;
    };
    let number = bound(&flag.value, scalar);
    if number.is_none() {
        let written = flag
            .value
            .scalar()
            .map_or_else(|| flag.value.kind().to_owned(), |scalar| format!("`{}`", scalar.text));
        let message = format!("`{key}` of a field of type `{scalar}` cannot be {written}");
        let finding = Finding::new(&rule::CONSTRAINT_VALUE, message).at(sink.file, flag.span);
        sink.add(finding.label(format!("expected a value of type `{scalar}`")));
    }
    number
}

fn bound(node: &Node<'_>, scalar: ScalarType) -> Option<Number> {
    let written = node.scalar()?;
    match (scalar, resolve(written)) {
        (ScalarType::Decimal, _) => decimal(&written.text).map(Number::Decimal),
        (ScalarType::Int, Resolved::Int(digits)) => digits.parse().ok().map(Number::Int),
        (ScalarType::Int, Resolved::Float(_)) => exact_whole(&written.text).map(Number::Int),
        (ScalarType::Float, Resolved::Int(digits)) => {
            digits.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float)
        }
        (ScalarType::Float, Resolved::Float(float)) => Some(Number::Float(float)),
        _ => None,
    }
}

fn length(flag: Option<&Flag<u64>>, key: &str, item: &Item, sink: &mut Sink<'_>) -> Option<u64> {
    let flag = flag?;
    let has_length = match &item.field_type {
        FieldType::Scalar(scalar) => *scalar == ScalarType::String,
        FieldType::List(_) | FieldType::Map(_) => true,
        FieldType::Enum(_) | FieldType::Object(_) => false,
    };
    if !has_length {
        wrong_kind(key, flag.key, "`string`, lists and maps", item, sink);
        return None;
    }
    Some(flag.value)
}

fn pattern(flag: Option<&Flag<String>>, item: &Item, sink: &mut Sink<'_>) -> Option<Box<str>> {
    let flag = flag?;
    if item.field_type.scalar() != Some(ScalarType::String) {
        wrong_kind("pattern", flag.key, "`string`", item, sink);
        return None;
    }
    if let Err(error) = regex_lite::Regex::new(&flag.value) {
        let message = format!("the pattern cannot be read: {error}");
        let finding =
            Finding::new(&rule::INVALID_PATTERN, message).at(sink.file, flag.span).label("this pattern");
        sink.add(finding.help(pattern_help(&error.to_string())));
        return None;
    }
    Some(flag.value.as_str().into())
}

/// The way out, by what the reader of patterns said.
fn pattern_help(said: &str) -> &'static str {
    if said.contains("look-around") || said.contains("backreferences") {
        "patterns have no look-around and no back-references"
    } else if said.contains("clos") || said.contains("end of pattern") {
        "each `(`, `[` and `{` has its end; a backslash before one means the character itself"
    } else {
        "docs/definitions.md tells under `pattern` what patterns are written in"
    }
}

fn wrong_kind(key: &str, span: Span, kinds: &str, item: &Item, sink: &mut Sink<'_>) {
    let message = format!("`{key}` does not bound {}", described(item));
    let finding = Finding::new(&rule::CONSTRAINT_KIND, message).at(sink.file, span);
    sink.add(finding.label(format!("`{key}` belongs to {kinds}")));
}

fn described(item: &Item) -> String {
    match &item.field_type {
        FieldType::Scalar(scalar) => format!("the type `{scalar}`"),
        FieldType::List(_) => "a list".to_owned(),
        FieldType::Map(_) => "a map".to_owned(),
        FieldType::Enum(_) => "an enum".to_owned(),
        FieldType::Object(_) => "an object".to_owned(),
    }
}

fn check_ranges(item: &Item, flags: &FlagsDefinition, sink: &mut Sink<'_>) {
    if let (Some(min), Some(max)) = (item.flags.min, item.flags.max)
        && min > max
        && let Some(span) = flags.max.as_ref().or(flags.min.as_ref()).map(|flag| flag.span)
    {
        let other = flags.min.as_ref().map(|flag| flag.span).filter(|_| flags.max.is_some());
        above("min", &min.to_string(), "max", &max.to_string(), span, other, sink);
    }
    if let (Some(min), Some(max)) = (item.flags.min_length, item.flags.max_length)
        && min > max
        && let Some(span) = flags.max_length.as_ref().or(flags.min_length.as_ref()).map(|flag| flag.span)
    {
        let other = flags.min_length.as_ref().map(|flag| flag.span).filter(|_| flags.max_length.is_some());
        above("min_length", &min.to_string(), "max_length", &max.to_string(), span, other, sink);
    }
}

fn above(low: &str, min: &str, high: &str, max: &str, span: Span, other: Option<Span>, sink: &mut Sink<'_>) {
    let message = format!("`{low}` {min} is above `{high}` {max}");
    let mut finding =
        Finding::new(&rule::CONSTRAINT_RANGE, message).at(sink.file, span).label("admits nothing");
    if let Some(other) = other {
        finding = finding.related(sink.file, other, format!("`{low}` is here"));
    }
    sink.add(finding);
}

fn apply_default(item: &mut Item, flags: &FlagsDefinition, sink: &mut Sink<'_>) {
    if let Some(default) = &flags.default {
        match value_of(&default.value, item) {
            Ok(value) => item.flags.default = Some(Box::new(value)),
            Err(mismatches) => report(&rule::DEFAULT_MISMATCH, "the default does not fit", mismatches, sink),
        }
        return;
    }
    let Some(inherited) = &item.flags.default else { return };
    let misfits = crate::value::misfits(inherited, item);
    let span = [
        flags.min.as_ref().map(|flag| flag.span),
        flags.max.as_ref().map(|flag| flag.span),
        flags.min_length.as_ref().map(|flag| flag.span),
        flags.max_length.as_ref().map(|flag| flag.span),
        flags.pattern.as_ref().map(|flag| flag.span),
        flags.nullable.as_ref().map(|flag| flag.span),
    ];
    if let (Some(span), false) = (span.into_iter().flatten().next(), misfits.is_empty()) {
        let message = "the default of the named type does not fit any more";
        let mismatches =
            misfits.into_iter().map(|misfit| Mismatch { span, message: misfit.message }).collect();
        report(&rule::DEFAULT_MISMATCH, message, mismatches, sink);
    }
}

fn apply_examples(item: &mut Item, flags: &FlagsDefinition, sink: &mut Sink<'_>) {
    let Some(examples) = &flags.examples else {
        if !item.notes.examples.is_empty() {
            let mut inherited = std::mem::take(&mut item.notes.examples);
            inherited.retain(|example| crate::value::misfits(example, item).is_empty());
            item.notes.examples = inherited;
        }
        return;
    };
    let mut values = Vec::with_capacity(examples.len());
    for example in examples {
        match value_of(example, item) {
            Ok(value) => values.push(value),
            Err(mismatches) => report(&rule::EXAMPLE_MISMATCH, "the example does not fit", mismatches, sink),
        }
    }
    item.notes.examples = values;
}

fn report(rule: &'static Rule, message: &str, mismatches: Vec<Mismatch>, sink: &mut Sink<'_>) {
    for mismatch in mismatches {
        let finding =
            Finding::new(rule, format!("{message}: {}", mismatch.message)).at(sink.file, mismatch.span);
        sink.add(finding.label("here"));
    }
}
