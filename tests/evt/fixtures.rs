//! The definition files of `fixtures/projects`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Texts by path.
pub(crate) type Files = BTreeMap<String, String>;

/// The definitions of every project in every generation.
pub(crate) fn projects() -> Vec<Files> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects");
    let generations =
        children(&root).into_iter().flat_map(|project| children(&root.join(project).join("generations")));
    let mut projects: Vec<Files> = Vec::new();
    for generation in generations {
        let mut files = Files::new();
        read_into(&mut files, &generation);
        projects.push(files);
    }
    assert!(!projects.is_empty(), "{} holds projects", root.display());
    projects
}

/// What a folder holds, sorted.
fn children(folder: &Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("fixtures can be listed").path()).collect();
    paths.sort();
    paths
}

fn read_into(files: &mut Files, folder: &Path) {
    for path in children(folder) {
        if path.is_dir() {
            read_into(files, &path);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            let text = fs::read_to_string(&path).expect("fixtures can be read");
            files.insert(path.display().to_string(), text);
        }
    }
}
