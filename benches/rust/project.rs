//! A project of the corpus, laid out anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::Outcome;
use crate::schema::corpus;

/// A folder with `evt.toml` and definitions.
pub(crate) struct Project {
    pub(crate) folder: PathBuf,
}

impl Project {
    /// Lays out `events` events; `rust` is what `evt.toml` says of Rust.
    pub(crate) fn lay_out(name: &str, events: usize, rust: &str) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rust-bench").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(folder.join("src"))?;
        fs::write(folder.join("evt.toml"), rust)?;
        corpus::write(&folder.join("events"), events, |_| 0)?;
        Ok(Self { folder })
    }

    /// Dumps, and says how long that took.
    pub(crate) fn dump(&self) -> Outcome<Duration> {
        crate::time(Command::new(env!("CARGO_BIN_EXE_evt")).arg("dump").current_dir(&self.folder))
    }

    /// Commits all, so that what changes from here on makes new versions.
    pub(crate) fn commit(&self) -> Outcome<()> {
        let author =
            ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "commit.gpgsign=false"];
        for arguments in
            [&["init", "--quiet"][..], &["add", "schemas"], &["commit", "--quiet", "--message=seal"]]
        {
            crate::time(Command::new("git").args(author).args(arguments).current_dir(&self.folder))?;
        }
        Ok(())
    }

    /// Adds an optional field to every event.
    pub(crate) fn add_a_field(&self) -> Outcome<()> {
        let mut folders = vec![self.folder.join("events")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(text) = with_a_field(&fs::read_to_string(&path)?) {
                    fs::write(path, text)?;
                }
            }
        }
        Ok(())
    }
}

/// A definition with one more optional field, which reads the first input that is read.
fn with_a_field(text: &str) -> Option<String> {
    let (head, fields) = text.split_once("\npayload:\n")?;
    let (_, from) = fields.split_once("from: ")?;
    let input = from.split(['.', '\n', ',', ' ']).next()?;
    let field = format!("  added_later: {{ type: string, from: {input}.added_later, required: false }}\n");
    Some(format!("{head}\npayload:\n{field}{fields}"))
}
