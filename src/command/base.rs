//! What history is compared with: the schema file of another commit.

use std::path::Path;

use super::commit::{CommitFile, file_at, project_at, schema_at, schema_path_of};
use super::workspace::Workspace;
use crate::finding::Finding;
use crate::git::{Depth, Repository};
use crate::project::Project;
use crate::rule;
use crate::run::{Edge, Failure};
use crate::schema::{LeftOut, Schema};

/// A base.
pub(super) struct Base {
    /// What the author calls it.
    pub(super) reference: String,
    /// The schema file there, empty where the commit has none; `None` where it is the one of the work tree.
    pub(super) schema: Option<Schema>,
    /// The settings there; `None` where the commit has none that can be read.
    pub(super) project: Option<Project>,
    /// What to do about versions that are missing.
    pub(super) advice: &'static str,
}

/// A base whose schema file was not parsed yet.
pub(super) struct FoundBase {
    /// As in [`Base`].
    pub(super) reference: String,
    /// Its schema file.
    pub(super) text: BaseText,
    project: Option<Project>,
    advice: &'static str,
}

/// The schema file of a base.
pub(super) enum BaseText {
    /// The one of the work tree.
    Same,
    /// That of a commit; `None` where it has none.
    Commit(Option<Box<CommitFile>>),
}

impl BaseText {
    fn commit(file: Option<CommitFile>) -> Self {
        Self::Commit(file.map(Box::new))
    }

    /// Its text; `None` where it is the one of the work tree.
    pub(super) fn other(&self) -> Option<&str> {
        match self {
            Self::Same => None,
            Self::Commit(file) => Some(file.as_ref().map_or("", |file| file.text())),
        }
    }
}

impl FoundBase {
    /// Parses the schema file, but for the events that are left out.
    pub(super) fn read(self, left_out: &LeftOut) -> Result<Base, Failure> {
        let schema = match self.text {
            BaseText::Same => None,
            BaseText::Commit(None) => Some(Schema::default()),
            BaseText::Commit(Some(file)) => Some(file.schema(left_out)?),
        };
        Ok(Base { reference: self.reference, schema, project: self.project, advice: self.advice })
    }
}

/// What to do about a version that the base has.
const RESTORE: &str = "restore the entry from the base: committed versions are never removed";

/// What to do in a clone that lacks the commits between the base and HEAD.
const MERGE_OR_DEEPEN: &str =
    "merge the base into this branch, or deepen the clone: `git fetch --deepen=200`";

/// What the base is called: by `--against`, `evt.toml` or CI.
pub(super) fn base_name<'w>(workspace: &'w Workspace<'_>, against: Option<&'w str>) -> Option<&'w str> {
    against.or(workspace.project.base.as_deref()).or(workspace.edge.base_of_ci.as_deref())
}

/// The base of `--against`, `evt.toml` or CI; `None` where nobody names one or there is no repository, which is told.
pub(super) fn find_base(
    workspace: &Workspace<'_>,
    against: Option<&str>,
) -> Result<Option<FoundBase>, Failure> {
    let output = &workspace.edge.output;
    let Some(reference) = base_name(workspace, against) else {
        output.note(
            "there is no base (`--against REF`, or `[git] base`): neither lost history nor compatibility was looked at",
        );
        return Ok(None);
    };
    let Some(repository) = Repository::discover(&workspace.root)? else {
        if against.is_some() {
            let finding =
                Finding::new(&rule::GIT, format!("there is no git repository that could hold `{reference}`"));
            return Err(finding.into());
        }
        output.note(&format!(
            "there is no git repository that holds `{reference}`: neither lost history nor compatibility was looked at"
        ));
        return Ok(None);
    };
    let tip = commit_of(&repository, reference)?;
    let head = repository.commit("HEAD")?;
    let common = match &head {
        Some(head) => repository.merge_base(&tip, head)?,
        None => None,
    };
    let (commit, advice) = match common {
        Some(common) => (common, RESTORE),
        None => {
            output.note(&format!(
                "no common commit of `{reference}` and HEAD was found: comparing with the tip"
            ));
            let is_whole = repository.depth() == Depth::Full;
            (tip, if is_whole { "merge the base into this branch" } else { MERGE_OR_DEEPEN })
        }
    };
    let path = repository.path_of(&workspace.schema_file_path());
    let project = project_at(workspace, &repository, &commit)?;
    let is_same = match &path {
        Some(path) if schema_path_of(workspace, &repository, project.as_ref()).as_ref() == Some(path) => {
            repository.is_as_at(&commit, path)?
        }
        _ => false,
    };
    let text =
        if is_same { BaseText::Same } else { BaseText::commit(file_at(workspace, &repository, &commit)?) };
    Ok(Some(FoundBase { reference: reference.to_owned(), text, project, advice }))
}

/// What is committed, where nobody names a base; `None` where nothing is.
pub(super) fn find_head(workspace: &Workspace<'_>) -> Result<Option<FoundBase>, Failure> {
    let Some(repository) = Repository::discover(&workspace.root)? else { return Ok(None) };
    let Some(head) = repository.commit("HEAD")? else { return Ok(None) };
    let text = BaseText::commit(file_at(workspace, &repository, &head)?);
    let project = project_at(workspace, &repository, &head)?;
    Ok(Some(FoundBase { reference: "HEAD".to_owned(), text, project, advice: RESTORE }))
}

/// The commit of a ref, or the command that fetches it.
pub(super) fn commit_of(repository: &Repository, reference: &str) -> Result<String, Failure> {
    if let Some(commit) = repository.commit(reference)? {
        return Ok(commit);
    }
    let finding = Finding::new(&rule::GIT, format!("git does not know `{reference}`"));
    let help = match what_to_fetch(repository, reference)? {
        Some(what) => {
            let deepen = if repository.depth() == Depth::Shallow { " --deepen=200" } else { "" };
            format!("fetch it: `git fetch{deepen} {what}`")
        }
        None => "name a branch, a tag or a commit that this clone holds".to_owned(),
    };
    Err(finding.help(help).into())
}

/// Remote and refspec that bring a ref, also into a clone of one branch; `None` for what is no plain name.
fn what_to_fetch(repository: &Repository, reference: &str) -> Result<Option<String>, Failure> {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+#=".contains(letter);
    let name = reference.strip_prefix("refs/remotes/").unwrap_or(reference);
    if name.is_empty() || name.starts_with(['-', '/']) || !name.chars().all(is_plain) {
        return Ok(None);
    }
    if let Some((remote, branch)) = name.split_once('/')
        && repository.has_remote(remote)?
    {
        return Ok(Some(format!("{remote} {branch}:refs/remotes/{remote}/{branch}")));
    }
    if !repository.has_remote("origin")? {
        return Ok(None);
    }
    Ok(Some(if is_hash(name) { format!("origin {name}") } else { format!("origin {name}:{name}") }))
}

fn is_hash(reference: &str) -> bool {
    reference.len() >= 7 && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// For the merge driver: the schema file at the tip of the base, or of `origin/HEAD` where nobody names a base; `None`
/// where git knows none of them. What cannot be read is an empty base: a merge must not fail for it.
pub(super) fn base_tip(edge: &Edge, path: &Path) -> Result<Option<Schema>, Failure> {
    let folder = edge.folder.join(path).parent().map_or_else(|| edge.folder.clone(), Path::to_owned);
    let Ok(workspace) = Workspace::open_at(edge, &folder) else { return Ok(None) };
    let Some(repository) = Repository::discover(&workspace.root)? else { return Ok(None) };
    let names = [workspace.project.base.as_deref(), edge.base_of_ci.as_deref(), Some("origin/HEAD")];
    for name in names.into_iter().flatten() {
        if let Some(commit) = repository.commit(name)? {
            let schema = schema_at(&workspace, &repository, &commit).unwrap_or_default();
            return Ok(Some(schema.unwrap_or_default()));
        }
    }
    Ok(None)
}
