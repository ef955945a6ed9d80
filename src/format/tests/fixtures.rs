//! The definitions of whole projects.

#![expect(clippy::disallowed_methods, reason = "a test reads its fixtures")]

use super::{formatted, values};
use std::fs;
use std::path::{Path, PathBuf};

fn yaml_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            yaml_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
            found.push(path);
        }
    }
}

fn comments(text: &str) -> Vec<&str> {
    let mut comments: Vec<&str> = text
        .lines()
        .filter_map(
            |line| if line.starts_with('#') { Some(line) } else { Some(&line[line.find(" #")? + 1..]) },
        )
        .map(str::trim_end)
        .collect();
    comments.sort_unstable();
    comments
}

#[test]
fn every_project_is_formatted_once_and_for_all() {
    let mut files = Vec::new();
    yaml_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects"), &mut files);
    assert!(!files.is_empty());
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let once = formatted(&text);
        assert_eq!(values(&once), values(&text), "{}", file.display());
        assert_eq!(comments(&once), comments(&text), "{}", file.display());
    }
}
