//! The types of one module: those of a version, or the named types of all events.

mod sharing;

use std::collections::BTreeMap;

use super::layout::{Expr, assignment};
use super::name::{camel, escaped, shouty};
use super::pool::Pool;
use super::rust_type::{Home, RustType};
use super::scope::{Claim, Collision, NAMED_TYPE, Remedy, Scope, Taken};
use super::shared::Shared;
use super::table;
use super::text::Code;
use crate::field_type::{FieldType, Item};
use sharing::TYPES;

/// A module whose types are being written.
pub(super) struct Module<'s> {
    pub(super) shared: &'s Shared<'s>,
    /// Which of the two it is.
    pub(super) home: Home,
    pub(super) event: &'s str,
    pub(super) version: u32,
    /// What becomes of names that come out equal.
    pub(super) taken: Taken,
    /// What is wrong with its names.
    pub(super) collisions: Vec<Collision>,
    /// Where its lines start.
    pub(super) indent: usize,
    names: Scope<'s>,
    statics: Scope<'s>,
    /// The generated types of named types that are its own, by path.
    named: BTreeMap<String, (&'s FieldType, Own)>,
    counts: BTreeMap<&'static str, u32>,
    blocks: Vec<String>,
    tables: String,
    /// The types of later versions.
    pub(super) pool: Pool<'s>,
    /// What has a name in it, with tables as other versions name them.
    found: Vec<(String, &'s FieldType, Own)>,
    /// The named types that are not its own, by name.
    foreign: BTreeMap<&'s str, &'s FieldType>,
}

/// A generated struct or enum.
#[derive(Clone, Debug)]
pub(super) struct Own {
    /// Its name.
    pub(super) name: String,
    /// The static that describes it.
    pub(super) table: String,
}

/// What an item is in Rust.
pub(super) struct Lowered {
    pub(super) rust: RustType,
    /// The item's row, an expression of type `shape::Item`.
    pub(super) item: Expr,
}

/// Whether a type is written here or stands elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Define,
    Refer,
}

/// A place in a type.
#[derive(Clone, Copy)]
struct Path<'p> {
    /// As a name of Rust, such as `LinesItem`.
    rust: &'p str,
    /// As people read it, such as `lines[]`.
    json: &'p str,
    mode: Mode,
    /// Whether it is inside of a named type.
    is_named: bool,
}

impl<'s> Module<'s> {
    pub(super) fn new(
        shared: &'s Shared<'s>,
        home: Home,
        taken: Taken,
        event: &'s str,
        version: u32,
    ) -> Self {
        let indent = match home {
            Home::Version => 8,
            Home::Types => 4,
        };
        Self {
            shared,
            home,
            event,
            version,
            taken,
            collisions: Vec::new(),
            indent,
            names: Scope::new(taken),
            statics: Scope::new(Taken::Evade),
            named: BTreeMap::new(),
            counts: BTreeMap::new(),
            blocks: Vec::new(),
            tables: String::new(),
            pool: Pool::default(),
            found: Vec::new(),
            foreign: BTreeMap::new(),
        }
    }

    /// Takes a name for a type.
    pub(super) fn claim(&mut self, name: String, what: (&'static str, &str), path: Option<&str>) -> String {
        let (kind, of) = what;
        let remedy = if path.is_some() { Remedy::RustName } else { Remedy::OtherName };
        let claim = Claim { event: self.event, version: self.version, path, kind, of, remedy };
        self.names.claim(name, &claim, &mut self.collisions)
    }

    /// Takes a name for a static.
    pub(super) fn claim_static(&mut self, name: String) -> String {
        self.statics.own(name)
    }

    /// A name for one of several statics without names of their own.
    pub(super) fn numbered(&mut self, word: &'static str) -> String {
        let count = self.counts.entry(word).or_default();
        *count += 1;
        format!("{word}_{count}")
    }

    /// Keeps the place of a block of code, so that a type stands before those that it holds.
    pub(super) fn reserve_block(&mut self) -> usize {
        self.blocks.push(String::new());
        self.blocks.len() - 1
    }

    pub(super) fn fill_block(&mut self, place: usize, code: Code) {
        self.blocks[place] = code.into_text();
    }

    /// Adds a static.
    pub(super) fn add_static(&mut self, name: &str, of: &str, value: &Expr) {
        let mut code = Code::new(self.indent);
        let prefix = format!("static {name}: shape::{of} =");
        code.line(assignment(&prefix, self.indent, value));
        self.tables.push_str(&code.into_text());
    }

    /// All that was written: types, tables, and what is wrong.
    pub(super) fn take_parts(&mut self) -> (Vec<String>, String, Vec<Collision>) {
        let Self { blocks, tables, collisions, .. } = self;
        (std::mem::take(blocks), std::mem::take(tables), std::mem::take(collisions))
    }

    /// What a field's value is; `rust` and `json` are its paths.
    pub(super) fn field_item(&mut self, item: &'s Item, rust: &str, json: &str, is_named: bool) -> Lowered {
        self.item(item, Path { rust, json, mode: Mode::Define, is_named })
    }

    /// Writes a named type, with all that it holds.
    pub(super) fn define_named(&mut self, name: &str, field_type: &'s FieldType) {
        self.field_type(field_type, Path { rust: name, json: name, mode: Mode::Define, is_named: true });
    }

    fn item(&mut self, item: &'s Item, path: Path<'_>) -> Lowered {
        let (rust, kind) = match item.notes.named.as_deref() {
            None => self.field_type(&item.field_type, path),
            Some(name) if self.shared.holds(name, &item.field_type) => {
                self.foreign.insert(name, &item.field_type);
                let path = Path { rust: name, json: name, mode: Mode::Refer, is_named: true };
                self.field_type(&item.field_type, path)
            }
            Some(name) => self.field_type(&item.field_type, Path { rust: name, is_named: true, ..path }),
        };
        let rust = if item.flags.nullable { rust.optional() } else { rust };
        Lowered { rust, item: table::item(self, kind, &item.flags) }
    }

    fn field_type(&mut self, field_type: &'s FieldType, path: Path<'_>) -> (RustType, Expr) {
        match field_type {
            FieldType::Scalar(scalar) => {
                (RustType::Scalar(*scalar), Expr::atom(format!("shape::Kind::{}", table::kind(*scalar))))
            }
            FieldType::List(inner) => {
                let (rust, json) = (format!("{}Item", path.rust), format!("{}[]", path.json));
                let lowered = self.item(inner, Path { rust: &rust, json: &json, ..path });
                let kind = table::holding(self, "shape::Kind::List", inner, lowered.item);
                (RustType::List(Box::new(lowered.rust)), kind)
            }
            FieldType::Map(inner) => {
                let (rust, json) = (format!("{}Value", path.rust), format!("{}{{}}", path.json));
                let lowered = self.item(inner, Path { rust: &rust, json: &json, ..path });
                let kind = table::holding(self, "shape::Kind::Map", inner, lowered.item);
                (RustType::Map(Box::new(lowered.rust)), kind)
            }
            FieldType::Enum(_) => self.own("shape::Kind::Choice", field_type, path),
            FieldType::Object(_) => self.own("shape::Kind::Object", field_type, path),
        }
    }

    /// A struct or an enum, as a type and as a row.
    fn own(&mut self, kind: &str, field_type: &'s FieldType, path: Path<'_>) -> (RustType, Expr) {
        let (home, own) = match path.mode {
            Mode::Define => (self.home, self.defined(field_type, path)),
            Mode::Refer => (Home::Types, self.shared.own(path.rust)),
        };
        let prefix = if home == self.home { "" } else { TYPES };
        let row = Expr::call(kind, vec![Expr::atom(format!("{prefix}{}", own.table)).reference()]);
        (RustType::Own(home, own.name), row)
    }

    fn defined(&mut self, field_type: &'s FieldType, path: Path<'_>) -> Own {
        if let Some((known, own)) = self.named.get(path.rust)
            && path.is_named
            && *known == field_type
        {
            return own.clone();
        }
        if let Some(own) = self.of_later(field_type, path.rust) {
            return own;
        }
        let kind = if path.is_named { NAMED_TYPE } else { "the type of" };
        let place = (!path.is_named).then_some(path.json);
        let name = self.claim(escaped(camel_path(path.rust)), (kind, path.json), place);
        let table = self.claim_static(match field_type {
            FieldType::Enum(_) => format!("{}_WORDS", shouty(&name)),
            _ => format!("{}_FIELDS", shouty(&name)),
        });
        let own = Own { name, table };
        if path.is_named {
            self.named.insert(path.rust.to_owned(), (field_type, own.clone()));
        }
        let table = format!("{}{}", self.place(), own.table);
        self.found.push((path.rust.to_owned(), field_type, Own { name: own.name.clone(), table }));
        match field_type {
            FieldType::Enum(words) => super::choice::define(self, &own, words, path.json),
            FieldType::Object(fields) => {
                super::record::define_nested(self, &own, fields, path.rust, path.json, path.is_named);
            }
            FieldType::Scalar(_) | FieldType::List(_) | FieldType::Map(_) => {}
        }
        own
    }

    /// The generated types by their paths, for the module of named types.
    pub(super) fn into_named(self) -> BTreeMap<String, Own> {
        self.named.into_iter().map(|(path, (_, own))| (path, own)).collect()
    }
}

/// A path that is made of names in camel case already.
fn camel_path(path: &str) -> String {
    if path.is_empty() { camel(path) } else { path.to_owned() }
}
