use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::workspace::Workspace;
use super::{Ended, dump};
use crate::cli::DumpArguments;
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Failure};

/// How long the files must rest before they are read: editors write in several steps.
const REST: Duration = Duration::from_millis(100);

/// `evt dump --watch`: dumps now and again on every change, until interrupted.
pub(super) fn run(arguments: &DumpArguments, edge: &Edge) -> Ended {
    let mut root = Workspace::open(edge)?.root;
    loop {
        let (watcher, changes) = watch(edge, &mut root)?;
        if let Err(failure) = dump::once(arguments, edge) {
            edge.output.failure(&failure.findings);
        }
        if let Err(finding) = edge.output.finish() {
            edge.output.told(&[*finding]);
        }
        edge.output.note("watching for changes, Ctrl-C ends");
        wait(&changes);
        drop(watcher);
    }
}

/// Watches `evt.toml` and the folders that it names. It is read anew after every change, since it may name others;
/// while it cannot be read, it alone is watched.
fn watch(edge: &Edge, root: &mut PathBuf) -> Result<(RecommendedWatcher, Receiver<()>), Failure> {
    let (changed, changes) = mpsc::channel();
    let own = edge.output.file().map(crate::disk::canonical_as_far);
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event, own.as_deref())) {
            // The receiver is gone only when this watcher is about to be dropped.
            let _ = changed.send(());
        }
    })
    .map_err(|error| failed(&error))?;
    let mut folders = Vec::new();
    if let Ok(workspace) = Workspace::open(edge) {
        root.clone_from(&workspace.root);
        folders
            .extend(workspace.project.definition_paths.iter().map(|path| workspace.root.join(&path.value)));
    }
    watcher.watch(root, RecursiveMode::NonRecursive).map_err(|error| failed(&error))?;
    for folder in folders.iter().filter(|folder| crate::disk::exists(folder)) {
        watcher.watch(folder, RecursiveMode::Recursive).map_err(|error| failed(&error))?;
    }
    Ok((watcher, changes))
}

fn failed(error: &notify::Error) -> Failure {
    Finding::new(&rule::IO, format!("cannot watch the definitions: {error}")).into()
}

/// Whether it is one that others made: the file of the results is our own.
fn is_change(event: &Event, own: Option<&Path>) -> bool {
    let is_own = |path: &Path| own.is_some_and(|own| crate::disk::canonical_as_far(path) == own);
    !matches!(event.kind, EventKind::Access(_))
        && event.paths.iter().any(|path| concerns(path) && !is_own(path))
}

/// Whether a path may matter: definitions, `evt.toml`, and folders, which may hold definitions.
fn concerns(path: &Path) -> bool {
    path.extension().is_none_or(|extension| extension == "yaml" || extension == "yml" || extension == "toml")
}

fn wait(changes: &Receiver<()>) {
    if changes.recv().is_ok() {
        while changes.recv_timeout(REST).is_ok() {}
    }
}
