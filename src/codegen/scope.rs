//! Names that must differ from each other.

use std::collections::BTreeMap;

/// Two names that come out equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The event in which it happens, or the second of the two.
    pub event: String,
    /// The version of it.
    pub version: u32,
    /// The place in the payload of the second of the two, where it has one.
    pub path: Option<String>,
    /// The name that both have.
    pub name: String,
    /// What has it first.
    pub first: String,
    /// What has it again.
    pub second: String,
    /// What can be done about it.
    pub remedy: Remedy,
}

/// What makes two names differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// `rust_name` on one of the two.
    RustName,
    /// Another name in the definition.
    OtherName,
}

/// What becomes of a name that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It is an error: its author can mend it.
    Refuse,
    /// It gets a `_`: history cannot be mended.
    Evade,
}

/// Names of one scope with what they stand for; those of generated code itself stand for nothing.
#[derive(Debug)]
pub(super) struct Scope {
    names: BTreeMap<String, Option<Owner>>,
    taken: Taken,
}

/// What a name stands for: its kind, such as "the field", and which one.
type Owner = (&'static str, String);

/// Who asks for a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'c> {
    pub(super) event: &'c str,
    pub(super) version: u32,
    pub(super) path: Option<&'c str>,
    /// What it stands for, such as "the field".
    pub(super) kind: &'static str,
    /// Which one.
    pub(super) of: &'c str,
    pub(super) remedy: Remedy,
}

impl Scope {
    /// A scope without names.
    pub(super) fn new(taken: Taken) -> Self {
        Self { names: BTreeMap::new(), taken }
    }

    /// The same, with names that generated code uses for itself: others evade them.
    pub(super) fn reserving<'n>(mut self, reserved: impl IntoIterator<Item = &'n str>) -> Self {
        self.names.extend(reserved.into_iter().map(|name| (name.to_owned(), None)));
        self
    }

    /// Says what becomes of names that are taken from now on.
    pub(super) fn set_taken(&mut self, taken: Taken) {
        self.taken = taken;
    }

    /// Takes a name, or one that is like it.
    pub(super) fn claim(
        &mut self,
        mut name: String,
        claim: &Claim<'_>,
        collisions: &mut Vec<Collision>,
    ) -> String {
        while let Some(first) = self.names.get(&name) {
            if let (Taken::Refuse, Some((kind, of))) = (self.taken, first) {
                collisions.push(Collision {
                    event: claim.event.to_owned(),
                    version: claim.version,
                    path: claim.path.map(str::to_owned),
                    name: name.clone(),
                    first: format!("{kind} `{of}`"),
                    second: format!("{} `{}`", claim.kind, claim.of),
                    remedy: claim.remedy,
                });
                return name;
            }
            name.push('_');
        }
        self.names.insert(name.clone(), Some((claim.kind, claim.of.to_owned())));
        name
    }

    /// Whether nothing has a name.
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.names.contains_key(name)
    }

    /// Takes a name of generated code itself: whatever has it already, this one differs.
    pub(super) fn own(&mut self, mut name: String) -> String {
        while self.names.contains_key(&name) {
            name.push('_');
        }
        self.names.insert(name.clone(), None);
        name
    }
}
