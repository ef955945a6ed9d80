//! The repository that a project of the corpus stands in.

use std::path::Path;
use std::process::Command;

use crate::Outcome;
use crate::invocation::FOREIGN;

/// The same author everywhere, and nothing of the user's own configuration.
#[rustfmt::skip]
const SETTINGS: [&str; 10] = [
    "-c", "user.name=bench",
    "-c", "user.email=bench@example.org",
    "-c", "commit.gpgsign=false",
    "-c", "core.hooksPath=",
    "-c", "core.autocrlf=false",
];

/// Makes `folder` a repository without commits.
pub(crate) fn init(folder: &Path) -> Outcome<()> {
    git(folder, &["init", "--quiet", "--initial-branch=main"])
}

/// Commits `paths`.
///
/// The definitions stay out of it: of HEAD, `evt` reads the schema file alone.
pub(crate) fn commit(folder: &Path, paths: &[&str]) -> Outcome<()> {
    git(folder, &[&["add", "--"], paths].concat())?;
    git(folder, &["commit", "--quiet", "--message=seal"])
}

/// Brings what git remembers of its files up to date, where `folder` is a repository.
pub(crate) fn refresh(folder: &Path) -> Outcome<()> {
    if folder.join(".git").exists() { git(folder, &["update-index", "-q", "--refresh"]) } else { Ok(()) }
}

fn git(folder: &Path, arguments: &[&str]) -> Outcome<()> {
    let mut command = Command::new("git");
    command.args(SETTINGS).args(arguments).current_dir(folder);
    for name in FOREIGN {
        command.env_remove(name);
    }
    let status = command.status()?;
    let what = arguments.join(" ");
    if status.success() { Ok(()) } else { Err(format!("`git {what}`: {status}").into()) }
}
