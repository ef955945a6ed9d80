//! What people name to be compared: versions of events, and git refs.

use super::base::commit_of;
use super::commit::sheet_at;
use super::workspace::{Sheet, Workspace};
use crate::finding::Finding;
use crate::git::Repository;
use crate::rule;
use crate::run::Failure;
use crate::schema::{Schema, Version};
use crate::suggest;

/// One side of a comparison.
pub(super) enum Side {
    Version(Box<Version>),
    Schema(Box<Sheet>),
}

impl Side {
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Version(a), Self::Version(b)) => a == b,
            (Self::Schema(a), Self::Schema(b)) => a.schema.events == b.schema.events,
            (Self::Version(_), Self::Schema(_)) | (Self::Schema(_), Self::Version(_)) => false,
        }
    }
}

/// Where sides are looked for. Two git refs need no schema file in the work tree.
pub(super) struct Sides<'w, 'e> {
    workspace: &'w Workspace<'e>,
    pub(super) sheet: Result<Sheet, Failure>,
}

impl<'w, 'e> Sides<'w, 'e> {
    pub(super) fn of(workspace: &'w Workspace<'e>) -> Self {
        Self { workspace, sheet: workspace.sheet() }
    }

    /// An event of the schema file, or a git ref.
    pub(super) fn named(&mut self, name: &str) -> Result<Side, Failure> {
        if let Some(reference) = name.strip_prefix("ref:") {
            return at_ref(reference, self.workspace);
        }
        let event = name.split_once('@').map_or(name, |(event, _)| event);
        let is_event = self.sheet.as_ref().is_ok_and(|sheet| sheet.schema.events.contains_key(event));
        if !is_event && self.is_ref(name)? {
            return at_ref(name, self.workspace);
        }
        let schema = match &mut self.sheet {
            Ok(sheet) => &sheet.schema,
            Err(failure) => {
                return Err(Failure { findings: std::mem::take(&mut failure.findings), exit: failure.exit });
            }
        };
        find_version(name, schema).map(|version| Side::Version(Box::new(version.clone())))
    }

    fn is_ref(&self, name: &str) -> Result<bool, Failure> {
        let repository = Repository::discover(&self.workspace.root)?;
        Ok(repository.is_some_and(|git| matches!(git.commit(name), Ok(Some(_)))))
    }
}

fn at_ref(reference: &str, workspace: &Workspace<'_>) -> Result<Side, Failure> {
    let repository = Repository::discover(&workspace.root)?.ok_or_else(|| {
        Finding::new(&rule::GIT, format!("there is no git repository that could hold `{reference}`"))
    })?;
    let commit = commit_of(&repository, reference)?;
    let sheet = sheet_at(workspace, &repository, &commit)?;
    let missing =
        || Finding::new(&rule::NOT_FOUND, format!("`{reference}` holds no schema file of this project"));
    Ok(Side::Schema(Box::new(sheet.ok_or_else(missing)?)))
}

/// `EVENT` or `EVENT@N`.
pub(super) fn find_version<'s>(name: &str, schema: &'s Schema) -> Result<&'s Version, Failure> {
    let (event, number) = name.split_once('@').map_or((name, None), |(event, number)| (event, Some(number)));
    find_numbered(event, number, schema)
}

/// A version of an event: its latest one, or the one whose number a person wrote.
pub(super) fn find_numbered<'s>(
    event: &str,
    number: Option<&str>,
    schema: &'s Schema,
) -> Result<&'s Version, Failure> {
    let Some(versions) = schema.events.get(event) else {
        let finding = Finding::new(&rule::NOT_FOUND, format!("the schema file holds no event `{event}`"));
        let near = suggest::nearest(event, schema.events.keys().map(String::as_str));
        return Err(finding.suggest(near).into());
    };
    let found = match number {
        None => versions.last(),
        Some(number) => number.parse().ok().and_then(|number| schema.version(event, number)),
    };
    found.ok_or_else(|| {
        let finding = Finding::new(
            &rule::NOT_FOUND,
            format!("`{event}` has no version `{}`", number.unwrap_or_default()),
        );
        finding.help(format!("its versions are 1 to {}", versions.len())).into()
    })
}
