//! What others rely on already, as far as git can tell: versions that a plan must keep.

use super::base::{base_name, commit_of};
use super::commit::schema_at;
use super::workspace::{Loaded, Workspace};
use crate::finding::Finding;
use crate::git::Repository;
use crate::plan::{Held, MatchBy, Plan, deleted, missing_drift, plan, says_more_than_defined};
use crate::rule;
use crate::run::Failure;
use crate::schema::Schema;

/// Against what a plan tells drafts from versions that stay.
#[derive(Clone, Copy)]
pub(super) enum Against<'a> {
    /// HEAD, and the base: the one that is named here, else the one of `evt.toml` or CI.
    Base(Option<&'a str>),
    /// A ref: everything since it becomes one version an event.
    Squash(&'a str),
}

impl Workspace<'_> {
    /// Plans what a dump changes.
    pub(super) fn plan(&self, loaded: &Loaded, against: Against<'_>) -> Result<Plan, Failure> {
        let schema = &loaded.read.schema;
        if self.project.is_consumer() {
            return Ok(Plan::default());
        }
        let base = match against {
            Against::Squash(reference) => {
                return Ok(plan(schema, &loaded.catalogue, &self.since(reference, schema)?));
            }
            Against::Base(base) => base,
        };
        let planned = plan(schema, &loaded.catalogue, &Held::Everything);
        if !planned.depends_on_drafts() && !says_more_than_defined(schema, &loaded.catalogue) {
            return Ok(planned);
        }
        match self.held(base)? {
            Held::Everything => Ok(planned),
            held => Ok(plan(schema, &loaded.catalogue, &held)),
        }
    }

    fn since(&self, reference: &str, file: &Schema) -> Result<Held, Failure> {
        let repository = Repository::discover(&self.root)?;
        let repository =
            repository.ok_or_else(|| Finding::new(&rule::GIT, "`--squash` needs a git repository"))?;
        let tip = commit_of(&repository, reference)?;
        let common = match repository.commit("HEAD")? {
            Some(head) => repository.merge_base(&tip, &head)?,
            None => None,
        };
        let common = match common {
            Some(common) if common != tip => schema_at(self, &repository, &common)?,
            _ => None,
        };
        let schema = schema_at(self, &repository, &tip)?.unwrap_or_default();
        Ok(Held::since(schema, common.as_ref(), file))
    }

    /// What is committed, as far as git can tell.
    fn held(&self, base: Option<&str>) -> Result<Held, Failure> {
        let Some(repository) = Repository::discover(&self.root)? else { return Ok(Held::Everything) };
        let Some(path) = repository.path_of(&self.schema_file_path()) else { return Ok(Held::Everything) };
        let others = repository.other_sides()?;
        if others.is_empty() && repository.is_committed(&path)? {
            return Ok(Held::Everything);
        }
        let by = if others.is_empty() { MatchBy::NumberAndContract } else { MatchBy::Contract };
        let head = repository.commit("HEAD")?;
        let base = match base_name(self, base) {
            Some(name) => {
                let commit = repository.commit(name)?;
                if commit.is_none() {
                    let note =
                        format!("git does not know `{name}`: versions that it alone holds count as drafts");
                    self.edge.output.note(&note);
                }
                commit.filter(|commit| head.as_ref() != Some(commit))
            }
            None => None,
        };
        let mut schemas = Vec::new();
        for commit in head.into_iter().chain(others).chain(base) {
            match schema_at(self, &repository, &commit) {
                Ok(schema) => schemas.extend(schema),
                Err(_) => {
                    let note = format!(
                        "the schema file at {commit:.10} cannot be read: no version counts as a draft"
                    );
                    self.edge.output.note(&note);
                    return Ok(Held::Everything);
                }
            }
        }
        Ok(Held::Committed { schemas, by })
    }

    /// The finding that there is no schema file.
    pub(super) fn missing_schema(&self) -> Result<Missing, Failure> {
        let path = &self.project.schema_path;
        if let Some(command) = self.restoring()? {
            return Ok(Missing { finding: deleted(path, &command), is_lost: true });
        }
        let finding = missing_drift(path);
        let help = "copy the schema file of the project that defines the events";
        let finding = if self.project.is_consumer() { finding.help(help) } else { finding };
        Ok(Missing { finding, is_lost: false })
    }

    /// The command that brings back a schema file that is not there, although HEAD holds it; `None` where HEAD holds
    /// none.
    fn restoring(&self) -> Result<Option<String>, Failure> {
        let Some(repository) = Repository::discover(&self.root)? else { return Ok(None) };
        let Some(path) = repository.path_of(&self.schema_file_path()) else { return Ok(None) };
        if !repository.holds("HEAD", &path)? {
            return Ok(None);
        }
        let from = if repository.holds("", &path)? { "" } else { "HEAD " };
        Ok(Some(format!("`git checkout {from}-- {}`", self.project.schema_path)))
    }
}

/// There is no schema file.
pub(super) struct Missing {
    /// Says so, and what to do.
    pub(super) finding: Finding,
    /// Whether it is committed: to dump without it would begin its history anew.
    pub(super) is_lost: bool,
}
