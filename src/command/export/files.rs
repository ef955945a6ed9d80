//! A file for each version, in a folder.

use std::path::Path;

use crate::command::Ended;
use crate::disk;
use crate::export::{encoded, is_unreserved};
use crate::listing::json_line::JsonLine;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Version;

/// A file: its name and its text.
pub(super) type Named = (String, String);

/// What the file of a version is called. What could mean something to a file system is percent-encoded.
pub(super) fn name(version: &Version, extension: &str) -> String {
    let is_kept = |byte| is_unreserved(byte) && byte != b'.';
    format!("{}.v{}.{extension}", encoded(&version.contract.event_name, is_kept), version.number)
}

/// Writes those that are not there already, each as a whole, and says which.
pub(super) fn write(folder: &Path, files: &[Named], edge: &Edge) -> Ended {
    let mut unchanged = 0;
    for (name, text) in files {
        let shown = folder.join(name).to_string_lossy().into_owned();
        match write_one(&edge.folder.join(folder).join(name), &shown, text)? {
            Change::Written => {
                edge.output.acted(JsonLine::new().text("wrote", &shown), &format!("wrote {shown}\n"));
            }
            Change::None => unchanged += 1,
        }
    }
    let files = if unchanged == 1 { "file is" } else { "files are" };
    if unchanged > 0 {
        edge.output.note(&format!("{unchanged} {files} up to date"));
    }
    Ok(Exit::Fine)
}

enum Change {
    Written,
    None,
}

fn write_one(path: &Path, shown: &str, text: &str) -> Result<Change, Failure> {
    let old = disk::read_file(path, shown)?;
    let old = old.as_deref().map(|file| file.text.as_str());
    if old == Some(text) {
        return Ok(Change::None);
    }
    disk::write_atomically(path, shown, old, |out| out.write_all(text.as_bytes()))?;
    Ok(Change::Written)
}
