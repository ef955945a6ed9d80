//! The named types of the latest live events, each generated once.

use std::collections::BTreeMap;

use super::module::{Module, Own};
use super::pool::is_same;
use super::rust_type::Home;
use super::scope::{Collision, Taken};
use crate::field_type::{Field, FieldType, Item};
use crate::schema::Version;

/// The named types that have generated types.
#[derive(Debug, Default)]
pub(super) struct Shared<'s> {
    types: BTreeMap<&'s str, Named<'s>>,
    /// The generated types by path, such as `Money` or `OrderLinesItem`.
    own: BTreeMap<String, Own>,
}

/// A named type, as the first event has it that uses it.
#[derive(Debug)]
struct Named<'s> {
    field_type: &'s FieldType,
    event: &'s str,
    version: u32,
}

/// The module `types`; empty where there are no types.
pub(super) struct TypesModule {
    pub(super) text: String,
    pub(super) collisions: Vec<Collision>,
}

impl<'s> Shared<'s> {
    /// The named types of these versions.
    pub(super) fn of(latest: impl Iterator<Item = &'s Version>) -> Self {
        let mut shared = Self::default();
        for version in latest {
            for field in &version.contract.payload_fields {
                shared.collect(&field.item, version);
            }
        }
        // The first pass finds the names to which the second refers.
        shared.own = shared.lowered().into_named();
        shared
    }

    fn collect(&mut self, item: &'s Item, version: &'s Version) {
        if let Some(name) = item.notes.named.as_deref()
            && item.field_type.scalar().is_none()
        {
            if self.types.contains_key(name) {
                return;
            }
            let named = Named {
                field_type: &item.field_type,
                event: &version.contract.event_name,
                version: version.number,
            };
            self.types.insert(name, named);
        }
        match &item.field_type {
            FieldType::Scalar(_) | FieldType::Enum(_) => {}
            FieldType::List(inner) | FieldType::Map(inner) => self.collect(inner, version),
            FieldType::Object(fields) => self.collect_all(fields, version),
        }
    }

    fn collect_all(&mut self, fields: &'s [Field], version: &'s Version) {
        for field in fields {
            self.collect(&field.item, version);
        }
    }

    /// Whether the named type `name` is generated in `types` and has this shape.
    pub(super) fn holds(&self, name: &str, field_type: &FieldType) -> bool {
        self.types.get(name).is_some_and(|named| is_same(named.field_type, field_type))
    }

    /// The generated type of a path.
    pub(super) fn own(&self, path: &str) -> Own {
        let unknown = || Own { name: path.to_owned(), table: String::new() };
        self.find_own(path).cloned().unwrap_or_else(unknown)
    }

    /// The generated type of a path, if it has one.
    pub(super) fn find_own(&self, path: &str) -> Option<&Own> {
        self.own.get(path)
    }

    fn lowered(&self) -> Module<'_> {
        let mut module = Module::new(self, Home::Types, Taken::Refuse, "", 0);
        for (name, named) in &self.types {
            (module.event, module.version) = (named.event, named.version);
            module.define_named(name, named.field_type);
        }
        module
    }

    /// The module `types`.
    pub(super) fn module(&self) -> TypesModule {
        let (blocks, tables, collisions) = self.lowered().take_parts();
        if blocks.is_empty() {
            return TypesModule { text: String::new(), collisions };
        }
        let mut text = "\n/// The named types, as the latest events have them.\npub mod types {\n".to_owned();
        text.push_str("    use ::evt_runtime::shape;\n\n");
        text.push_str(&blocks.join("\n"));
        if !tables.is_empty() {
            text.push('\n');
            text.push_str(&tables);
        }
        text.push_str("}\n");
        TypesModule { text, collisions }
    }
}
