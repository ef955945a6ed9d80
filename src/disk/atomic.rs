use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{Sink, canonical, in_the_way, io_finding};
use crate::finding::Finding;
use crate::rule;

/// Replaces a file as a whole: whoever reads it sees the old bytes or the new ones, also after a crash.
///
/// `write` gives the new bytes. `expected` are those that were read before; a file that changed since is left as it
/// is. A symlink is followed.
///
/// # Errors
/// A finding where the file cannot be written or changed meanwhile; the file is as it was then.
pub fn write_atomically(
    path: &Path,
    shown: &str,
    expected: Option<&str>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Box<Finding>> {
    replace(&target_of(path), Before::Text(expected), write).map_err(|error| refused(path, shown, &error))
}

/// The same, whatever was there; what is no file, such as a pipe, is written to, and nothing takes its place.
///
/// # Errors
/// A finding where the file cannot be written; it is as it was then.
pub fn write_over(path: &Path, shown: &str, text: &str) -> Result<(), Box<Finding>> {
    let written = match Sink::at(path) {
        Some(_) => {
            OpenOptions::new().append(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()))
        }
        None => replace(&target_of(path), Before::Anything, |out| out.write_all(text.as_bytes())),
    };
    written.map_err(|error| refused(path, shown, &error))
}

/// What a file must hold for it to be replaced.
#[derive(Clone, Copy)]
enum Before<'t> {
    /// This; `None`: it must not be there.
    Text(Option<&'t str>),
    Anything,
}

fn refused(path: &Path, shown: &str, error: &io::Error) -> Box<Finding> {
    if error.kind() == io::ErrorKind::ResourceBusy {
        let message = format!("`{shown}` changed while it was being worked on, nothing was written");
        return Box::new(Finding::new(&rule::IO, message).help("run the command again"));
    }
    let finding = io_finding("write", shown, error);
    Box::new(if is_about_folder(error) {
        about_folder(finding, shown)
    } else {
        in_the_way(finding, path, shown)
    })
}

/// Whether the machine would not let a file be made beside the target; a target that is read-only itself is refused
/// before the machine is asked.
fn is_about_folder(error: &io::Error) -> bool {
    let kinds = [io::ErrorKind::PermissionDenied, io::ErrorKind::ReadOnlyFilesystem];
    error.raw_os_error().is_some() && kinds.contains(&error.kind())
}

fn about_folder(finding: Finding, shown: &str) -> Finding {
    let folder = Path::new(shown).parent().map(Path::to_string_lossy).filter(|folder| !folder.is_empty());
    let folder = folder.as_deref().unwrap_or(".");
    let help = format!(
        "the folder `{folder}` does not let files be made in it: `{shown}` is written beside its place and renamed"
    );
    finding.help(help)
}

#[expect(clippy::disallowed_methods, reason = "this is the module that writes files")]
fn replace(
    target: &Path,
    before: Before<'_>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let permissions = fs::metadata(target).ok().map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only"));
    }
    let temporary = temporary_path(target);
    let written = write_new(&temporary, write).and_then(|file| {
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        // The disk is slow, so the old bytes are read meanwhile.
        let (synced, unchanged) = rayon::join(|| file.sync_all(), || refuse_if_changed(target, before));
        synced.and(unchanged)?;
        drop(file);
        fs::rename(&temporary, target)
    });
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    sync_folder(folder);
    Ok(())
}

/// Beside the target, so that renaming stays inside of one file system; always the same name, so that what a killed
/// process left behind is written over by the next.
fn temporary_path(target: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(".evt-tmp");
    target.with_file_name(name)
}

fn write_new(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    write(&mut file)?;
    Ok(file)
}

/// What a path leads to; a link whose target is not there yet leads to that target.
fn target_of(path: &Path) -> PathBuf {
    const MOST_LINKS: usize = 40;
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => break,
        }
    }
    canonical(path).unwrap_or(target)
}

/// Refuses a file that does not hold the bytes that were read from it before.
#[expect(clippy::disallowed_methods, reason = "this is the module that reads files")]
fn refuse_if_changed(target: &Path, before: Before<'_>) -> io::Result<()> {
    let Before::Text(expected) = before else { return Ok(()) };
    let is_expected = match (File::open(target), expected) {
        (Ok(file), Some(expected)) => holds(file, expected.as_bytes())?,
        (Err(error), expected) if error.kind() == io::ErrorKind::NotFound => expected.is_none(),
        (Ok(_), None) => false,
        (Err(error), _) => return Err(error),
    };
    if is_expected { Ok(()) } else { Err(io::ErrorKind::ResourceBusy.into()) }
}

/// Whether a file holds these bytes, a byte order mark aside.
fn holds(mut file: File, expected: &[u8]) -> io::Result<bool> {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    let mut rest = expected;
    let mut buffer = vec![0; 64 * 1024];
    let mut is_start = true;
    loop {
        let count = file.read(&mut buffer)?;
        let chunk = &buffer[..count];
        let chunk = if is_start { chunk.strip_prefix(BYTE_ORDER_MARK).unwrap_or(chunk) } else { chunk };
        is_start = false;
        if count == 0 {
            return Ok(rest.is_empty());
        }
        match rest.strip_prefix(chunk) {
            Some(after) => rest = after,
            None => return Ok(false),
        }
    }
}

/// Makes the renaming itself durable, where folders can be synced.
#[expect(clippy::disallowed_methods, reason = "this is the module that writes files")]
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
