//! Every rule as a row of a table: id, category, severity, why it exists, and a bad and a good example.
//!
//! A check names the row that was broken; `evt rules`, `evt explain` and the severities of `evt.toml` read the same
//! rows, so that they cannot tell different stories.

use std::fmt;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name in `evt.toml`, in every report and for `evt explain`: kebab-case.
    pub id: &'static str,
    /// What it is about.
    pub category: Category,
    /// How bad a breach is, unless `evt.toml` says otherwise.
    pub severity: Severity,
    /// Whether `evt.toml` may say otherwise.
    pub scope: Scope,
    /// Why it exists.
    pub why: &'static str,
    /// What breaks it: a definition file, or a scene where no definition file can show it.
    pub bad: &'static str,
    /// The same, mended.
    pub good: &'static str,
    /// What it says about two versions, if it is about two.
    pub compat: Option<Compat>,
}

/// A rule about two versions of an event.
#[derive(Debug)]
pub struct Compat {
    /// Whether readers fail, or read something else.
    pub kind: CompatKind,
    /// How bad it is where new code must read old rows; `None`: not at all.
    pub backward: Option<Severity>,
    /// How bad it is where old code must read new rows.
    pub forward: Option<Severity>,
    /// How bad it is where both must be.
    pub full: Option<Severity>,
    /// What to do instead.
    pub way_out: &'static str,
}

/// What becomes of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompatKind {
    /// It refuses a payload, which can be shown.
    Structural,
    /// It takes the payload for something else.
    Semantic,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// The files themselves.
    Source,
    /// What definitions say.
    Definition,
    /// The types of inputs and fields.
    Type,
    /// The schema file and what it remembers.
    History,
    /// What is committed against what would be written.
    Drift,
    /// Good habits.
    Style,
    /// What a new version breaks, and whom.
    Compat,
    /// `evt.toml` and the machine.
    Setup,
    /// What is taken over from other tools.
    Import,
    /// How an outbox fares.
    Outbox,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; fails nothing.
    Info,
    /// Most likely a mistake; fails nothing.
    Warn,
    /// Fails the check.
    Error,
}

/// Whether the severity of a rule can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Without it nothing could be compiled or trusted.
    Fixed,
    /// `[rules]` in `evt.toml` may raise, lower or switch it off.
    Adjustable,
    /// It is off until `[rules]` in `evt.toml` gives it a severity: teams differ in what they want.
    OptIn,
}

impl fmt::Display for CompatKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Structural => "structural",
            Self::Semantic => "semantic",
        })
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Source => "source",
            Self::Definition => "definition",
            Self::Type => "type",
            Self::History => "history",
            Self::Drift => "drift",
            Self::Style => "style",
            Self::Compat => "compat",
            Self::Setup => "setup",
            Self::Import => "import",
            Self::Outbox => "outbox",
        })
    }
}

/// Declares rules and lists them.
macro_rules! rules {
    ($($name:ident = $id:literal, $category:ident, $severity:ident, $scope:ident, $why:literal,
       bad: $bad:literal, good: $good:literal;)*) => {
        $(
            #[doc = $why]
            pub static $name: crate::rule::Rule = crate::rule::Rule {
                id: $id,
                category: crate::rule::Category::$category,
                severity: crate::rule::Severity::$severity,
                scope: crate::rule::Scope::$scope,
                why: $why,
                bad: crate::rule::example($bad),
                good: crate::rule::example($good),
                compat: None,
            };
        )*
        pub(super) static TABLE: &[&crate::rule::Rule] = &[$(&$name),*];
    };
}

/// The text of an example, which starts on the line below its opening quote.
const fn example(literal: &'static str) -> &'static str {
    match literal.as_bytes() {
        [b'\n', ..] => literal.split_at(1).1,
        _ => literal,
    }
}

mod compat;
mod definition;
mod history;
mod import;
mod input;
mod naming;
mod outbox;
mod payload;
mod register;
mod setup;
mod source;
mod style;
#[cfg(test)]
mod tests;
mod types;

pub use compat::*;
pub use definition::*;
pub use history::*;
pub use import::*;
pub use input::*;
pub use naming::*;
pub use outbox::*;
pub use payload::*;
pub use register::*;
pub use setup::*;
pub use source::*;
pub use style::*;
pub use types::*;

/// All rules, in the order of `evt rules`.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    let tables = [
        source::TABLE,
        definition::TABLE,
        input::TABLE,
        register::TABLE,
        types::TABLE,
        history::TABLE,
        compat::field::TABLE,
        compat::value::TABLE,
        compat::event::TABLE,
        compat::TABLE,
        style::TABLE,
        import::TABLE,
        payload::TABLE,
        naming::TABLE,
        setup::TABLE,
        outbox::TABLE,
    ];
    tables.into_iter().flatten().copied()
}

impl Rule {
    /// The severity of a finding about which `evt.toml` says nothing; `None` where there is none then.
    #[must_use]
    pub fn default_severity(&self) -> Option<Severity> {
        match self.scope {
            Scope::Fixed | Scope::Adjustable => Some(self.severity),
            Scope::OptIn => None,
        }
    }
}

/// The rule of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}
