use crate::schema::{Schema, Version};

/// Which versions are held elsewhere, so that they must stay; the others are drafts.
#[derive(Debug)]
pub enum Held {
    /// All: there is no git, or nothing depends on it.
    Everything,
    /// What is committed at HEAD, at the base and, while a merge goes on, at the other side of it.
    Committed {
        /// The schema files of the commits.
        schemas: Vec<Schema>,
        /// How their versions are recognised.
        by: MatchBy,
    },
    /// What must stay of one commit, under its own numbers: everything else becomes one version an event.
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
    /// All that `tip` and the schema file have in common: what the common commit of both holds, and what the file
    /// took over since, be it under other numbers.
    #[must_use]
    pub fn since(mut tip: Schema, common: Option<&Schema>, file: &Schema) -> Self {
        if let Some(common) = common {
            for (event, versions) in &mut tip.events {
                let both = common.events.get(event).map_or(0, Vec::len);
                let taken = file.events.get(event).map_or(0, |known| last_known(versions, known));
                versions.truncate(both.max(taken));
            }
            tip.events.retain(|_, versions| !versions.is_empty());
        }
        Self::Since(Box::new(tip))
    }

    /// The versions of an event that are not drafts.
    pub(super) fn kept(&self, event: &str, versions: &[Version]) -> Vec<Version> {
        match self {
            Self::Everything | Self::Committed { .. } => versions[..self.committed(event, versions)].to_vec(),
            Self::Since(schema) => {
                let theirs = schema.events.get(event).map_or(&[][..], Vec::as_slice);
                let numbered = theirs.iter().enumerate();
                numbered.map(|(index, held)| same_version(versions.get(index), held).clone()).collect()
            }
        }
    }

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
            Self::Since(schema) => schema.events.get(event).map_or(0, Vec::len),
        }
    }

    /// Events that must stay, but that a schema file does not hold.
    pub(super) fn lost_from<'h>(&'h self, file: &'h Schema) -> impl Iterator<Item = &'h String> {
        let held = match self {
            Self::Since(schema) => Some(schema),
            Self::Everything | Self::Committed { .. } => None,
        };
        let names = held.into_iter().flat_map(|schema| schema.events.keys());
        names.filter(|name| !file.events.contains_key(*name))
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

/// How many of an event's versions there are up to the last one whose contract is also among `known`.
fn last_known(versions: &[Version], known: &[Version]) -> usize {
    let is_known = |version: &Version| known.iter().any(|known| known.fingerprint == version.fingerprint);
    versions.iter().rposition(is_known).map_or(0, |index| index + 1)
}

/// The file's own version where it is the one that must stay, for what it says besides the contract.
fn same_version<'v>(own: Option<&'v Version>, held: &'v Version) -> &'v Version {
    let is_same = |own: &&Version| own.fingerprint == held.fingerprint && own.previous == held.previous;
    own.filter(is_same).unwrap_or(held)
}
