//! What the generated text looks like.

use std::fs;
use std::process::Command;

use super::{RUST, consumer, fixture, names, read_fixture, small};
use crate::project::{Project, RunCommand};

/// Every project whose Rust is looked at.
fn projects() -> Vec<(&'static str, Project)> {
    vec![
        ("small", small()),
        ("farm", consumer("farm")),
        ("shop", consumer("shop")),
        ("names", names::project()),
    ]
}

#[test]
fn the_rust_of_the_small_project_is_fresh() {
    let produced = small().read("src/events.rs");
    if std::env::var_os("EVT_BLESS").is_some() {
        fs::write(fixture("rust/small/events.rs"), &produced).expect("fixtures can be written");
    }
    let expected = read_fixture("rust/small/events.rs");
    let diff = similar::TextDiff::from_lines(&expected, &produced);
    assert!(expected == produced, "it is stale (EVT_BLESS=1 rewrites it):\n{}", diff.unified_diff());
}

#[test]
fn rustfmt_would_not_change_it_and_it_is_rust() {
    for (name, project) in projects() {
        project.evt_ok(&["dump"]);
        // What keeps rustfmt away would keep it away here.
        let generated = project.read("src/events.rs").replace("#![cfg_attr(rustfmt, rustfmt_skip)]\n", "");
        project.write("formatted.rs", &generated);
        let arguments = ["--edition", "2021", "--config", "max_width=100"];
        let path = project.path("formatted.rs");
        Command::new("rustfmt").args(arguments).arg(path).run().exits(0);
        let formatted = project.read("formatted.rs");
        let diff = similar::TextDiff::from_lines(&generated, &formatted);
        assert!(generated == formatted, "{name}:\n{}", diff.unified_diff());
        let file = syn::parse_file(&generated).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!file.items.is_empty(), "{name}");
    }
}

#[test]
fn rustfmt_of_any_style_leaves_the_file_alone() {
    let project = consumer("shop");
    project.evt_ok(&["dump"]);
    let generated = project.read("src/events.rs");
    let arguments = ["--edition", "2024", "--style-edition", "2024", "--config", "max_width=60"];
    Command::new("rustfmt").args(arguments).arg(project.path("src/events.rs")).run().exits(0);
    assert_eq!(generated, project.read("src/events.rs"));
}

#[test]
fn the_same_schema_has_the_same_rust() {
    let (first, second) = (consumer("shop"), consumer("shop"));
    for project in [&first, &second] {
        project.evt_ok(&["dump"]);
    }
    assert_eq!(first.read("src/events.rs"), second.read("src/events.rs"));
}

#[test]
fn only_the_latest_versions_are_generated_where_that_is_asked_for() {
    let project = small();
    let config = read_fixture("rust/small/evt.toml");
    let latest =
        config.replace("path = \"src/events.rs\"", "path = \"src/events.rs\"\nversions = \"latest\"");
    project.write("evt.toml", latest);
    project.evt_ok(&["dump"]);
    let text = project.read("src/events.rs");
    assert!(text.contains("pub mod v4 {") && !text.contains("pub mod v3 {") && !text.contains("V2ToV3"));
    assert!(text.contains("row.unknown_version(4)"));
}

#[test]
fn a_retired_event_is_read_and_not_emitted() {
    let text = small().read("src/events.rs");
    assert!(text.contains("pub mod cow_lost {") && text.contains("pub use self::cow_lost::v1::CowLost;"));
    assert!(!text.contains("pub fn cow_lost("));
}

#[test]
fn descriptions_are_docs_that_say_what_was_written() {
    let description = "See [x] <b>\\n\\n    fn main() {}\\n\\n```\\nno_such()\\n```\\n# Not a head";
    let event = format!("event_name: cow_fed\nevent_type: domain\ndescription: \"{description}\"\n");
    let project = Project::new().file("evt.toml", RUST).file("events/a.yaml", event);
    project.evt_ok(&["dump"]);
    let text = project.read("src/events.rs");
    let doc = "\
/// See \\[x\\] &lt;b&gt;
///
/// fn main() {}
///
/// \\`\\`\\` no\\_such() \\`\\`\\` # Not a head
";
    assert!(text.contains(doc) || text.contains(&doc.replace("no\\_such", "no_such")), "{text}");
}

#[test]
fn what_is_deprecated_says_so() {
    let text = small().read("src/events.rs");
    assert!(text.contains("#[deprecated = \"Cows are given away. (sunset 2027-01-31)\"]"), "{text}");
}
