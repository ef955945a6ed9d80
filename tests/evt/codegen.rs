//! Generated Rust: what `evt dump` writes, what `evt verify` says of it, and whether it compiles.

pub(crate) mod compiles;
mod files;
mod names;
mod text;

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;

/// What `evt.toml` says to have Rust.
pub(crate) const RUST: &str = "[generate.rust]\npath = \"src/events.rs\"\n";

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn read_fixture(path: &str) -> String {
    fs::read_to_string(fixture(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The farm of one event, with Rust.
fn farm() -> Project {
    Project::farm().file("evt.toml", RUST)
}

/// The small project of `fixtures/rust`, in all its generations.
fn small() -> Project {
    let project = Project::empty().file("evt.toml", read_fixture("rust/small/evt.toml")).git_init();
    for generation in 1..=4 {
        project.write("events/farm.yaml", read_fixture(&format!("rust/small/generations/{generation}.yaml")));
        project.evt_ok(&["dump"]);
        project.commit(&format!("generation {generation}"));
    }
    project
}

/// A consumer of a fixture project: its last schema file, and Rust.
fn consumer(name: &str) -> Project {
    let config = format!("{RUST}\n[definitions]\npaths = []\n");
    Project::empty()
        .file("evt.toml", config)
        .file("schemas/events.json", read_fixture(&format!("projects/{name}/schemas/events.json")))
}
