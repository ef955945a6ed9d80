//! Types that a version does not have of its own: those of later versions, and the named types of all events.

use super::{Module, Own};
use crate::codegen::pool::{Pool, inside, is_same};
use crate::codegen::text::Code;
use crate::field_type::FieldType;

/// What leads from the module of a version to the named types.
pub(super) const TYPES: &str = "super::super::types::";

impl<'s> Module<'s> {
    /// The same type of a later version, under the name that it gets here; what stands inside of it comes along.
    pub(super) fn of_later(&mut self, field_type: &'s FieldType, path: &str) -> Option<Own> {
        let prefix = self.pool.find(path, field_type)?.prefix.clone();
        let own = self.take_over(field_type, path, &prefix)?;
        for (path, field_type) in inside(field_type, path) {
            let _ = self.take_over(field_type, &path, &prefix);
        }
        Some(own)
    }

    /// Names a type of the module `prefix` here.
    fn take_over(&mut self, field_type: &'s FieldType, path: &str, prefix: &str) -> Option<Own> {
        if let Some((_, own)) = self.named.get(path).filter(|(known, _)| is_same(known, field_type)) {
            return Some(own.clone());
        }
        let known = self.pool.find(path, field_type).filter(|known| known.prefix == prefix)?;
        let Own { name: theirs, table } = known.own.clone();
        let name = self.names.own(theirs.clone());
        let renamed = if name == theirs { String::new() } else { format!(" as {name}") };
        self.name_elsewhere(&format!("{prefix}{theirs}{renamed}"));
        let own = Own { name, table };
        self.named.insert(path.to_owned(), (field_type, own.clone()));
        self.found.push((path.to_owned(), field_type, own.clone()));
        Some(own)
    }

    fn name_elsewhere(&mut self, path: &str) {
        let mut code = Code::new(self.indent);
        code.line(format_args!("pub use {path};"));
        self.blocks.push(code.into_text());
    }

    /// Names the shared types that it holds: what a version holds is then found in its module for good.
    pub(in crate::codegen) fn name_foreign(&mut self) {
        let mut all: Vec<(String, &FieldType)> = Vec::new();
        for (name, field_type) in std::mem::take(&mut self.foreign) {
            all.push((name.to_owned(), field_type));
            all.append(&mut inside(field_type, name));
        }
        for (path, field_type) in all {
            let Some(own) = self.shared.find_own(&path) else { continue };
            // What is its own has the name first; earlier versions cannot share what has none here.
            if self.names.is_free(&own.name) {
                let Own { name, table } = own.clone();
                self.name_elsewhere(&format!("{TYPES}{name}"));
                let own = Own { name: self.names.own(name), table: format!("{TYPES}{table}") };
                self.found.push((path, field_type, own));
            }
        }
    }

    /// What leads to it from the module of another version.
    pub(super) fn place(&self) -> String {
        format!("super::v{}::", self.version)
    }

    /// The types that earlier versions can share.
    pub(in crate::codegen) fn into_pool(mut self) -> Pool<'s> {
        let place = self.place();
        for (path, field_type, own) in std::mem::take(&mut self.found) {
            self.pool.add(&path, field_type, place.clone(), own);
        }
        self.pool
    }
}
