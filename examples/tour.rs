//! The main job on real input: a shop's events are compiled, changed, compared and verified, in a folder that is
//! thrown away.
//!
//! ```sh
//! cargo run --quiet --example tour
//! ```

#![allow(clippy::disallowed_methods, reason = "the tour copies files about")]
#![allow(clippy::print_stdout, reason = "the tour talks to its reader")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/projects/shop");
    let folder = std::env::temp_dir().join(format!("evt-tour-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let toured = tour(&shop, &folder);
    fs::remove_dir_all(&folder)?;
    toured
}

fn tour(shop: &Path, folder: &Path) -> Result<()> {
    fs::copy(shop.join("evt.toml"), folder.join("evt.toml"))?;

    say("A shop has described its events in YAML. They are compiled into one schema file:");
    define(shop, folder, 1)?;
    evt(folder, &["dump"])?;
    evt(folder, &["verify"])?;
    evt(folder, &["show", "order_placed"])?;

    say("Months later the definitions have changed, but nobody ran `evt dump`. CI says so:");
    define(shop, folder, 2)?;
    evt(folder, &["verify"])?;

    say("What would change, event by event:");
    evt(folder, &["diff"])?;

    say("A dump adds versions; what was there stays as it was:");
    evt(folder, &["dump"])?;
    evt(folder, &["log", "order_placed"])?;
    evt(folder, &["verify"])?;

    say("A typing mistake ends in a clear error:");
    let definition = find(folder, "event_name: order_placed")?;
    let text = fs::read_to_string(&definition)?;
    fs::write(&definition, text.replacen("process_type:", "proces_type:", 1))?;
    evt(folder, &["verify"])
}

/// Puts one generation of the shop's definitions in place.
fn define(shop: &Path, folder: &Path, generation: u32) -> Result<()> {
    let events = folder.join("events");
    if events.exists() {
        fs::remove_dir_all(&events)?;
    }
    copy(&shop.join(format!("generations/{generation}/events")), &events)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The file below `folder` that holds `text`.
fn find(folder: &Path, text: &str) -> Result<PathBuf> {
    let files = walkdir::WalkDir::new(folder.join("events")).sort_by_file_name();
    for entry in files {
        let path = entry?.into_path();
        if path.is_file() && fs::read_to_string(&path)?.contains(text) {
            return Ok(path);
        }
    }
    Err(format!("no definition holds `{text}`").into())
}

/// Runs the program and shows its exit code.
fn evt(folder: &Path, arguments: &[&str]) -> Result<()> {
    println!("\n$ evt {}", arguments.join(" "));
    let folder = folder.to_str().ok_or("the temporary folder is not UTF-8")?;
    let exit = evt::run::run_with(["evt", "-C", folder].iter().chain(arguments));
    println!("→ exit code {}", exit.code());
    Ok(())
}

fn say(text: &str) {
    println!("\n━━ {text}");
}
