use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{io_finding, reason, text_of};
use crate::finding::Finding;
use crate::rule;
use crate::source::{MAX_FILE_BYTES, SourceFile};

/// What became of the definition files of a project.
#[derive(Debug, Default)]
pub struct DefinitionFiles {
    /// Those that could be read, in any order.
    pub files: Vec<Arc<SourceFile>>,
    /// Those that could not be read.
    pub findings: Vec<Finding>,
}

/// Reads every `*.yaml` and `*.yml` below `paths`, which are relative to `root`. Hidden files and folders are skipped,
/// symlinks are followed.
#[must_use]
pub fn read_definition_files(root: &Path, paths: &[&str]) -> DefinitionFiles {
    // Reading begins while the folders are still walked.
    let found = outermost(paths).into_iter().flat_map(|path| walk(root, path));
    let read = found.par_bridge().map(|found| match found {
        Found::File(shown) => read(root, shown),
        Found::Wrong(finding) => Err(finding),
    });
    let add = |mut all: DefinitionFiles, file: Result<Arc<SourceFile>, Box<Finding>>| {
        match file {
            Ok(file) => all.files.push(file),
            Err(finding) => all.findings.push(*finding),
        }
        all
    };
    read.fold(DefinitionFiles::default, add).reduce(DefinitionFiles::default, |mut all, mut more| {
        all.files.append(&mut more.files);
        all.findings.append(&mut more.findings);
        all
    })
}

/// Paths of which none lies below another, so that no file is found twice.
fn outermost<'p>(paths: &[&'p str]) -> Vec<&'p str> {
    let mut sorted: Vec<(PathBuf, &str)> = paths.iter().map(|path| (normal(path), *path)).collect();
    sorted.sort_by_key(|(normal, _)| normal.components().count());
    let mut kept: Vec<(PathBuf, &str)> = Vec::with_capacity(sorted.len());
    for (normal, path) in sorted {
        if !kept.iter().any(|(outer, _)| normal.starts_with(outer)) {
            kept.push((normal, path));
        }
    }
    kept.into_iter().map(|(_, path)| path).collect()
}

/// A path without the parts that lead nowhere: `./a/../b` is `b`.
pub(crate) fn normal(path: &str) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in Path::new(path).components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if normal.file_name().is_some() => {
                normal.pop();
            }
            part => normal.push(part),
        }
    }
    normal
}

/// What walking the folders finds.
enum Found {
    /// A definition file: its path relative to the project, with forward slashes.
    File(String),
    /// Something that cannot be read.
    Wrong(Box<Finding>),
}

/// Everything below one path.
fn walk(root: &Path, path: &str) -> Box<dyn Iterator<Item = Found> + Send> {
    let start = root.join(path);
    if !start.exists() {
        let finding = Finding::new(&rule::DEFINITIONS_MISSING, format!("there is no `{path}`"));
        let finding = finding.help("create it, or name another folder in `[definitions] paths`");
        return Box::new(std::iter::once(Found::Wrong(Box::new(finding))));
    }
    let canonical_root = super::canonical(root);
    let root = root.to_owned();
    let is_hidden =
        |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    // The schema file has much the same order, so that what it is compared with lies side by side in memory.
    let entries = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter();
    Box::new(entries.filter_entry(move |entry| !is_hidden(entry)).filter_map(move |entry| match entry {
        Ok(entry) => visit(&root, canonical_root.as_deref(), &entry),
        Err(error) => Some(Found::Wrong(Box::new(unreadable(&root, &error)))),
    }))
}

/// What an entry of a folder is to the project.
fn visit(root: &Path, canonical_root: Option<&Path>, entry: &DirEntry) -> Option<Found> {
    if entry.path_is_symlink() && !stays_inside(canonical_root, entry.path()) {
        let message = format!("the link `{}` leads out of the project", shown(root, entry.path()));
        let finding = Finding::new(&rule::PATH_OUTSIDE_PROJECT, message);
        return Some(Found::Wrong(Box::new(finding.help("copy what it leads to, or move `evt.toml` up"))));
    }
    if !is_yaml(entry.path()) || entry.file_type().is_dir() {
        return None;
    }
    let shown = shown(root, entry.path());
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let is_named = relative.to_str().is_some();
    if entry.file_type().is_file() && is_named {
        return Some(Found::File(shown));
    }
    let what = if is_named { "is not a regular file" } else { "has a name that is not UTF-8" };
    let finding = Finding::new(&rule::FILE_UNREADABLE, format!("`{shown}` {what}"));
    Some(Found::Wrong(Box::new(finding.help("remove it, or rename it"))))
}

fn stays_inside(canonical_root: Option<&Path>, path: &Path) -> bool {
    match (canonical_root, super::canonical(path)) {
        (Some(root), Some(target)) => target.starts_with(root),
        _ => true,
    }
}

/// Whether a file is named as definitions are.
pub(crate) fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// A path below `root` as people see it.
fn shown(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy();
    let relative = relative.strip_prefix("./").unwrap_or(&relative);
    if std::path::MAIN_SEPARATOR == '/' { relative.to_owned() } else { relative.replace('\\', "/") }
}

fn unreadable(root: &Path, error: &walkdir::Error) -> Finding {
    let shown = error.path().map_or_else(|| "a file".to_owned(), |path| shown(root, path));
    if error.loop_ancestor().is_some() {
        let finding = Finding::new(
            &rule::FILE_UNREADABLE,
            format!("the link `{shown}` leads back to a folder that holds it"),
        );
        return finding.help("remove the link");
    }
    let why = error.io_error().map_or_else(|| error.to_string(), reason);
    Finding::new(&rule::FILE_UNREADABLE, format!("cannot read `{shown}`: {why}"))
}

#[expect(clippy::disallowed_methods, reason = "this is the module that reads files")]
fn read(root: &Path, shown: String) -> Result<Arc<SourceFile>, Box<Finding>> {
    let failed = |error: &std::io::Error| {
        let finding = io_finding("read", &shown, error);
        Box::new(Finding { rule: &rule::FILE_UNREADABLE, ..finding })
    };
    let file = File::open(root.join(&shown)).map_err(|error| failed(&error))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).min(MAX_FILE_BYTES) + 1);
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() > MAX_FILE_BYTES {
        let message = format!("`{shown}` is larger than {} MiB", MAX_FILE_BYTES / 1024 / 1024);
        return Err(Box::new(Finding::new(&rule::YAML_LIMIT, message).help("split it into several files")));
    }
    text_of(bytes, &shown).map(|text| Arc::new(SourceFile::new(shown, text)))
}
