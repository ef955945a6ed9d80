use super::field::read_object_field;
use super::foreign::{refuse_pair, translation};
use super::{FieldDefinition, FlagsDefinition, ItemDefinition};
use crate::field_type::{Openness, ScalarType};
use crate::finding::Finding;
use crate::rare::Rare;
use crate::rule;
use crate::source::{Entry, Fields, Node, Reporter, Span, Spanned, Value};
use crate::suggest;

/// A type as it was written.
#[derive(Clone, Debug)]
pub struct TypeExpression {
    /// Where.
    pub span: Span,
    /// What.
    pub shape: Shape,
}

/// What a [`TypeExpression`] is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// `string`, `int` …
    Scalar(ScalarType),
    /// `list<T>`.
    List(Box<ItemDefinition>),
    /// `map<T>`.
    Map(Box<ItemDefinition>),
    /// `{ enum: […] }`.
    Enum(EnumDefinition),
    /// `{ object: {…} }`.
    Object(Vec<FieldDefinition>),
    /// `Money`.
    Named(String),
}

/// `{ enum: […], open: true }`.
#[derive(Clone, Debug)]
pub struct EnumDefinition {
    /// The values.
    pub values: Vec<Spanned<String>>,
    /// `open`.
    pub openness: Openness,
}

/// How deep types may be nested, as they are written and as they expand.
pub(crate) const MAX_TYPE_DEPTH: usize = 24;

/// The keys that make a mapping a type.
const CONSTRUCTORS: &[&str] = &["list", "map", "enum", "object"];

impl TypeExpression {
    /// The type of a field that names none.
    pub(super) fn json(span: Span) -> Self {
        Self { span, shape: Shape::Scalar(ScalarType::Json) }
    }

    fn into_item(self) -> ItemDefinition {
        ItemDefinition { type_expression: self, flags: Rare::default() }
    }
}

/// Reads a type: text, or a mapping with one of `list`, `map`, `enum`, `object`.
pub(super) fn read_type(
    node: &Node<'_>,
    depth: usize,
    reporter: &mut Reporter<'_>,
) -> Option<TypeExpression> {
    if too_deep(depth, node.span, reporter) {
        return None;
    }
    match &node.value {
        Value::Scalar(scalar) if !scalar.is_absent() => read_text(&scalar.text, node.span, depth, reporter),
        Value::Scalar(_) | Value::Sequence(_) => {
            reporter.wrong_kind(node, "a type");
            None
        }
        Value::Mapping(_) => read_constructor(node, depth, reporter),
    }
}

/// Reads a type or, where the mapping has the key `type`, a type with what stands beside it.
pub(super) fn read_item(
    node: &Node<'_>,
    depth: usize,
    reporter: &mut Reporter<'_>,
) -> Option<ItemDefinition> {
    if node.get("type").is_none() {
        return read_type(node, depth, reporter).map(TypeExpression::into_item);
    }
    let mut keys = Fields::of(node, "a type in its long form", reporter)?;
    let is_refused = refuse_pair(&mut keys, reporter);
    let type_expression =
        keys.take("type").filter(|_| !is_refused).and_then(|entry| read_type(&entry.value, depth, reporter));
    let flags = FlagsDefinition::read(&mut keys, reporter);
    keys.finish(reporter);
    Some(ItemDefinition { type_expression: type_expression?, flags })
}

fn too_deep(depth: usize, span: Span, reporter: &mut Reporter<'_>) -> bool {
    if depth > MAX_TYPE_DEPTH {
        let message = format!("types nested deeper than {MAX_TYPE_DEPTH}");
        reporter.add(reporter.finding(&rule::TYPE_TOO_LARGE, span, message).label("too deep"));
    }
    depth > MAX_TYPE_DEPTH
}

fn read_constructor(node: &Node<'_>, depth: usize, reporter: &mut Reporter<'_>) -> Option<TypeExpression> {
    let mut keys = Fields::of(node, "a type", reporter)?;
    let found: Vec<&Entry<'_>> = CONSTRUCTORS.iter().filter_map(|key| keys.take(key)).collect();
    let shape = match found.as_slice() {
        [entry] => match entry.key.value.as_ref() {
            "list" => read_item(&entry.value, depth + 1, reporter).map(|item| Shape::List(Box::new(item))),
            "map" => read_item(&entry.value, depth + 1, reporter).map(|item| Shape::Map(Box::new(item))),
            "enum" => {
                let open = keys.boolean("open", reporter).is_some_and(|open| open.value);
                let openness = if open { Openness::Open } else { Openness::Closed };
                read_enum(&entry.value, openness, reporter).map(Shape::Enum)
            }
            _ => read_object(&entry.value, depth + 1, reporter).map(Shape::Object),
        },
        [first, second, ..] => {
            let finding = reporter
                .finding(
                    &rule::CONFLICTING_KEYS,
                    second.key.span,
                    "a type is one of `list`, `map`, `enum` and `object`",
                )
                .label("a second one")
                .related(reporter.file(), first.key.span, "the first one");
            reporter.add(finding);
            None
        }
        [] => {
            let finding = reporter
                .finding(&rule::TYPE_SYNTAX, node.span, "this mapping is no type")
                .label("expected one of the keys `list`, `map`, `enum`, `object`");
            reporter.add(finding);
            return None;
        }
    };
    keys.finish(reporter);
    Some(TypeExpression { span: node.span, shape: shape? })
}

fn read_object(node: &Node<'_>, depth: usize, reporter: &mut Reporter<'_>) -> Option<Vec<FieldDefinition>> {
    let Some(entries) = node.entries() else {
        reporter.wrong_kind(node, "a mapping of fields");
        return None;
    };
    let named = entries.iter().filter(|entry| !entry.key.value.starts_with("x-"));
    let fields: Vec<Option<_>> = named.map(|entry| read_object_field(entry, depth, reporter)).collect();
    fields.into_iter().collect()
}

fn read_enum(node: &Node<'_>, openness: Openness, reporter: &mut Reporter<'_>) -> Option<EnumDefinition> {
    let Value::Sequence(items) = &node.value else {
        reporter.wrong_kind(node, "a list of values");
        return None;
    };
    if items.is_empty() {
        reporter
            .add(reporter.finding(&rule::ENUM_EMPTY, node.span, "an enum needs a value").label("none here"));
        return None;
    }
    let mut values: Vec<Spanned<String>> = Vec::with_capacity(items.len());
    for item in items {
        match item.scalar() {
            Some(scalar) if !scalar.text.is_empty() => {
                values.push(Spanned::new(scalar.text.to_string(), item.span));
            }
            _ => reporter.wrong_kind(item, "a value, not empty"),
        }
    }
    check_values(&values, reporter);
    Some(EnumDefinition { values, openness })
}

fn check_values(values: &[Spanned<String>], reporter: &mut Reporter<'_>) {
    let mut seen = std::collections::HashMap::with_capacity(values.len());
    for value in values {
        if let Some(first) = seen.insert(value.value.as_str(), value.span) {
            let finding = reporter
                .finding(
                    &rule::ENUM_DUPLICATE,
                    value.span,
                    format!("the value `{}` stands twice", value.value),
                )
                .label("again here")
                .related(reporter.file(), first, "first here");
            reporter.add(finding);
        }
        if !super::read::is_snake_case(&value.value) {
            let finding = reporter
                .finding(
                    &rule::ENUM_VALUE_NAME,
                    value.span,
                    format!("the value `{}` is not `snake_case`", value.value),
                )
                .label("small letters, digits and single `_`");
            reporter.add(finding);
        }
    }
}

/// Reads `list<T>`, `map<T>`, a scalar or the name of a type.
fn read_text(text: &str, span: Span, depth: usize, reporter: &mut Reporter<'_>) -> Option<TypeExpression> {
    if too_deep(depth, span, reporter) {
        return None;
    }
    let text = text.trim();
    if let Some(scalar) = ScalarType::parse(text) {
        return Some(TypeExpression { span, shape: Shape::Scalar(scalar) });
    }
    for (constructor, wrap) in
        [("list", Shape::List as fn(Box<ItemDefinition>) -> Shape), ("map", Shape::Map)]
    {
        let inner = text.strip_prefix(constructor).and_then(|rest| rest.trim_start().strip_prefix('<'));
        if let Some(inner) = inner.and_then(|rest| rest.strip_suffix('>')) {
            let item = read_text(inner, inner_span(inner, span, reporter), depth + 1, reporter)?;
            return Some(TypeExpression { span, shape: wrap(Box::new(item.into_item())) });
        }
    }
    if is_type_name(text) {
        return Some(TypeExpression { span, shape: Shape::Named(text.to_owned()) });
    }
    let words = ScalarType::ALL.iter().map(|(word, _)| *word).chain(["list<string>", "map<string>"]);
    let help = translation(text);
    let near = suggest::nearest(text, words);
    if help.is_none() && near.is_none() && super::read::is_identifier(text) {
        return Some(TypeExpression { span, shape: Shape::Named(text.to_owned()) });
    }
    let finding = no_type(text, span, reporter);
    let finding = help.map_or(finding.clone(), |help| finding.help(help));
    reporter.add(finding.suggest(near).or_help(scalars_help()));
    None
}

fn no_type(text: &str, span: Span, reporter: &Reporter<'_>) -> Finding {
    reporter
        .finding(&rule::TYPE_SYNTAX, span, format!("`{}` is no type", crate::finding::shorten(text)))
        .label("expected a scalar, `list<T>`, `map<T>` or the name of a type")
}

/// What to write where a word is no type.
pub(crate) fn scalars_help() -> String {
    let scalars: Vec<_> = ScalarType::ALL.iter().map(|(word, _)| format!("`{word}`")).collect();
    format!("the scalars are {}", scalars.join(", "))
}

/// The place of `inner` where the text stands as it was written, else the whole.
fn inner_span(inner: &str, span: Span, reporter: &Reporter<'_>) -> Span {
    let written = reporter.file().slice(span);
    match written.find(inner) {
        Some(at) if written.matches(inner).count() == 1 => {
            let start = span.start() + at + (inner.len() - inner.trim_start().len());
            Span::new(start, start + inner.trim().len())
        }
        _ => span,
    }
}

/// `UpperCamelCase`: `[A-Z][A-Za-z0-9]*`.
pub(crate) fn is_type_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_uppercase()) && text.bytes().all(|b| b.is_ascii_alphanumeric())
}
