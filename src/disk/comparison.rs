use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::io_finding;
use crate::finding::Finding;

/// A file that is held against a text piece by piece, so that it need not be in memory.
#[derive(Debug)]
pub struct Comparison {
    file: Option<File>,
    buffer: Vec<u8>,
    failure: Option<io::Error>,
}

impl Comparison {
    const BUFFER: usize = 64 * 1024;

    /// Opens a file; one that is not there goes on with nothing.
    ///
    /// # Errors
    /// A finding where it cannot be read.
    #[expect(clippy::disallowed_methods, reason = "this is the module that reads files")]
    pub fn open(path: &Path, shown: &str) -> Result<Self, Box<Finding>> {
        // What is no regular file might never end, and is told by whoever reads it.
        let is_file = std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file());
        let file = if is_file {
            Some(File::open(path).map_err(|error| Box::new(io_finding("read", shown, &error)))?)
        } else {
            None
        };
        Ok(Self { file, buffer: vec![0; Self::BUFFER], failure: None })
    }

    /// Whether the file goes on with `text`; if not, nothing more can be asked.
    pub fn goes_on_with(&mut self, text: &str) -> bool {
        let Some(file) = &mut self.file else { return false };
        for expected in text.as_bytes().chunks(Self::BUFFER) {
            let read = &mut self.buffer[..expected.len()];
            match file.read_exact(read) {
                Ok(()) if read == expected => {}
                Ok(()) => return false,
                Err(error) => {
                    self.failure = Some(error).filter(|error| error.kind() != io::ErrorKind::UnexpectedEof);
                    return false;
                }
            }
        }
        true
    }

    /// Whether the file ends here.
    ///
    /// # Errors
    /// A finding where it cannot be read.
    pub fn is_at_end(mut self, shown: &str) -> Result<bool, Box<Finding>> {
        let failed = |error| Box::new(io_finding("read", shown, &error));
        if let Some(error) = self.failure {
            return Err(failed(error));
        }
        match &mut self.file {
            None => Ok(false),
            Some(file) => Ok(file.read(&mut self.buffer[..1]).map_err(failed)? == 0),
        }
    }
}
