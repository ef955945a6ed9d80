use std::borrow::Cow;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::{Entry, Node, Scalar, SourceFile, Span, Spanned, Style, Value};
use crate::finding::Finding;
use crate::rule;

/// Reads a TOML file into a tree.
///
/// # Errors
/// A finding at the first place that is not TOML.
pub fn read_toml(file: &Arc<SourceFile>) -> Result<Node<'_>, Box<Finding>> {
    let table = DeTable::parse(&file.text).map_err(|error| {
        let span = error.span().map_or_else(Span::default, |range| Span::new(range.start, range.end));
        Finding::new(&rule::TOML_SYNTAX, error.message().trim().replace('\n', ", "))
            .at(file, span)
            .label("here")
    })?;
    let span = Span::new(0, file.text.trim_end().len());
    Ok(Node { span, value: mapping(table.into_inner()) })
}

fn mapping(table: DeTable<'_>) -> Value<'_> {
    Value::Mapping(
        table
            .into_iter()
            .map(|(key, value)| Entry {
                key: Spanned::new(Cow::Owned(key.get_ref().to_string()), range(&key.span())),
                value: node(value),
            })
            .collect(),
    )
}

fn node(value: toml::Spanned<DeValue<'_>>) -> Node<'_> {
    let span = range(&value.span());
    let plain = |text: String| Value::Scalar(Scalar { text: Cow::Owned(text), style: Style::Plain });
    let value = match value.into_inner() {
        DeValue::String(text) => {
            Value::Scalar(Scalar { text: Cow::Owned(text.into_owned()), style: Style::Quoted })
        }
        DeValue::Integer(number) => plain(number.to_string()),
        DeValue::Float(number) => plain(number.to_string()),
        DeValue::Boolean(truth) => plain(truth.to_string()),
        DeValue::Datetime(time) => plain(time.to_string()),
        DeValue::Array(items) => Value::Sequence(items.into_iter().map(node).collect()),
        DeValue::Table(table) => mapping(table),
    };
    Node { span, value }
}

fn range(range: &std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
