//! The record of a version, with the types that stand inside of it.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::field::{Shape, shape};
use super::name::{NameCollision, is_valid, valid, valid_field};
use super::{Place, joined};
use crate::export::json::{Json, Object};
use crate::field_type::{EnumType, Field, FieldType, Item, Openness, ScalarType};
use crate::schema::Version;

/// The record of a version.
pub(super) fn record(version: &Version, place: &Place, collisions: &mut Vec<NameCollision>) -> Object {
    let contract = &version.contract;
    let mut types = Types { version, namespace: place.of_types(), named: BTreeMap::new(), collisions };
    let fields = types.fields(&contract.payload_fields, &Path::default());
    Object::new()
        .with("type", "record")
        .with("name", place.name.as_str())
        .maybe("namespace", (!place.namespace.is_empty()).then_some(place.namespace.as_str()))
        .maybe("doc", version.metadata.description.as_ref())
        .with("x-event-name", &contract.event_name)
        .with("x-event-version", version.number)
        .with("x-fingerprint", version.fingerprint.to_string())
        .mark("x-deprecated", version.metadata.deprecated.is_some())
        .with("fields", fields)
}

/// Where in a payload something stands.
#[derive(Clone, Debug, Default)]
struct Path(Vec<String>);

impl Path {
    fn field(&self, name: &str) -> Self {
        Self(self.0.iter().cloned().chain([name.to_owned()]).collect())
    }

    /// The name of a type that has none of its own.
    fn type_name(&self) -> String {
        self.0.iter().map(|part| part.to_upper_camel_case()).collect()
    }
}

/// The types inside of one record.
struct Types<'v, 'c> {
    version: &'v Version,
    namespace: String,
    /// Those that have a definition already, and are only named from then on.
    named: BTreeMap<String, FieldType>,
    collisions: &'c mut Vec<NameCollision>,
}

impl Types<'_, '_> {
    fn fields(&mut self, fields: &[Field], path: &Path) -> Vec<Object> {
        let mut taken: BTreeMap<String, &str> = BTreeMap::new();
        let mut written = Vec::with_capacity(fields.len());
        for field in fields {
            let name = valid_field(&field.name);
            if let Some(first) = taken.insert(name.clone(), &field.name) {
                self.collisions.push(NameCollision {
                    name: name.clone(),
                    event: self.version.contract.event_name.clone(),
                    version: self.version.number,
                    path: Some(path.0.join(".")),
                    first: first.to_owned(),
                    second: field.name.clone(),
                });
            }
            written.push(self.field(field, name, &path.field(&field.name)));
        }
        written
    }

    fn field(&mut self, field: &Field, name: String, path: &Path) -> Object {
        let Item { flags, notes, .. } = &field.item;
        let renamed = (name != field.name).then_some(&field.name);
        let field_type = self.bare(&field.item, path);
        let null = || Json::from("null");
        let (field_type, default, untold) = match shape(field) {
            Shape::Plain(default) => (field_type, default, None),
            Shape::NullFirst(default, untold) => (vec![null(), field_type].into(), default, untold),
            Shape::NullLast(default) => (vec![field_type, null()].into(), Some(default), None),
        };
        Object::new()
            .with("name", name)
            .maybe("doc", notes.description.as_ref())
            .with("type", field_type)
            .maybe("default", default)
            .maybe("x-name", renamed)
            .maybe("x-default", untold)
            .maybe("x-unit", flags.unit.as_deref())
            .mark("x-pii", field.item.is_pii())
            .mark("x-deprecated", notes.deprecated.is_some())
    }

    /// What stands in a list or a map.
    fn item(&mut self, item: &Item, path: &Path) -> Json {
        let bare = self.bare(item, path);
        if item.flags.nullable { vec![Json::from("null"), bare].into() } else { bare }
    }

    /// A type, `null` aside.
    fn bare(&mut self, item: &Item, path: &Path) -> Json {
        match &item.field_type {
            FieldType::Scalar(scalar) => scalar_type(*scalar),
            FieldType::List(inner) => {
                Object::new().with("type", "array").with("items", self.item(inner, path)).into()
            }
            FieldType::Map(inner) => {
                Object::new().with("type", "map").with("values", self.item(inner, path)).into()
            }
            FieldType::Enum(values) if has_symbols(values) => {
                self.defined(item, path, |_, named, _| named.with("symbols", texts(values)))
            }
            FieldType::Enum(values) => {
                Object::new().with("type", "string").with("x-known-values", texts(values)).into()
            }
            FieldType::Object(fields) => self
                .defined(item, path, |types, named, path| named.with("fields", types.fields(fields, path))),
        }
    }

    /// A type with a name: in full where it stands first. Another one that wants the same name gets a number.
    fn defined(
        &mut self,
        item: &Item,
        path: &Path,
        define: impl FnOnce(&mut Self, Object, &Path) -> Object,
    ) -> Json {
        let named = item.notes.named.as_ref();
        let wanted = valid(&named.cloned().unwrap_or_else(|| path.type_name()));
        // What stands inside of a named type is called after it, wherever it is used.
        let inside = named.map_or_else(|| path.clone(), |named| Path(vec![named.clone()]));
        let numbered = (2_u64..).map(|number| format!("{wanted}_{number}"));
        let names = std::iter::once(wanted.clone()).chain(numbered);
        let is_mine = |name: &String| self.named.get(name).is_none_or(|taken| *taken == item.field_type);
        let name = names.into_iter().find(is_mine).expect("numbers do not end");
        if self.named.contains_key(&name) {
            return joined(&self.namespace, &name).into();
        }
        self.named.insert(name.clone(), item.field_type.clone());
        let kind = if matches!(item.field_type, FieldType::Enum(_)) { "enum" } else { "record" };
        let named = Object::new().with("type", kind).with("name", name);
        let named = named.with("namespace", self.namespace.as_str());
        define(self, named, &inside).into()
    }
}

/// Whether an enum is one in Avro too: closed, and of names.
pub(super) fn has_symbols(values: &EnumType) -> bool {
    let unique: BTreeSet<&String> = values.values.iter().collect();
    values.openness == Openness::Closed
        && !values.values.is_empty()
        && unique.len() == values.values.len()
        && values.values.iter().all(|value| is_valid(value))
}

fn texts(values: &EnumType) -> Vec<&str> {
    values.values.iter().map(String::as_str).collect()
}

fn scalar_type(scalar: ScalarType) -> Json {
    let logical =
        |base: &str, logical: &str| Object::new().with("type", base).with("logicalType", logical).into();
    let text = || Object::new().with("type", "string").with("x-type", scalar.as_str()).into();
    match scalar {
        ScalarType::String => "string".into(),
        ScalarType::Int => "long".into(),
        ScalarType::Float => "double".into(),
        ScalarType::Bool => "boolean".into(),
        ScalarType::Uuid => logical("string", "uuid"),
        ScalarType::Date => logical("int", "date"),
        ScalarType::Bytes => "bytes".into(),
        ScalarType::Decimal | ScalarType::Timestamp | ScalarType::Json => text(),
    }
}
