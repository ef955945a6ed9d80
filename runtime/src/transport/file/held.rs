use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::Path;

use super::tape::{Failed, append, torn};

/// A file that is open, locked and whole. The lock goes with it.
#[derive(Debug)]
pub(super) struct Held(File);

impl Held {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let is_new = !path.exists();
        let mut file = OpenOptions::new().create(true).read(true).append(true).open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => ErrorKind::ResourceBusy.into(),
            TryLockError::Error(error) => error,
        })?;
        heal(&mut file, path)?;
        if is_new {
            keep_name(path)?;
        }
        Ok(Self(file))
    }

    /// Whether the name still means this file: it may have been moved away, or deleted.
    pub(super) fn is_at(&self, path: &Path) -> bool {
        let (Ok(there), Ok(here)) = (path.metadata(), self.0.metadata()) else { return false };
        is_same(&there, &here)
    }

    pub(super) fn append(&mut self, lines: &[u8]) -> Result<(), Failed> {
        append(&mut self.0, lines)
    }
}

/// Cuts off the half line that a crash left.
fn heal(file: &mut File, path: &Path) -> io::Result<()> {
    let Some(torn) = torn(file)? else { return Ok(()) };
    if !torn.is_event {
        let text = "its last line has no end and is no event: end it by a line break";
        return Err(io::Error::new(ErrorKind::InvalidData, text));
    }
    tracing::warn!(
        file = %path.display(),
        bytes = torn.bytes,
        "half a line at the end of the file was cut off: a writer had crashed, its events are sent again"
    );
    file.set_len(torn.keep)?;
    file.sync_data()
}

/// Makes the name of a new file survive a crash, too.
#[cfg(unix)]
fn keep_name(path: &Path) -> io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    OpenOptions::new().read(true).open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn keep_name(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn is_same(there: &std::fs::Metadata, here: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (there.dev(), there.ino()) == (here.dev(), here.ino())
}

/// Elsewhere a file that is open keeps its name.
#[cfg(not(unix))]
fn is_same(_: &std::fs::Metadata, _: &std::fs::Metadata) -> bool {
    true
}
