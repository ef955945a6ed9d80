//! The layout of the schema file: one entry a block, one scalar field a line.

use crate::event::{Deprecation, InputNotes};
use crate::field_type::{Field, FieldType, Item, Openness};
use crate::fingerprint::{compact_json, json_string};
use crate::rare::Rare;

/// Writes `"key": ` in front of what follows, on a line of its own.
pub(super) struct Block<'o> {
    out: &'o mut String,
    indent: usize,
    is_empty: bool,
}

impl<'o> Block<'o> {
    /// Opens a block whose keys stand at `indent`.
    pub(super) fn open(out: &'o mut String, indent: usize) -> Self {
        out.push('{');
        Self { out, indent, is_empty: true }
    }

    /// Starts the line of `key` and gives the text to append its value to.
    pub(super) fn key(&mut self, key: &'static str) -> &mut String {
        self.next_line();
        plain_key(self.out, key);
        self.out
    }

    /// Like [`key`](Self::key), for a name of the author's.
    pub(super) fn named(&mut self, name: &str) -> &mut String {
        self.next_line();
        json_string(self.out, name);
        self.out.push_str(": ");
        self.out
    }

    fn next_line(&mut self) {
        if !self.is_empty {
            self.out.push(',');
        }
        self.is_empty = false;
        line(self.out, self.indent);
    }

    pub(super) fn text(&mut self, key: &'static str, text: &str) {
        let out = self.key(key);
        json_string(out, text);
    }

    pub(super) fn optional_text(&mut self, key: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    pub(super) fn close(self) {
        line(self.out, self.indent - 2);
        self.out.push('}');
    }
}

/// An object on one line: `{ "a": 1, "b": 2 }`.
pub(super) struct Inline<'o> {
    out: &'o mut String,
    is_empty: bool,
}

impl<'o> Inline<'o> {
    pub(super) fn open(out: &'o mut String) -> Self {
        out.push('{');
        Self { out, is_empty: true }
    }

    pub(super) fn key(&mut self, key: &'static str) -> &mut String {
        self.out.push_str(if self.is_empty { " " } else { ", " });
        self.is_empty = false;
        plain_key(self.out, key);
        self.out
    }

    pub(super) fn text(&mut self, key: &'static str, text: &str) {
        let out = self.key(key);
        json_string(out, text);
    }

    pub(super) fn optional_text(&mut self, key: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    pub(super) fn close(self) {
        self.out.push_str(if self.is_empty { "}" } else { " }" });
    }
}

/// A key of the format, which needs no escapes.
fn plain_key(out: &mut String, key: &'static str) {
    out.push('"');
    out.push_str(key);
    out.push_str("\": ");
}

pub(super) fn line(out: &mut String, indent: usize) {
    const SPACES: &str = "                                                                                ";
    out.push('\n');
    let mut left = indent;
    while left > 0 {
        let now = left.min(SPACES.len());
        out.push_str(&SPACES[..now]);
        left -= now;
    }
}

pub(super) fn texts(out: &mut String, texts: &[String]) {
    out.push('[');
    for (index, text) in texts.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        json_string(out, text);
    }
    out.push(']');
}

/// A list with one item a line.
pub(super) fn lines<T>(out: &mut String, indent: usize, items: &[T], write: impl Fn(&mut String, &T)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        line(out, indent + 2);
        write(out, item);
    }
    if !items.is_empty() {
        line(out, indent);
    }
    out.push(']');
}

/// A field, on one line unless it holds an object.
pub(super) fn field(out: &mut String, indent: usize, field: &Field) {
    let mut object = Inline::open(out);
    object.text("name", &field.name);
    object.key("required").push_str(truth(field.required));
    object.optional_text("from", field.from.as_deref());
    object.optional_text("attr", field.attr.as_deref());
    field_type(object.key("type"), indent, &field.item.field_type);
    said_beside(&mut object, &field.item);
    object.close();
}

fn field_type(out: &mut String, indent: usize, written: &FieldType) {
    let mut object = match written {
        FieldType::Scalar(scalar) => return json_string(out, scalar.as_str()),
        FieldType::List(_) | FieldType::Map(_) | FieldType::Enum(_) | FieldType::Object(_) => {
            Inline::open(out)
        }
    };
    match written {
        FieldType::Scalar(_) => {}
        FieldType::List(inner) => item(object.key("list"), indent, inner),
        FieldType::Map(inner) => item(object.key("map"), indent, inner),
        FieldType::Enum(values) => {
            texts(object.key("enum"), &values.values);
            if values.openness == Openness::Open {
                object.key("open").push_str("true");
            }
        }
        FieldType::Object(fields) => {
            lines(object.key("object"), indent + 2, fields, |out, inner| field(out, indent + 4, inner));
        }
    }
    object.close();
}

/// A type, or an object with a type where something is said beside it.
fn item(out: &mut String, indent: usize, written: &Item) {
    if !is_said_beside(written) {
        return field_type(out, indent, &written.field_type);
    }
    let mut object = Inline::open(out);
    field_type(object.key("type"), indent, &written.field_type);
    said_beside(&mut object, written);
    object.close();
}

fn is_said_beside(item: &Item) -> bool {
    item.flags != Rare::default() || item.notes != Rare::default()
}

fn said_beside(object: &mut Inline<'_>, item: &Item) {
    let flags = &item.flags;
    if flags.nullable {
        object.key("nullable").push_str("true");
    }
    if let Some(default) = &flags.default {
        object.key("default").push_str(&compact_json(default));
    }
    for (key, number) in [("min", flags.min), ("max", flags.max)] {
        if let Some(number) = number {
            object.key(key).push_str(&number.to_string());
        }
    }
    let lengths =
        [("min_length", flags.min_length.filter(|length| *length > 0)), ("max_length", flags.max_length)];
    for (key, length) in lengths {
        if let Some(length) = length {
            object.key(key).push_str(&length.to_string());
        }
    }
    object.optional_text("pattern", flags.pattern.as_deref());
    object.optional_text("unit", flags.unit.as_deref());
    notes(object, item);
}

fn notes(object: &mut Inline<'_>, item: &Item) {
    let notes = &item.notes;
    object.optional_text("named", notes.named.as_deref());
    object.optional_text("description", notes.description.as_deref());
    if let Some(pii) = notes.pii {
        object.key("pii").push_str(truth(pii));
    }
    if let Some(deprecated) = &notes.deprecated {
        deprecation(object.key("deprecated"), deprecated);
    }
    if !notes.examples.is_empty() {
        let out = object.key("examples");
        out.push_str(&compact_json(&serde_json::Value::Array(notes.examples.clone())));
    }
    object.optional_text("rust_name", notes.rust_name.as_deref());
}

pub(super) fn deprecation(out: &mut String, deprecated: &Deprecation) {
    let mut object = Inline::open(out);
    object.optional_text("reason", deprecated.reason.as_deref());
    if let Some(sunset) = deprecated.sunset {
        object.text("sunset", &sunset.to_string());
    }
    object.close();
}

pub(super) fn input_notes(out: &mut String, notes: &InputNotes) {
    let mut object = Inline::open(out);
    object.optional_text("description", notes.description.as_deref());
    if let Some(rust) = &notes.rust {
        let mut inner = Inline::open(object.key("rust"));
        inner.text("path", &rust.path);
        inner.text("access", rust.access.as_str());
        inner.close();
    }
    object.close();
}

fn truth(truth: bool) -> &'static str {
    if truth { "true" } else { "false" }
}
