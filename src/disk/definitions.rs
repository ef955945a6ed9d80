use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::{io_finding, reason, text_of};
use crate::finding::Finding;
use crate::rule;
use crate::source::{MAX_FILE_BYTES, SourceFile};

/// What became of the definition files of a project.
#[derive(Debug)]
pub struct DefinitionFiles<T> {
    /// What `each` made of those that could be read, by path.
    pub files: Vec<T>,
    /// Those that could not be read.
    pub findings: Vec<Finding>,
}

/// Reads every `*.yaml` and `*.yml` below `paths`, which are relative to `root`, and hands each to `each` while it is
/// still warm. Hidden files and folders are skipped, symlinks are followed.
#[must_use]
pub fn read_definition_files<T: Send>(
    root: &Path,
    paths: &[&str],
    each: impl Fn(Arc<SourceFile>) -> T + Sync,
) -> DefinitionFiles<T> {
    let mut found = Walk::default();
    for path in paths {
        found.walk(root, path);
    }
    found.files.sort_unstable();
    found.files.dedup();
    let read: Vec<Result<T, Box<Finding>>> =
        found.files.into_par_iter().with_min_len(16).map(|shown| read(root, &shown).map(&each)).collect();
    let mut files = DefinitionFiles { files: Vec::with_capacity(read.len()), findings: found.findings };
    for file in read {
        match file {
            Ok(file) => files.files.push(file),
            Err(finding) => files.findings.push(*finding),
        }
    }
    files
}

/// What walking the folders finds.
#[derive(Default)]
struct Walk {
    /// Paths relative to the project, with forward slashes.
    files: Vec<String>,
    findings: Vec<Finding>,
}

impl Walk {
    fn walk(&mut self, root: &Path, path: &str) {
        let start = root.join(path);
        if !start.exists() {
            let finding = Finding::new(&rule::DEFINITIONS_MISSING, format!("there is no `{path}`"));
            self.findings.push(finding.help("create it, or name another folder in `[definitions] paths`"));
            return;
        }
        let canonical_root = super::canonical(root);
        let is_hidden =
            |entry: &DirEntry| entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
        for entry in
            WalkDir::new(&start).follow_links(true).into_iter().filter_entry(|entry| !is_hidden(entry))
        {
            match entry {
                Ok(entry) => self.visit(root, canonical_root.as_deref(), &entry),
                Err(error) => self.findings.push(unreadable(root, &error)),
            }
        }
    }

    fn visit(&mut self, root: &Path, canonical_root: Option<&Path>, entry: &DirEntry) {
        let shown = shown(root, entry.path());
        if entry.path_is_symlink() && !stays_inside(canonical_root, entry.path()) {
            let message = format!("the link `{shown}` leads out of the project");
            let finding = Finding::new(&rule::PATH_OUTSIDE_PROJECT, message);
            self.findings.push(finding.help("copy what it leads to, or move `evt.toml` up"));
            return;
        }
        if !is_yaml(entry.path()) || entry.file_type().is_dir() {
            return;
        }
        if entry.file_type().is_file() {
            self.files.push(shown);
        } else {
            let message = format!("`{shown}` is not a regular file");
            self.findings.push(Finding::new(&rule::FILE_UNREADABLE, message).help("remove it, or rename it"));
        }
    }
}

fn stays_inside(canonical_root: Option<&Path>, path: &Path) -> bool {
    match (canonical_root, super::canonical(path)) {
        (Some(root), Some(target)) => target.starts_with(root),
        _ => true,
    }
}

fn is_yaml(path: &Path) -> bool {
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
fn read(root: &Path, shown: &str) -> Result<Arc<SourceFile>, Box<Finding>> {
    let failed = |error: &std::io::Error| {
        let finding = io_finding("read", shown, error);
        Box::new(Finding { rule: &rule::FILE_UNREADABLE, ..finding })
    };
    let file = File::open(root.join(shown)).map_err(|error| failed(&error))?;
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0).min(MAX_FILE_BYTES) + 1);
    let limit = u64::try_from(MAX_FILE_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    file.take(limit).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    if bytes.len() > MAX_FILE_BYTES {
        let message = format!("`{shown}` is larger than {} MiB", MAX_FILE_BYTES / 1024 / 1024);
        return Err(Box::new(Finding::new(&rule::YAML_LIMIT, message).help("split it into several files")));
    }
    text_of(bytes, shown).map(|text| Arc::new(SourceFile::new(shown, text)))
}
