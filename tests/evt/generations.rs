//! The fixture projects, generation by generation, each committed to git before the next.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project::Project;

/// The folder of a fixture.
fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

/// Compares a fixture with what was produced; with `EVT_BLESS` set it is rewritten.
pub(crate) fn assert_fresh(path: &str, produced: &str) {
    let fixture = fixture(path);
    if std::env::var_os("EVT_BLESS").is_some() {
        fs::create_dir_all(fixture.parent().expect("a fixture has a folder")).expect("folders can be made");
        fs::write(&fixture, produced).expect("fixtures can be written");
        return;
    }
    let expected = fs::read_to_string(&fixture).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(expected.as_str(), produced);
    assert!(
        expected == produced,
        "fixtures/{path} is stale (EVT_BLESS=1 rewrites it):\n{}",
        diff.unified_diff()
    );
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("fixtures can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("an entry is below its root"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("folders can be made");
        } else {
            fs::copy(entry.path(), target).expect("files can be copied");
        }
    }
}

/// Dumps every generation of a project and commits it; `each` sees the project after each of them.
fn grow(name: &str, each: impl Fn(&Project, u32)) -> Project {
    let config =
        fs::read_to_string(fixture(&format!("projects/{name}/evt.toml"))).expect("a project has evt.toml");
    let project = Project::empty().file("evt.toml", config).git_init();
    for generation in 1..=4 {
        if project.exists("events") {
            fs::remove_dir_all(project.path("events")).expect("folders can be removed");
        }
        copy(&fixture(&format!("projects/{name}/generations/{generation}/events")), &project.path("events"));
        let dumped = project.evt_ok(&["dump"]);
        assert_fresh(&format!("projects/{name}/generations/{generation}/dump.txt"), &dumped.stdout);
        each(&project, generation);
        project.commit(&format!("generation {generation}"));
    }
    project
}

/// What was committed stays, and each generation agrees with its definitions.
fn verify(project: &Project, generation: u32) {
    let base: &[&str] = if generation > 1 { &["verify", "--against", "HEAD"] } else { &["verify"] };
    project.evt_ok(base);
}

#[test]
fn the_schema_file_of_the_shop_is_fresh() {
    let shop = grow("shop", verify);
    assert_fresh("projects/shop/schemas/events.json", &shop.read("schemas/events.json"));
}

#[test]
fn the_schema_file_of_the_farm_is_fresh() {
    let farm = grow("farm", verify);
    assert_fresh("projects/farm/schemas/events.json", &farm.read("schemas/events.json"));
}

#[test]
fn the_catalog_of_the_shop_is_fresh() {
    let shop = grow("shop", |_, _| {});
    assert_fresh("projects/shop/catalog.md", &shop.evt_ok(&["catalog"]).stdout);
}

#[test]
fn a_consumer_verifies_with_the_schema_file_alone() {
    let shop = grow("shop", |_, _| {});
    let consumer = Project::empty()
        .file("evt.toml", fs::read_to_string(fixture("consumer/evt.toml")).expect("the fixture is there"))
        .file("schemas/events.json", shop.read("schemas/events.json"));
    consumer.evt_ok(&["verify"]);
    consumer.evt_ok(&["dump"]).tells("up to date");
    consumer.evt_ok(&["list"]).prints("order_placed");
}

#[test]
fn every_event_of_a_generation_is_live_in_its_schema_file() {
    for name in ["shop", "farm"] {
        let project = grow(name, |_, _| {});
        let listed = project.evt_ok(&["list", "--format", "json"]).stdout.lines().count();
        assert!(listed >= 25, "{name} has {listed} events");
    }
}
