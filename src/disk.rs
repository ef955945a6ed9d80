//! The only access to files.

mod atomic;
mod comparison;
mod definitions;
mod lines;
mod lock;
mod sink;

use std::fs;
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::finding::Finding;
use crate::rule;
use crate::source::SourceFile;

pub use atomic::{write_atomically, write_over};
pub use comparison::Comparison;
pub use definitions::{DefinitionFiles, read_definition_files};
pub(crate) use definitions::{is_yaml, normal};
pub use lines::{Line, Lines, read_bounded};
pub use lock::Lock;
pub use sink::Sink;

/// Reads a text file as `shown`; `None` where there is none.
///
/// # Errors
/// A finding where it cannot be read or is not UTF-8.
#[expect(clippy::disallowed_methods, reason = "this is the module that reads files")]
pub fn read_file(path: &Path, shown: &str) -> Result<Option<Arc<SourceFile>>, Box<Finding>> {
    // A pipe would be waited for, and a device read for ever.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()) {
        let message = format!("`{shown}` is not a regular file");
        return Err(Box::new(Finding::new(&rule::IO, message).help("remove it, or name another path")));
    }
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Box::new(in_the_way(io_finding("read", shown, &error), path, shown))),
    };
    text_of(bytes, shown).map(|text| Some(Arc::new(SourceFile::new(shown, text))))
}

/// Reads all of standard input as text.
///
/// # Errors
/// Where it cannot be read or is not UTF-8.
pub fn read_stdin() -> io::Result<String> {
    let mut text = String::new();
    io::stdin().lock().read_to_string(&mut text)?;
    Ok(text)
}

/// The absolute path with all symlinks followed; `None` where there is nothing.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "this is the module that reads files")]
pub fn canonical(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// The absolute path with the symlinks followed of all of it that is there.
#[must_use]
pub fn canonical_as_far(path: &Path) -> PathBuf {
    let parts: Vec<_> = path.components().collect();
    for kept in (0..=parts.len()).rev() {
        let there: PathBuf = parts[..kept].iter().collect();
        let there = if kept == 0 { PathBuf::from(".") } else { there };
        if let Some(there) = canonical(&there) {
            return there.join(parts[kept..].iter().collect::<PathBuf>());
        }
    }
    path.to_owned()
}

/// Adds text to the end of a file, which is made where there is none.
///
/// # Errors
/// A finding where it cannot be written.
pub fn append(path: &Path, text: &str) -> Result<(), Box<Finding>> {
    let opened = fs::OpenOptions::new().append(true).create(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| Box::new(io_finding("write", &path.to_string_lossy(), &error)))
}

/// Where a folder is in the work tree of its repository: a path with `/` between and at the end; nothing for the top of the
/// tree, and where there is no repository.
#[must_use]
pub fn below_repository(folder: &Path) -> String {
    let Some(folder) = canonical(folder) else { return String::new() };
    let top = folder.ancestors().find(|ancestor| ancestor.join(".git").exists());
    let below = top.and_then(|top| folder.strip_prefix(top).ok());
    let parts = below.into_iter().flat_map(Path::components);
    parts.flat_map(|part| [part.as_os_str().to_string_lossy(), "/".into()]).collect()
}

/// Whether there is something at `path`.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.exists()
}

/// Writes a file that must not exist yet, with the folders that it needs; says whether it was written.
///
/// # Errors
/// A finding where it cannot be written.
#[expect(clippy::disallowed_methods, reason = "this is the module that writes files")]
pub fn write_new(path: &Path, shown: &str, text: &str) -> Result<Written, Box<Finding>> {
    let failed = |error: &io::Error| Box::new(in_the_way(io_finding("write", shown, error), path, shown));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    match fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => {
            io::Write::write_all(&mut file, text.as_bytes()).map_err(|error| failed(&error))?;
            Ok(Written::New)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Written::Kept),
        Err(error) => Err(failed(&error)),
    }
}

/// Takes back a file that was just written, as far as that is possible.
#[expect(clippy::disallowed_methods, reason = "this is the module that writes files")]
pub fn take_back(path: &Path) {
    let _ = fs::remove_file(path);
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It was written.
    New,
    /// It was there and stayed as it was.
    Kept,
}

fn text_of(bytes: Vec<u8>, shown: &str) -> Result<String, Box<Finding>> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("`{shown}` is not UTF-8: byte {at} cannot be read");
        let kept = String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned();
        let file = Arc::new(SourceFile::new(shown, kept));
        let end = file.text.len();
        let is_utf_16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let finding = Finding::new(&rule::YAML_ENCODING, message)
            .at(&file, crate::source::Span::new(file.text.floor_char_boundary(end.saturating_sub(1)), end))
            .label("up to here it is UTF-8")
            .help(if is_utf_16 { "it looks like UTF-16; save it as UTF-8" } else { "save it as UTF-8" });
        Box::new(finding)
    })
}

/// A finding about a file that the machine would not read or write.
#[must_use]
pub fn io_finding(verb: &str, shown: &str, error: &io::Error) -> Finding {
    Finding::new(&rule::IO, format!("cannot {verb} `{shown}`: {}", reason(error)))
}

/// Says what stands at `path`, or above it, that does not belong there.
fn in_the_way(finding: Finding, path: &Path, shown: &str) -> Finding {
    if path.is_dir() {
        return finding.help(format!("a folder stands where the file `{shown}` belongs: move it away"));
    }
    let above = path.ancestors().zip(Path::new(shown).ancestors()).skip(1);
    match above.into_iter().find(|(path, _)| path.is_file()) {
        Some((_, shown)) => {
            let shown = shown.display();
            finding.help(format!("a file stands where the folder `{shown}` belongs: move it away"))
        }
        None => finding,
    }
}

/// The machine's words, without the number of the error.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let end = text.find(" (os error").unwrap_or(text.len());
    let reason = &text[..end];
    let mut letters = reason.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
