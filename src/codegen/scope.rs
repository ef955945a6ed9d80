//! Names that must differ from each other.

use std::collections::BTreeMap;
use std::fmt;

/// Two names that come out equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The name that both have.
    pub name: String,
    /// What has it first.
    pub first: Owner,
    /// What has it again.
    pub second: Owner,
    /// What can be done about it.
    pub remedy: Remedy,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The event in which it is, or that it is.
    pub event: String,
    /// The version of it.
    pub version: u32,
    /// The place in its payload, where it has one.
    pub path: Option<String>,
    /// Its kind, such as "the field".
    pub kind: &'static str,
    /// Which one.
    pub of: String,
}

/// The kind of a named type.
pub const NAMED_TYPE: &str = "the named type";

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.kind, self.of)
    }
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
pub(super) struct Scope<'s> {
    names: BTreeMap<String, Option<Holder<'s>>>,
    taken: Taken,
}

/// What a name stands for, in less memory than an [`Owner`]: there is one for every name, and hardly ever a collision.
#[derive(Debug)]
struct Holder<'s> {
    event: &'s str,
    version: u32,
    path: Path,
    kind: &'static str,
    of: String,
}

/// The place in a payload.
#[derive(Debug)]
enum Path {
    None,
    /// What the name stands for is a place.
    Itself,
    Other(String),
}

/// Who asks for a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim<'s, 'c> {
    pub(super) event: &'s str,
    pub(super) version: u32,
    pub(super) path: Option<&'c str>,
    /// What it stands for, such as "the field".
    pub(super) kind: &'static str,
    /// Which one.
    pub(super) of: &'c str,
    pub(super) remedy: Remedy,
}

impl<'s> Scope<'s> {
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
        claim: &Claim<'s, '_>,
        collisions: &mut Vec<Collision>,
    ) -> String {
        while let Some(first) = self.names.get(&name) {
            if let (Taken::Refuse, Some(first)) = (self.taken, first) {
                let (first, second) = (first.owner(), Holder::of(claim).owner());
                collisions.push(Collision { name: name.clone(), first, second, remedy: claim.remedy });
                return name;
            }
            name.push('_');
        }
        self.names.insert(name.clone(), Some(Holder::of(claim)));
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

impl<'s> Holder<'s> {
    fn of(claim: &Claim<'s, '_>) -> Self {
        let path = match claim.path {
            None => Path::None,
            Some(path) if path == claim.of => Path::Itself,
            Some(path) => Path::Other(path.to_owned()),
        };
        let Claim { event, version, kind, .. } = *claim;
        Self { event, version, path, kind, of: claim.of.to_owned() }
    }

    fn owner(&self) -> Owner {
        let path = match &self.path {
            Path::None => None,
            Path::Itself => Some(self.of.clone()),
            Path::Other(path) => Some(path.clone()),
        };
        let Self { version, kind, .. } = *self;
        Owner { event: self.event.to_owned(), version, path, kind, of: self.of.clone() }
    }
}
