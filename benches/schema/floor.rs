//! The floor: what no tool that looks at every definition can be faster than by much.

use std::path::Path;
use std::process::ExitCode;

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::Outcome;

/// Walks `folder`, reads every file and hashes all bytes, on this one thread.
pub(crate) fn run(folder: &Path) -> Outcome<ExitCode> {
    let mut hash = Sha256::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            hash.update(std::fs::read(entry.path())?);
        }
    }
    println!("{:02x?}", hash.finalize());
    Ok(ExitCode::SUCCESS)
}
