//! How long generated Rust takes to compile, and what an earlier version of every event adds.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::project::Project;
use crate::{Outcome, median, time};

/// Measures and prints: one version of every event, then two.
pub(crate) fn measure(events: usize, runs: usize) -> Outcome<()> {
    let project = Project::lay_out("compiled", events, "[generate.rust]\npath = \"src/events.rs\"\n")?;
    lay_out_package(&project)?;
    project.dump()?;
    project.commit()?;
    let one = compile(&project, runs)?;
    project.add_a_field()?;
    project.dump()?;
    let two = compile(&project, runs)?;
    let added = two.saturating_sub(one) / u32::try_from(events)?;
    println!("compiling the Rust of {events} events, dev profile, not incremental, without dependencies");
    println!("  one version each   {one:.1?}");
    println!("  two versions each  {two:.1?}, {added:.1?} for each earlier version");
    Ok(())
}

fn lay_out_package(project: &Project) -> Outcome<()> {
    let runtime = concat!(env!("CARGO_MANIFEST_DIR"), "/runtime");
    let manifest = format!(
        "[package]\nname = \"compiled\"\nedition = \"2024\"\n\n[dependencies]\nevt-runtime = {{ path = {runtime:?} }}\n\n[workspace]\n"
    );
    fs::write(project.folder.join("Cargo.toml"), manifest)?;
    let lock = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock");
    fs::copy(lock, project.folder.join("Cargo.lock"))?;
    Ok(fs::write(project.folder.join("src/lib.rs"), "pub mod events;\n")?)
}

/// The first run builds what the file stands on, and is not counted.
fn compile(project: &Project, runs: usize) -> Outcome<Duration> {
    let mut times = Vec::new();
    for _ in 0..=runs {
        fs::File::options()
            .append(true)
            .open(project.folder.join("src/lib.rs"))?
            .set_modified(std::time::SystemTime::now())?;
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--offline"]).current_dir(&project.folder);
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", project.folder.join("target"));
        times.push(time(cargo.env_remove("RUSTFLAGS"))?);
    }
    times.remove(0);
    Ok(median(times))
}
