use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

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
    loop {
        let (watcher, changes) = watch(edge)?;
        if let Err(failure) = dump::once(arguments, edge) {
            edge.output.failure(&failure.findings);
        }
        edge.output.note("watching for changes, Ctrl-C ends");
        wait(&changes);
        drop(watcher);
    }
}

/// Watches `evt.toml` and the folders that it names. It is read anew after every change, since it may name others.
fn watch(edge: &Edge) -> Result<(RecommendedWatcher, Receiver<()>), Failure> {
    let (changed, changes) = mpsc::channel();
    let failed = |error: notify::Error| {
        Failure::from(Finding::new(&rule::IO, format!("cannot watch the definitions: {error}")))
    };
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let is_change = event.is_ok_and(|event| {
            !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| concerns(path))
        });
        if is_change {
            let _ = changed.send(());
        }
    })
    .map_err(failed)?;
    let workspace = Workspace::open(edge)?;
    watcher.watch(&workspace.root, RecursiveMode::NonRecursive).map_err(failed)?;
    for path in &workspace.project.definition_paths {
        let folder = workspace.root.join(&path.value);
        if crate::disk::exists(&folder) {
            watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
        }
    }
    Ok((watcher, changes))
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
