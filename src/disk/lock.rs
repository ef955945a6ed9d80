use std::fs::{File, TryLockError};
use std::path::Path;

use super::io_finding;
use crate::finding::Finding;

/// The exclusive right to write a project's files, from before they are read until it is dropped.
///
/// It is a lock on `evt.toml` itself, so that nothing is left lying about; the system releases it when the process
/// ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock; `waiting` is called once if another process holds it.
    ///
    /// # Errors
    /// A finding where the file cannot be opened or locked.
    #[expect(clippy::disallowed_methods, reason = "this is the module that opens files")]
    pub fn acquire(config: &Path, shown: &str, waiting: impl FnOnce()) -> Result<Self, Box<Finding>> {
        let failed = |error: &std::io::Error| Box::new(io_finding("lock", shown, error));
        let file = File::open(config).map_err(|error| failed(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                waiting();
                file.lock().map_err(|error| failed(&error))?;
            }
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
        Ok(Self { _file: file })
    }
}
