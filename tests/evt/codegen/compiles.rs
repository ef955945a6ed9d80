//! Generated code, compiled and run against `evt-runtime`.

use std::path::Path;
use std::process::Command;

use super::{RUST, consumer, names, read_fixture, small};
use crate::project::{Project, Run, RunCommand};

const LINTS: &str = "#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]\n";

/// A package of one edition that depends on the runtime.
fn add_package(workspace: &Project, name: &str, edition: &str) {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"{edition}\"\n[dependencies]\nevt-runtime = {{ path = {runtime:?} }}\n"
    );
    workspace.write(&format!("{name}/Cargo.toml"), manifest);
}

/// A workspace that resolves to what this one resolves to.
pub(crate) fn workspace(members: &[&str]) -> Project {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock"));
    let workspace = Project::empty()
        .file("Cargo.toml", format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))
        .file("Cargo.lock", lock.expect("the workspace has a lock file"));
    for member in members {
        let edition = member.rsplit('-').next().expect("a member names its edition");
        add_package(&workspace, member, edition);
    }
    workspace
}

/// Runs cargo with a target folder that stays.
pub(crate) fn cargo(workspace: &Project, arguments: &[&str]) -> Run {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("generated");
    Command::new(env!("CARGO"))
        .current_dir(workspace.path(""))
        .args(arguments)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .run()
}

fn generated(project: &Project) -> String {
    project.evt_ok(&["dump"]);
    project.read("src/events.rs")
}

#[test]
fn it_compiles_without_warnings_in_every_edition_and_the_service_runs() {
    let projects = [
        ("farm", generated(&consumer("farm")), read_fixture("rust/farm.rs")),
        ("shop", generated(&consumer("shop")), read_fixture("rust/shop.rs")),
        ("names", generated(&names::project()), String::new()),
    ];
    let members =
        ["farm-2021", "farm-2024", "shop-2021", "shop-2024", "names-2021", "names-2024", "small-2024"];
    let workspace = workspace(&members);
    for (name, events, types) in &projects {
        // One module that everybody sees, and one that nobody does.
        for (edition, module) in [("2021", "pub mod events;"), ("2024", "mod events;")] {
            workspace.write(&format!("{name}-{edition}/src/events.rs"), events);
            let library = format!("//! A service.\n{LINTS}\n/// Its events.\n{module}\n{types}");
            workspace.write(&format!("{name}-{edition}/src/lib.rs"), library);
        }
    }
    workspace.write("small-2024/src/events.rs", generated(&small()));
    let service = read_fixture("rust/small/main.rs").replacen("\n\n", &format!("\n{LINTS}\n"), 1);
    workspace.write("small-2024/src/main.rs", service);
    cargo(&workspace, &["clippy", "--workspace", "--quiet", "--offline"]).exits(0);
    cargo(&workspace, &["run", "--package", "small-2024", "--quiet", "--offline"]).exits(0);
}

#[test]
fn what_is_missing_does_not_compile_and_is_told() {
    let workspace = workspace(&["small-2024"]);
    workspace.write("small-2024/src/events.rs", generated(&small()));
    let service = read_fixture("rust/small/main.rs");
    let without_steps = service.replace("read::<Steps>(&lost)", "read::<()>(&lost)");
    let without_farmer = service.replace("farmer: Some(&farmer), ", "");
    let unknown_input = service.replace("farmer: Some(&farmer)", "farmer: None, vet: None");
    let another_farmer = service.replace("Some(&farmer)", "Some(&0)");
    for (source, told) in [
        (without_steps.clone(), "`cow_fed` version 2 cannot be read as version 3 without a step"),
        (without_steps, "fn v2_to_v3(old: cow_fed::v2::CowFed) -> Result<cow_fed::v3::CowFed, StepError>"),
        (without_farmer, "missing field `farmer`"),
        (unknown_input, "has no field named `vet`"),
        (another_farmer, "the trait `Name<Option<std::string::String>>` is not implemented for `{integer}`"),
    ] {
        assert_ne!(source, service);
        workspace.write("small-2024/src/main.rs", source);
        cargo(&workspace, &["check", "--quiet", "--offline"]).exits(101).tells(told);
    }
}

#[test]
fn a_step_moves_what_did_not_change_as_it_is() {
    let workspace = workspace(&["steps-2024"]);
    let project = Project::empty().file("evt.toml", RUST).git_init();
    for generation in 1..=4 {
        project.write("events/a.yaml", read_fixture(&format!("rust/steps/generations/{generation}.yaml")));
        project.evt_ok(&["dump"]);
        project.commit(&format!("generation {generation}"));
    }
    workspace.write("steps-2024/src/events.rs", project.read("src/events.rs"));
    workspace.write("steps-2024/src/main.rs", read_fixture("rust/steps/main.rs"));
    cargo(&workspace, &["run", "--quiet", "--offline"]).exits(0);
}
