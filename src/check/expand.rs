//! Types as they are written become types as they are meant: named types are replaced by what they stand for.

use std::collections::HashMap;
use std::sync::Arc;

use super::Sink;
use super::constraints::apply_flags;
use crate::definition::{
    EnumDefinition, FieldDefinition, FlagsDefinition, ItemDefinition, MAX_TYPE_DEPTH, Shape, TypeDefinition,
    TypeExpression, is_type_name, scalars_help, translation,
};
use crate::field_type::{EnumType, Field, FieldType, Item, Notes, ScalarType};
use crate::finding::Finding;
use crate::rare::Rare;
use crate::rule;
use crate::source::Span;
use crate::suggest;

/// How many types one event or named type may expand to.
const MAX_EXPANDED: usize = 10_000;

/// What the names of types stand for.
pub(super) trait Names {
    /// The type of a name; `None` where it is unknown or wrong itself, which has been reported then.
    fn expand(&mut self, name: &str, span: Span, sink: &mut Sink<'_>) -> Option<Item>;
}

/// Expands the types of one event, or of one named type.
pub(super) struct Expander<'n> {
    names: &'n mut dyn Names,
    budget: usize,
}

impl<'n> Expander<'n> {
    pub(super) fn new(names: &'n mut dyn Names) -> Self {
        Self { names, budget: MAX_EXPANDED }
    }

    /// A field of an object with its type; `None` where the type is wrong, which has been reported then.
    pub(super) fn field(
        &mut self,
        definition: &FieldDefinition,
        depth: usize,
        sink: &mut Sink<'_>,
    ) -> Option<Field> {
        let item = self.field_item(definition, depth, sink)?;
        let (name, required) = (definition.name.value.clone(), definition.required);
        Some(Field { name, required, from: None, attr: None, item })
    }

    /// The type of a field.
    pub(super) fn field_item(
        &mut self,
        definition: &FieldDefinition,
        depth: usize,
        sink: &mut Sink<'_>,
    ) -> Option<Item> {
        let mut item = self.item(&definition.item, depth, sink)?;
        if definition.rust_name.is_some() {
            item.notes.rust_name.clone_from(&definition.rust_name);
        }
        Some(item)
    }

    pub(super) fn item(
        &mut self,
        definition: &ItemDefinition,
        depth: usize,
        sink: &mut Sink<'_>,
    ) -> Option<Item> {
        let item = self.expression(&definition.type_expression, depth, sink)?;
        Some(apply_flags(item, &definition.flags, sink))
    }

    fn expression(&mut self, expression: &TypeExpression, depth: usize, sink: &mut Sink<'_>) -> Option<Item> {
        let field_type = match &expression.shape {
            Shape::Scalar(scalar) => FieldType::Scalar(*scalar),
            Shape::List(item) => FieldType::List(Box::new(self.item(item, depth + 1, sink)?)),
            Shape::Map(item) => FieldType::Map(Box::new(self.item(item, depth + 1, sink)?)),
            Shape::Enum(definition) => FieldType::Enum(Arc::new(enum_type(definition))),
            Shape::Object(fields) => {
                let expanded: Vec<_> =
                    fields.iter().map(|field| self.field(field, depth + 1, sink)).collect();
                FieldType::Object(Arc::new(expanded.into_iter().collect::<Option<_>>()?))
            }
            Shape::Named(name) => return self.named(name, expression.span, depth, sink),
        };
        self.spend(1, expression.span, sink)?;
        Some(Item::plain(field_type))
    }

    fn named(&mut self, name: &str, span: Span, depth: usize, sink: &mut Sink<'_>) -> Option<Item> {
        let mut item = self.names.expand(name, span, sink)?;
        self.spend(item.field_type.size(), span, sink)?;
        if depth + item.field_type.depth() > MAX_TYPE_DEPTH {
            let message = format!("types nested deeper than {MAX_TYPE_DEPTH} once `{name}` is expanded");
            sink.add(Finding::new(&rule::TYPE_TOO_LARGE, message).at(sink.file, span).label("too deep"));
            return None;
        }
        item.notes.named = Some(name.to_owned());
        Some(item)
    }

    fn spend(&mut self, size: usize, span: Span, sink: &mut Sink<'_>) -> Option<()> {
        if self.budget == 0 {
            return None;
        }
        self.budget = self.budget.saturating_sub(size);
        if self.budget == 0 {
            let message = format!("more than {MAX_EXPANDED} types once all named types are expanded");
            sink.add(Finding::new(&rule::TYPE_TOO_LARGE, message).at(sink.file, span).label("too many here"));
            return None;
        }
        Some(())
    }
}

/// A field as it was written, with its type as it is meant.
pub(super) fn field_of(written: FieldDefinition, item: Item) -> Field {
    Field {
        name: written.name.value,
        required: written.required,
        from: written.from.map(|from| from.value),
        attr: written.attr.map(|attr| attr.value),
        item,
    }
}

fn enum_type(definition: &EnumDefinition) -> EnumType {
    let values = definition.values.iter().map(|value| value.value.clone()).collect();
    EnumType { values, openness: definition.openness }
}

/// Expands every named type once; those that are wrong are left out, as are those of which nothing more is known than
/// that they are `broken`.
pub(super) fn expand_named_types(
    definitions: &[TypeDefinition],
    broken: &[String],
) -> (Resolved, Vec<Finding>) {
    let mut order: Vec<&TypeDefinition> = definitions.iter().collect();
    order.sort_by_key(|definition| (&definition.file.path, definition.name.span));
    let mut by_name = HashMap::with_capacity(order.len());
    for definition in &order {
        by_name.entry(definition.name.value.as_str()).or_insert(*definition);
    }
    let done = broken.iter().map(String::as_str).filter(|name| !by_name.contains_key(name));
    let done = done.map(|name| (name, None)).collect();
    let mut resolver = Resolver { definitions: by_name, done, open: Vec::new(), findings: Vec::new() };
    for definition in order {
        resolver.resolve(definition);
    }
    let items = resolver.done.into_iter().map(|(name, item)| (name.to_owned(), item)).collect();
    (Resolved { items }, resolver.findings)
}

/// All named types of a project, expanded.
#[derive(Debug)]
pub(super) struct Resolved {
    items: HashMap<String, Option<Item>>,
}

/// The types of the events refer to what has been resolved.
impl Names for &Resolved {
    fn expand(&mut self, name: &str, span: Span, sink: &mut Sink<'_>) -> Option<Item> {
        if let Some(item) = self.items.get(name) {
            return item.clone();
        }
        sink.add(unknown(name, span, self.items.keys().map(String::as_str), sink));
        None
    }
}

fn unknown<'c>(name: &str, span: Span, known: impl Iterator<Item = &'c str>, sink: &Sink<'_>) -> Finding {
    let near = suggest::nearest(name, known);
    let scalar = suggest::nearest(name, ScalarType::ALL.iter().map(|(word, _)| *word));
    let (rule, label) = if is_type_name(name) {
        (&rule::UNKNOWN_TYPE, "registered nowhere")
    } else {
        (&rule::TYPE_SYNTAX, "expected a scalar, `list<T>`, `map<T>` or the name of a type")
    };
    let message = if is_type_name(name) {
        format!("no type is called `{name}`")
    } else {
        format!("`{name}` is no type")
    };
    let finding = Finding::new(rule, message).at(sink.file, span).label(label).suggest(near);
    match translation(name) {
        Some(help) => finding.or_help(help),
        None if scalar.is_some() => finding.suggest(scalar),
        None if is_type_name(name) => finding.or_help(format!("register it: `types: {{ {name}: … }}`")),
        None => finding.or_help(scalars_help()),
    }
}

struct Resolver<'d> {
    definitions: HashMap<&'d str, &'d TypeDefinition>,
    done: HashMap<&'d str, Option<Item>>,
    open: Vec<&'d TypeDefinition>,
    findings: Vec<Finding>,
}

impl<'d> Resolver<'d> {
    fn resolve(&mut self, definition: &'d TypeDefinition) -> Option<Item> {
        let name = definition.name.value.as_str();
        if let Some(done) = self.done.get(name) {
            return done.clone();
        }
        self.open.push(definition);
        let mut sink = Sink::new(&definition.file, None);
        let item = Expander::new(self).item(&definition.item, 0, &mut sink);
        self.findings.append(&mut sink.findings);
        self.open.pop();
        self.done.insert(name, item.clone());
        item
    }

    fn cycle(&self, name: &str, from: usize, span: Span, sink: &Sink<'_>) -> Finding {
        let mut path: Vec<&str> = self.open[from..].iter().map(|open| open.name.value.as_str()).collect();
        path.push(name);
        let mut finding = Finding::new(&rule::TYPE_CYCLE, format!("the type `{name}` contains itself"))
            .at(sink.file, span)
            .label(format!("`{}`", path.join("` → `")))
            .help("break the circle, or carry the inner part as `json`");
        for open in &self.open[from..] {
            finding = finding.related(&open.file, open.name.span, "in the circle");
        }
        finding
    }
}

/// While named types are resolved, they refer to each other.
impl Names for Resolver<'_> {
    fn expand(&mut self, name: &str, span: Span, sink: &mut Sink<'_>) -> Option<Item> {
        if let Some(done) = self.done.get(name) {
            return done.clone();
        }
        let Some(definition) = self.definitions.get(name).copied() else {
            let known = self.definitions.keys().copied();
            sink.add(unknown(name, span, known, sink));
            return None;
        };
        if let Some(from) = self.open.iter().position(|open| open.name.value == name) {
            sink.add(self.cycle(name, from, span, sink));
            return None;
        }
        if self.open.len() > MAX_TYPE_DEPTH {
            let message = format!("named types nested deeper than {MAX_TYPE_DEPTH}");
            sink.add(Finding::new(&rule::TYPE_TOO_LARGE, message).at(sink.file, span).label("too deep"));
            return None;
        }
        self.resolve(definition)
    }
}

/// What a field says wins over what its named type says.
pub(super) fn merge_notes(notes: &mut Rare<Notes>, flags: &FlagsDefinition) {
    if flags.description.is_some() {
        notes.description.clone_from(&flags.description);
    }
    if flags.deprecated.is_some() {
        notes.deprecated.clone_from(&flags.deprecated);
    }
    if flags.pii.is_some() {
        notes.pii = flags.pii;
    }
}
