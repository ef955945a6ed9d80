//! The schema file and the settings of a commit.

use std::sync::Arc;

use super::workspace::{Sheet, Workspace};
use crate::finding::Finding;
use crate::git::Repository;
use crate::project::Project;
use crate::rule;
use crate::run::Failure;
use crate::schema::{LeftOut, Schema, read_schema_knowing};
use crate::source::SourceFile;

/// The schema file of a commit, not parsed yet.
pub(super) struct CommitFile {
    file: Arc<SourceFile>,
    /// The commit, for people.
    short: String,
    /// The settings there, if they can be read.
    project: Option<Project>,
    provenance: Provenance,
}

/// How a schema file was found at a commit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Provenance {
    /// By its path.
    Path,
    /// By its name, elsewhere: what cannot be read there is some other file.
    Name,
}

impl CommitFile {
    /// One that was found by its name.
    fn new(commit: &str, path: &str, text: String) -> Self {
        let short = commit.get(..10).unwrap_or(commit).to_owned();
        let file = Arc::new(SourceFile::new(format!("{short}:{path}"), text));
        Self { file, short, project: None, provenance: Provenance::Name }
    }

    /// Its text.
    pub(super) fn text(&self) -> &str {
        &self.file.text
    }

    /// What it holds, with the places of its entries; `None` where it is no schema file, and was only called like one.
    fn sheet(self, left_out: &LeftOut) -> Result<Option<Sheet>, Failure> {
        let Self { file, short, project, provenance } = self;
        let read = read_schema_knowing(&file, left_out, |_| None);
        match read.findings.into_iter().next() {
            None => Ok(Some(Sheet { schema: read.schema, file, places: read.places, project })),
            Some(_) if provenance == Provenance::Name => Ok(None),
            Some(first) => {
                let message = format!("the schema file at {short} cannot be trusted: {}", first.message);
                let finding = Finding { rule: &rule::HISTORY_UNREADABLE, message, ..first };
                Err(finding.into())
            }
        }
    }

    /// The events that it holds.
    pub(super) fn schema(self, left_out: &LeftOut) -> Result<Schema, Failure> {
        Ok(self.sheet(left_out)?.map(|sheet| sheet.schema).unwrap_or_default())
    }
}

/// What the schema file of a commit holds.
pub(super) fn schema_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<Schema>, Failure> {
    Ok(sheet_at(workspace, repository, commit)?.map(|sheet| sheet.schema))
}

/// The schema file of a commit, at the path that the commit's own `evt.toml` names; `None` where it has none.
pub(super) fn file_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<CommitFile>, Failure> {
    let project = project_at(workspace, repository, commit)?;
    let Some(path) = schema_path_of(workspace, repository, project.as_ref()) else { return Ok(None) };
    if let Some(text) = repository.text_at(commit, &path)? {
        let file = CommitFile::new(commit, &path, text);
        return Ok(Some(CommitFile { project, provenance: Provenance::Path, ..file }));
    }
    let Some(old) = moved_path(repository, commit, &path)? else { return Ok(None) };
    let text = repository.text_at(commit, &old)?;
    Ok(text.map(|text| CommitFile::new(commit, &old, text)))
}

/// What the schema file of a commit holds, with the places of its entries; `None` where it has none.
pub(super) fn sheet_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<Sheet>, Failure> {
    match file_at(workspace, repository, commit)? {
        Some(file) => file.sheet(&LeftOut::new()),
        None => Ok(None),
    }
}

/// The settings of a commit; `None` where it has none that can be read.
pub(super) fn project_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<Project>, Failure> {
    let Some(config) = repository.path_of(&workspace.config) else { return Ok(None) };
    let read = |text| Project::read(&Arc::new(SourceFile::new("evt.toml", text))).ok();
    Ok(repository.text_at(commit, &config)?.and_then(read))
}

/// Where the schema file stands at a commit, by the commit's own settings; `None` where that is outside of the
/// repository.
pub(super) fn schema_path_of(
    workspace: &Workspace<'_>,
    repository: &Repository,
    project: Option<&Project>,
) -> Option<String> {
    let project = project.unwrap_or(&workspace.project);
    repository.path_of(&workspace.root.join(&project.schema_path))
}

/// Where the schema file of a project was that has moved to another folder since: the only one of its name that is
/// gone from where it was.
fn moved_path(repository: &Repository, commit: &str, path: &str) -> Result<Option<String>, Failure> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let mut gone = repository.gone_since(commit, name)?;
    let last = gone.pop();
    Ok(last.filter(|_| gone.is_empty()))
}
