use crate::schema::{Schema, Version};

/// Which versions are held elsewhere, so that they must stay; the others are drafts.
#[derive(Debug)]
pub enum Held {
    /// All: there is no git, or nothing depends on it.
    Everything,
    /// What is committed at HEAD and, while a merge goes on, at the other side of it.
    Committed {
        /// The schema files of the commits.
        schemas: Vec<Schema>,
        /// How their versions are recognised.
        by: MatchBy,
    },
    /// What one commit holds: everything since it becomes one version an event.
    Since(Box<Schema>),
}

/// How a version is recognised in another schema file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchBy {
    /// By number and contract.
    NumberAndContract,
    /// By contract alone: while a merge goes on, one side has been renumbered.
    Contract,
}

impl Held {
    /// How many of an event's versions are not drafts, counted from the first.
    ///
    /// A dump makes at most one draft an event. Several versions that HEAD does not hold came from elsewhere: a
    /// merge, a moved schema file, an import. They stay, unless everything [since](Held::Since) a commit is asked for.
    pub(super) fn committed(&self, event: &str, versions: &[Version]) -> usize {
        match self {
            Self::Everything => versions.len(),
            Self::Committed { schemas, by } => {
                let committed = last_held(event, versions, schemas, *by);
                if versions.len() - committed > 1 { versions.len() } else { committed }
            }
            Self::Since(schema) => {
                last_held(event, versions, std::slice::from_ref(schema.as_ref()), MatchBy::NumberAndContract)
            }
        }
    }

    /// Whether an event that has not changed may still lose drafts.
    pub(super) fn squashes(&self) -> bool {
        matches!(self, Self::Since(_))
    }
}

fn last_held(event: &str, versions: &[Version], schemas: &[Schema], by: MatchBy) -> usize {
    let is_held = |version: &Version| {
        schemas.iter().any(|schema| match by {
            MatchBy::NumberAndContract => schema
                .version(event, version.number)
                .is_some_and(|held| held.fingerprint == version.fingerprint),
            MatchBy::Contract => schema
                .events
                .get(event)
                .is_some_and(|held| held.iter().any(|held| held.fingerprint == version.fingerprint)),
        })
    };
    versions.iter().rposition(is_held).map_or(0, |index| index + 1)
}
