//! The types of an event's later versions, which earlier ones share where they are the same.
//!
//! A hand-written step then moves what did not change from one version to the next as it is.

use std::collections::BTreeMap;

use super::module::Own;
use super::name::camel;
use crate::field_type::{Field, FieldType, Item};
use crate::fingerprint::type_text;

/// Generated types by their paths, such as `LinesItem` or `Money`.
#[derive(Debug, Default)]
pub(super) struct Pool<'s>(BTreeMap<String, Known<'s>>);

/// A generated type, as an earlier version names it and its table.
#[derive(Clone, Debug)]
pub(super) struct Known<'s> {
    field_type: &'s FieldType,
    /// What leads to its module from that of another version, such as `super::v3::`.
    pub(super) prefix: String,
    pub(super) own: Own,
}

impl<'s> Pool<'s> {
    /// Adds a type; one of an earlier version takes the place of that of a later one.
    pub(super) fn add(&mut self, path: &str, field_type: &'s FieldType, prefix: String, own: Own) {
        self.0.insert(path.to_owned(), Known { field_type, prefix, own });
    }

    /// The type at a path, if it has this shape.
    pub(super) fn find(&self, path: &str, field_type: &FieldType) -> Option<&Known<'s>> {
        self.0.get(path).filter(|known| is_same(known.field_type, field_type))
    }
}

/// Whether two types have one shape, whatever is said about them for people.
pub(super) fn is_same(a: &FieldType, b: &FieldType) -> bool {
    std::ptr::eq(a, b) || a == b || type_text(a) == type_text(b)
}

/// The structs and enums that stand inside of a type, with their paths; `path` is its own.
pub(super) fn inside<'s>(field_type: &'s FieldType, path: &str) -> Vec<(String, &'s FieldType)> {
    let mut found = Vec::new();
    collect(field_type, path, &mut found);
    found
}

fn collect<'s>(field_type: &'s FieldType, path: &str, found: &mut Vec<(String, &'s FieldType)>) {
    match field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => {}
        FieldType::List(inner) => collect_item(inner, format!("{path}Item"), found),
        FieldType::Map(inner) => collect_item(inner, format!("{path}Value"), found),
        FieldType::Object(fields) => {
            for field in fields.iter() {
                collect_item(&field.item, format!("{path}{}", word(field)), found);
            }
        }
    }
}

fn collect_item<'s>(item: &'s Item, path: String, found: &mut Vec<(String, &'s FieldType)>) {
    let path = item.notes.named.clone().unwrap_or(path);
    if matches!(item.field_type, FieldType::Enum(_) | FieldType::Object(_)) {
        found.push((path.clone(), &item.field_type));
    }
    collect(&item.field_type, &path, found);
}

/// What a field adds to the path of the type that it holds.
pub(super) fn word(field: &Field) -> String {
    camel(field.item.notes.rust_name.as_deref().unwrap_or(&field.name))
}
