use crate::event::{CompatMode, Metadata};
use crate::project::Project;
use crate::rule::{Compat, Rule, Severity};

/// Who reads whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// New code reads old rows.
    Backward,
    /// Old code reads new rows.
    Forward,
}

/// What a mode promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Promise {
    /// New code reads old rows.
    pub backward: bool,
    /// Old code reads new rows.
    pub forward: bool,
    /// Old is every earlier version, not the latest alone.
    pub transitive: bool,
}

impl From<CompatMode> for Promise {
    fn from(mode: CompatMode) -> Self {
        let promise = |backward, forward, transitive| Self { backward, forward, transitive };
        match mode {
            CompatMode::None => promise(false, false, false),
            CompatMode::Backward => promise(true, false, false),
            CompatMode::Forward => promise(false, true, false),
            CompatMode::Full => promise(true, true, false),
            CompatMode::BackwardTransitive => promise(true, false, true),
            CompatMode::ForwardTransitive => promise(false, true, true),
            CompatMode::FullTransitive => promise(true, true, true),
        }
    }
}

impl Promise {
    /// Whether nothing is promised.
    #[must_use]
    pub fn is_empty(self) -> bool {
        !self.backward && !self.forward
    }

    /// Who must be able to read whom.
    pub fn directions(self) -> impl Iterator<Item = Direction> {
        let kept = [(self.backward, Direction::Backward), (self.forward, Direction::Forward)];
        kept.into_iter().filter(|(is_kept, _)| *is_kept).map(|(_, direction)| direction)
    }

    /// How bad a breach of the rule is, where this is promised; `None`: it is no breach.
    #[must_use]
    pub fn severity(self, rule: &Rule) -> Option<Severity> {
        let Compat { backward, forward, full, .. } = rule.compat.as_ref()?;
        match (self.backward, self.forward) {
            (false, false) => None,
            (true, false) => *backward,
            (false, true) => *forward,
            (true, true) => *full,
        }
    }

    /// Whether the other one promises something that this one does not.
    #[must_use]
    pub fn lacks(self, other: Self) -> bool {
        (other.backward && !self.backward)
            || (other.forward && !self.forward)
            || (other.transitive && !self.transitive)
    }
}

/// The mode of an event: its own, that of its domain, or that of the project.
#[must_use]
pub fn effective_mode(metadata: &Metadata, project: &Project) -> CompatMode {
    let of_domain = || project.compat_by_domain.get(metadata.domain.as_ref()?).copied();
    metadata.compat.or_else(of_domain).unwrap_or(project.compat)
}
