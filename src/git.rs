//! The only access to git: the program, asked for what it holds. Nothing is fetched, cloned or changed.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::disk;
use crate::finding::Finding;
use crate::rule;

/// The repository that a project stands in.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its work tree, absolute, symlinks followed.
    top: PathBuf,
    /// The folder in which git keeps what belongs to this work tree.
    git_dir: PathBuf,
    /// Whether its history was cut off.
    shallow: Depth,
}

/// Whether a repository holds its whole history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// It does.
    Full,
    /// It was cloned with `--depth`.
    Shallow,
}

type Result<T> = std::result::Result<T, Box<Finding>>;

impl Repository {
    /// The repository of a folder; `None` where there is none.
    ///
    /// # Errors
    /// A finding where there is one that git cannot read, or there is no git to read it.
    pub fn discover(folder: &Path) -> Result<Option<Self>> {
        let arguments = ["rev-parse", "--show-toplevel", "--absolute-git-dir", "--is-shallow-repository"];
        let output = match run(folder, &arguments) {
            Ok(output) => output,
            Err(_) if !has_repository(folder) => return Ok(None),
            Err(error) => return Err(Box::new(not_run(&arguments, &error))),
        };
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            // Inside of `.git`, or of a bare repository, there is no work tree.
            let is_no_work_tree = words.contains("must be run in a work tree");
            let is_broken = has_repository(folder) && !is_no_work_tree;
            return if is_broken { Err(Box::new(failed(&arguments, &words))) } else { Ok(None) };
        }
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let mut lines = text.lines();
        let (Some(top), Some(git_dir)) = (lines.next(), lines.next()) else { return Ok(None) };
        let shallow = if lines.next() == Some("true") { Depth::Shallow } else { Depth::Full };
        let top = disk::canonical(Path::new(top)).unwrap_or_else(|| PathBuf::from(top));
        Ok(Some(Self { top, git_dir: PathBuf::from(git_dir), shallow }))
    }

    /// Whether it holds its whole history.
    #[must_use]
    pub fn depth(&self) -> Depth {
        self.shallow
    }

    /// The path of a file inside of the repository, with forward slashes; `None` where it lies outside.
    #[must_use]
    pub fn path_of(&self, file: &Path) -> Option<String> {
        let absolute = disk::canonical_as_far(file);
        let inside = absolute.strip_prefix(&self.top).ok()?;
        let parts: Vec<_> = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// The commit that a name stands for; `None` where there is none.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn commit(&self, name: &str) -> Result<Option<String>> {
        let peeled = format!("{name}^{{commit}}");
        self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &peeled])
    }

    /// The newest commit from which both come; `None` where there is none, or history is cut off before it.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn merge_base(&self, a: &str, b: &str) -> Result<Option<String>> {
        self.line(&["merge-base", a, b])
    }

    /// The text of a file at a commit; `None` where the commit has no such file.
    ///
    /// # Errors
    /// A finding where git cannot be run, or the file is not UTF-8.
    pub fn text_at(&self, commit: &str, path: &str) -> Result<Option<String>> {
        let name = format!("{commit}:{path}");
        let arguments = ["cat-file", "blob", &name];
        let output = self.run(&arguments)?;
        if !output.status.success() {
            return self.absent(&name).map(|()| None);
        }
        let not_text = |_| Box::new(failed(&arguments, "the file is not UTF-8"));
        String::from_utf8(output.stdout).map(Some).map_err(not_text)
    }

    /// Whether a commit, or the index where it is empty, has a file.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn holds(&self, commit: &str, path: &str) -> Result<bool> {
        let name = format!("{commit}:{path}");
        Ok(self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &name])?.is_some())
    }

    /// Makes sure that a commit has no such file: one that it has, but that a partial clone cannot fetch, is no
    /// absent one.
    fn absent(&self, name: &str) -> Result<()> {
        let Some(object) = self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", name])? else {
            return Ok(());
        };
        let arguments = ["cat-file", "-e", &object];
        if self.run(&arguments)?.status.success() {
            return Ok(());
        }
        Err(Box::new(failed(&arguments, &format!("`{name}` is not in this clone"))))
    }

    /// The files of a commit that the work tree no longer has, by file name.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn gone_since(&self, commit: &str, file_name: &str) -> Result<Vec<String>> {
        let arguments =
            ["diff", "--no-ext-diff", "--no-renames", "--name-only", "--diff-filter=D", "-z", commit, "--"];
        let output = self.run(&arguments)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let paths = text.split('\0').filter(|path| path.rsplit('/').next() == Some(file_name));
        Ok(paths.map(str::to_owned).collect())
    }

    /// The branch that a clone of `origin` starts on, such as `origin/main`; `None` where git does not know it.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn default_branch(&self) -> Result<Option<String>> {
        if let Some(branch) =
            self.line(&["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"])?
        {
            return Ok(Some(branch));
        }
        for branch in ["origin/main", "origin/master"] {
            if self.commit(&format!("refs/remotes/{branch}"))?.is_some() {
                return Ok(Some(branch.to_owned()));
            }
        }
        Ok(None)
    }

    /// Whether a remote has this name.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn has_remote(&self, name: &str) -> Result<bool> {
        let output = self.run(&["remote"])?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().any(|remote| remote == name))
    }

    /// Whether a file of the work tree is the one at a commit.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn is_as_at(&self, commit: &str, path: &str) -> Result<bool> {
        let is_there = self.run(&["cat-file", "-e", &format!("{commit}:{path}")])?.status.success();
        Ok(is_there
            && self
                .run(&["--literal-pathspecs", "diff", "--quiet", "--no-ext-diff", commit, "--", path])?
                .status
                .success())
    }

    /// Whether a file that the work tree has is the one at HEAD, in the index too. One process: `status` also tells
    /// of a file that git does not track.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn is_committed(&self, path: &str) -> Result<bool> {
        let arguments = [
            "--literal-pathspecs",
            "status",
            "--porcelain",
            "--untracked-files=all",
            "--ignored=matching",
            "--",
            path,
        ];
        let output = self.run(&arguments)?;
        Ok(output.status.success() && output.stdout.is_empty())
    }

    /// The commits whose work is in the work tree besides HEAD, while a merge, a rebase or the like goes on.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn other_sides(&self) -> Result<Vec<String>> {
        let mut commits = Vec::new();
        // git leaves `REBASE_HEAD` behind when a rebase has ended.
        let is_rebasing = ["rebase-merge", "rebase-apply"].iter().any(|name| self.has(name));
        for name in ["MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"] {
            if self.has(name) && (name != "REBASE_HEAD" || is_rebasing) {
                commits.extend(self.commit(name)?);
            }
        }
        Ok(commits)
    }

    fn has(&self, name: &str) -> bool {
        disk::exists(&self.git_dir.join(name))
    }

    /// A setting, from whichever of git's configuration files; `None` where none sets it.
    ///
    /// # Errors
    /// A finding where git cannot be run.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        self.line(&["config", "--get", key])
    }

    /// Writes a setting of this repository's own configuration.
    ///
    /// # Errors
    /// A finding where git cannot be run or refuses.
    pub fn configure(&self, key: &str, value: &str) -> Result<()> {
        let arguments = ["config", "--local", key, value];
        let output = self.run(&arguments)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Box::new(failed(&arguments, String::from_utf8_lossy(&output.stderr).trim())))
    }

    fn line(&self, arguments: &[&str]) -> Result<Option<String>> {
        let output = self.run(arguments)?;
        if !output.status.success() {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&output.stdout);
        Ok(text.lines().next().map(str::to_owned))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output> {
        run(&self.top, arguments).map_err(|error| Box::new(not_run(arguments, &error)))
    }
}

/// Runs git in a folder. What a hook sets is taken away, so that the folder alone says which repository is meant.
#[expect(clippy::disallowed_methods, reason = "this is the module that runs git")]
fn run(folder: &Path, arguments: &[&str]) -> io::Result<Output> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments.iter().map(OsStr::new)).stdin(Stdio::null());
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(variable);
    }
    command.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").output()
}

/// Whether a folder, or one above it, looks like a work tree.
fn has_repository(folder: &Path) -> bool {
    let start = disk::canonical(folder).unwrap_or_else(|| folder.to_owned());
    start.ancestors().any(|folder| disk::exists(&folder.join(".git")))
}

/// Git itself could not be run.
fn not_run(arguments: &[&str], error: &io::Error) -> Finding {
    if error.kind() == io::ErrorKind::NotFound {
        return Finding::new(&rule::GIT, "git is not installed, or not on PATH").help(
            "what is committed tells drafts from versions that must stay: install git, or add it to PATH",
        );
    }
    failed(arguments, &error.to_string())
}

/// Git's first line, and the command that it advises, if it names one.
fn failed(arguments: &[&str], words: &str) -> Finding {
    let command = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
    let reason = words.lines().next().unwrap_or("no reason given");
    let finding = Finding::new(&rule::GIT, format!("`git {command}` failed: {reason}"));
    let advice = words.lines().map(str::trim).find(|line| line.starts_with("git config "));
    match advice {
        Some(advice) => finding.help(format!("git advises, if you trust its owner: `{advice}`")),
        None => finding,
    }
}
