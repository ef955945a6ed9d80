//! What history is compared with: the schema file of another commit.

use std::path::Path;
use std::sync::Arc;

use super::workspace::{Sheet, Workspace};
use crate::finding::Finding;
use crate::git::{Depth, Repository};
use crate::project::Project;
use crate::rule;
use crate::run::{Edge, Failure};
use crate::schema::{Schema, read_schema};
use crate::source::SourceFile;

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

/// What to do in a clone that lacks the commits between the base and HEAD.
const MERGE_OR_DEEPEN: &str =
    "merge the base into this branch, or deepen the clone: `git fetch --deepen=200`";

/// What the base is called: by `--against`, `evt.toml` or CI.
pub(super) fn base_name<'w>(workspace: &'w Workspace<'_>, against: Option<&'w str>) -> Option<&'w str> {
    against.or(workspace.project.base.as_deref()).or(workspace.edge.base_of_ci.as_deref())
}

/// The base of `--against`, `evt.toml` or CI; `None` where nobody names one or there is no repository, which is told.
pub(super) fn find_base(workspace: &Workspace<'_>, against: Option<&str>) -> Result<Option<Base>, Failure> {
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
        Some(common) => (common, "restore the entry from the base: committed versions are never removed"),
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
    let schema =
        if is_same { None } else { Some(schema_at(workspace, &repository, &commit)?.unwrap_or_default()) };
    Ok(Some(Base { reference: reference.to_owned(), schema, project, advice }))
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

/// What the schema file of a commit holds.
pub(super) fn schema_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<Schema>, Failure> {
    Ok(sheet_at(workspace, repository, commit)?.map(|sheet| sheet.schema))
}

/// The schema file of a commit, at the path that the commit's own `evt.toml` names; `None` where it has none.
pub(super) fn sheet_at(
    workspace: &Workspace<'_>,
    repository: &Repository,
    commit: &str,
) -> Result<Option<Sheet>, Failure> {
    let project = project_at(workspace, repository, commit)?;
    let Some(path) = schema_path_of(workspace, repository, project.as_ref()) else { return Ok(None) };
    let Some(text) = repository.text_at(commit, &path)? else {
        return moved_schema(repository, commit, &path);
    };
    let short = commit.get(..10).unwrap_or(commit);
    let file = Arc::new(SourceFile::new(format!("{short}:{path}"), text));
    let read = read_schema(&file);
    match read.findings.into_iter().next() {
        None => Ok(Some(Sheet { schema: read.schema, file, places: read.places, project })),
        Some(first) => {
            let message = format!("the schema file at {short} cannot be trusted: {}", first.message);
            let finding = Finding { rule: &rule::HISTORY_UNREADABLE, message, ..first };
            Err(finding.into())
        }
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
fn schema_path_of(
    workspace: &Workspace<'_>,
    repository: &Repository,
    project: Option<&Project>,
) -> Option<String> {
    let project = project.unwrap_or(&workspace.project);
    repository.path_of(&workspace.root.join(&project.schema_path))
}

/// The schema file of a project that has moved to another folder since: the only one of its name that is gone from
/// where it was.
fn moved_schema(repository: &Repository, commit: &str, path: &str) -> Result<Option<Sheet>, Failure> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let [old] = &repository.gone_since(commit, name)?[..] else { return Ok(None) };
    let Some(text) = repository.text_at(commit, old)? else { return Ok(None) };
    let short = commit.get(..10).unwrap_or(commit);
    let file = Arc::new(SourceFile::new(format!("{short}:{old}"), text));
    let read = read_schema(&file);
    let sheet = Sheet { schema: read.schema, file, places: read.places, project: None };
    Ok(read.findings.is_empty().then_some(sheet))
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
